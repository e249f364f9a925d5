import {
  SCHEMA_VERSION,
  assertClear,
  canonicalBytes,
  decodeEvent,
  evolve,
  evolveRecipient,
  initialState,
  rejudge,
  type LedgerEvent,
  type RecipientState,
  type SubjectState,
} from '#domain';
import type { RecordedEvent } from '#event-store';
import { verifyLog } from '#event-store/sqlite';
import { KeyDirectory, type SealedEvent } from '#vault';
import { SqliteVault } from '#vault/sqlite';
import { Governance } from '../governance/governance.js';
import { readIdentity } from '../stores/identity.js';
import type { LedgerFiles } from '../stores/ledger-files.js';

/** One fault: `item` is an id, a position or a file, never content. */
export interface Fault {
  readonly item: string;
  readonly reason: string;
}

/** What `verify` answers for the ledger's own files (contract §2). */
export interface Verification {
  readonly ok: boolean;
  readonly checked: {
    readonly events: number;
    readonly verdicts: number;
    readonly envelopes: number;
    readonly destroyed: number;
    readonly keys: boolean;
  };
  readonly trust: { readonly logKey: 'none'; readonly witnesses: 0; readonly against: null };
  readonly firstFault: Fault | null;
  readonly faults: readonly Fault[];
}

/**
 * Checks the ledger's own files: every hash and the anchor, the grammar of every event, every verdict judged again,
 * every envelope against its commitments. A missing or unreadable store is a fault, not an exception.
 */
export async function verifyLedger(files: LedgerFiles, passphrase?: string): Promise<Verification> {
  const faults: Fault[] = [];
  const { ledgerId } = readIdentity(files);
  const keys = openKeys(files, passphrase, faults);
  const fold = new VerifyingFold(faults, ledgerId);
  const anchorKey = keys?.anchorKey();
  const log = verifyLog(
    { file: files.log, ledgerId, ...(anchorKey === undefined ? {} : { anchorKey }) },
    (event) => fold.add(event),
  );
  faults.unshift(...log.faults);
  const envelopes =
    keys === undefined ? NOTHING : await verifyVault(files, ledgerId, keys, fold, faults);
  return {
    ok: faults.length === 0,
    checked: {
      events: Number(log.events),
      verdicts: fold.verdicts,
      ...envelopes,
      keys: keys !== undefined,
    },
    trust: { logKey: 'none', witnesses: 0, against: null },
    firstFault: faults[0] ?? null,
    faults: faults.slice(0, 100),
  };
}

const NOTHING = { envelopes: 0, destroyed: 0 };

function openKeys(
  files: LedgerFiles,
  passphrase: string | undefined,
  faults: Fault[],
): KeyDirectory | undefined {
  try {
    return KeyDirectory.open(files.keys, passphrase === undefined ? {} : { passphrase });
  } catch (error) {
    faults.push({ item: 'keys', reason: messageOf(error) });
    return undefined;
  }
}

/** Folds the whole log as the gate saw it, and judges every verdict again. */
class VerifyingFold {
  readonly sealed: SealedEvent[] = [];
  readonly orders = new Set<string>();
  verdicts = 0;
  readonly #governance = new Governance();
  readonly #subjects = new Map<string, { state: SubjectState; prev: string }>();
  readonly #recipients = new Map<string, RecipientState | undefined>();
  #lastRecordedAt = '';

  constructor(
    private readonly faults: Fault[],
    private readonly ledgerId: string,
  ) {}

  add(recorded: RecordedEvent): void {
    const item = `event ${recorded.ordinal}`;
    try {
      const event = decodeEvent(recorded.leaf);
      for (const reason of this.#faultsOf(event, recorded)) this.faults.push({ item, reason });
      this.#fold(event);
    } catch (error) {
      this.faults.push({ item, reason: messageOf(error) });
    }
  }

  *#faultsOf(event: LedgerEvent, recorded: RecordedEvent): Iterable<string> {
    assertClear(event);
    if (Buffer.compare(canonicalBytes(event), recorded.leaf) !== 0)
      yield 'is not stored in canonical form';
    const places =
      event.id === recorded.id && event.stream === recorded.stream && event.type === recorded.type;
    if (!places || event.revision !== String(recorded.revision))
      yield 'is filed under another id, stream, type or revision';
    if (event.ledgerId !== this.ledgerId) yield 'belongs to another ledger';
    if (event.metadata.recordedAt < this.#lastRecordedAt)
      yield 'was recorded before the event in front of it';
    this.#lastRecordedAt = event.metadata.recordedAt;
    const before = this.#subjects.get(event.stream);
    if (event.prev !== (before?.prev ?? ''))
      yield 'does not name the event before it in its stream';
    const verdict = this.#verdictFault(event, before?.state ?? initialState);
    if (verdict !== undefined) yield verdict;
    this.#subjects.set(event.stream, {
      state: event.stream.startsWith('subject-')
        ? evolve(before?.state ?? initialState, event)
        : initialState,
      prev: Buffer.from(recorded.leafHash).toString('hex'),
    });
  }

  #verdictFault(event: LedgerEvent, before: SubjectState): string | undefined {
    const data = event.data as Partial<LedgerEvent<'OperationRefused'>['data']>;
    const { operator = '', codes = [], recipient, read = {} } = data;
    if (!event.stream.startsWith('subject-')) return undefined;
    const revision = Number(read[`policy-${operator}`] ?? -1);
    const found = rejudge(event, before, {
      momentAt: (at) => this.#governance.momentAt(operator, at, revision),
      recipient: typeof recipient === 'string' ? this.#recipients.get(recipient) : undefined,
    });
    if (found === undefined) return undefined;
    this.verdicts += 1;
    return found.join() === codes.join()
      ? undefined
      : `was judged [${codes.join()}], the gate says [${found.join()}]`;
  }

  #fold(event: LedgerEvent): void {
    this.#governance.evolve(event);
    if (event.stream.startsWith('recipient-')) {
      const id = event.stream.slice('recipient-'.length);
      this.#recipients.set(id, evolveRecipient(this.#recipients.get(id), event));
    }
    if (event.type === 'DestructionOrdered') this.orders.add(event.id);
    const data = event.data as { readonly operator?: string; readonly subject?: string } & Partial<
      Record<'sealed' | 'filed', SealedEvent['sealed']>
    >;
    const context = {
      operator: data.operator ?? '',
      subject: data.subject ?? null,
      eventId: event.id,
      eventType: event.type,
      schemaVersion: SCHEMA_VERSION,
    };
    if (data.sealed !== undefined)
      this.sealed.push({ ...context, scope: 'subject', sealed: data.sealed });
    if (data.filed !== undefined)
      this.sealed.push({ ...context, scope: 'operator', sealed: data.filed });
  }
}

async function verifyVault(
  files: LedgerFiles,
  ledgerId: string,
  keys: KeyDirectory,
  fold: VerifyingFold,
  faults: Fault[],
): Promise<{ readonly envelopes: number; readonly destroyed: number }> {
  let destroyed = 0;
  try {
    const vault = SqliteVault.open({
      file: files.vault,
      mode: 'read',
      keys,
      ledgerId,
      canonicalJson: canonicalBytes,
    });
    faults.push(...vault.faults(new Date()));
    for (const { order } of vault.tombstones()) {
      if (!fold.orders.has(order))
        faults.push({
          item: order,
          reason: 'the vault destroyed by an order that is not in the log',
        });
    }
    for (const sealed of fold.sealed) {
      const answer = await vault.check(sealed);
      if (answer === 'destroyed') destroyed += 1;
      else if (answer !== 'ok') faults.push(answer);
    }
    await vault.close();
  } catch (error) {
    faults.push({ item: 'vault', reason: messageOf(error) });
  }
  return { envelopes: fold.sealed.length, destroyed };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}
