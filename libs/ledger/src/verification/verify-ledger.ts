import {
  SCHEMA_VERSION,
  assertClear,
  canonicalBytes,
  decodeEvent,
  evolve,
  evolveRecipient,
  initialState,
  restate,
  type LedgerEvent,
  type RestateContext,
  type RecipientState,
  type SubjectState,
} from '#domain';
import type { RecordedEvent } from '#event-store';
import { KeyDirectory, holdsKeys, type SealedEvent } from '#vault';
import { Governance } from '../governance/governance.js';
import { readIdentity } from '../stores/identity.js';
import { LANDS_WITHIN_MS } from '../nodes/lands-within.js';
import { isLogShared, type LedgerFiles } from '../stores/ledger-files.js';
import { scanLog } from '../stores/open-log.js';
import { governanceFaults, placeFaults, readFaults, saidFaults } from './claim-faults.js';
import { owedBy, type Owed } from './companions.js';
import { messageOf, reasonsOf, type Fault } from './fault.js';
import { verifyVault, type EpochInLog, type FoundInLog, type OrderInLog } from './verify-vault.js';
import { verifyViews } from './verify-views.js';

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
export async function verifyLedger(
  files: LedgerFiles,
  { now, passphrase }: { readonly now: Date; readonly passphrase?: string },
): Promise<Verification> {
  const faults: Fault[] = [];
  const { ledgerId } = readIdentity(files);
  const keys = openKeys(files, passphrase, faults);
  const fold = new VerifyingFold(faults, ledgerId, isLogShared(files) ? LANDS_WITHIN_MS : 0);
  const anchorKey = keys?.anchorKey();
  const log = await scanLog(
    files,
    { ledgerId, ...(anchorKey === undefined ? {} : { anchorKey }) },
    (event) => fold.add(event),
  );
  fold.end();
  faults.unshift(...log.faults);
  const envelopes =
    keys === undefined ? NOTHING : await verifyVault({ files, ledgerId, keys, now }, fold, faults);
  await verifyViews({ files, ledgerId }, log.faults.length === 0, faults);
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

interface StreamSoFar {
  readonly state: SubjectState;
  readonly revision: number;
  readonly owed: Owed | undefined;
  readonly prev: string;
  readonly recordedAt: string;
}

const NO_STREAM_YET: StreamSoFar = {
  state: initialState,
  revision: -1,
  owed: undefined,
  prev: '',
  recordedAt: '',
};
const NOTHING = { envelopes: 0, destroyed: 0 };

function openKeys(
  files: LedgerFiles,
  passphrase: string | undefined,
  faults: Fault[],
): KeyDirectory | undefined {
  // An auditor's copy may come without keys (design §6); some of them missing is a fault.
  if (!holdsKeys(files.keys)) return undefined;
  try {
    return KeyDirectory.open(files.keys, passphrase === undefined ? {} : { passphrase });
  } catch (error) {
    faults.push({ item: 'keys', reason: messageOf(error) });
    return undefined;
  }
}

/** Folds the whole log as the gate saw it, and judges every verdict again. */
class VerifyingFold implements FoundInLog {
  readonly sealed: SealedEvent[] = [];
  readonly orders = new Map<string, OrderInLog>();
  readonly open = new Map<string, LedgerEvent>();
  readonly retired: EpochInLog[] = [];
  verdicts = 0;
  readonly #governance = new Governance();
  readonly #subjects = new Map<string, StreamSoFar>();
  readonly #recipients = new Map<string, RecipientState | undefined>();
  /** Of all events so far, in milliseconds. */
  #latest = -Infinity;

  constructor(
    private readonly faults: Fault[],
    private readonly ledgerId: string,
    /** Milliseconds that an event may stand behind a later one of another stream. */
    private readonly disorderMs: number,
  ) {}

  add(recorded: RecordedEvent): void {
    const item = `event ${recorded.ordinal}`;
    try {
      const event = decodeEvent(recorded.leaf);
      for (const reason of this.#faultsOf(event, recorded)) this.faults.push({ item, reason });
      this.#fold(event, recorded.ordinal);
    } catch (error) {
      this.faults.push({ item, reason: messageOf(error) });
    }
  }

  /** Of the last event of a stream nothing may be missing. */
  end(): void {
    for (const [item, { owed }] of this.#subjects) {
      if (owed !== undefined)
        this.faults.push({ item, reason: `ends where ${owed.type} must follow` });
    }
  }

  #faultsOf(event: LedgerEvent, recorded: RecordedEvent): readonly string[] {
    assertClear(event);
    const { recordedAt } = event.metadata;
    const before = this.#subjects.get(event.stream) ?? NO_STREAM_YET;
    const misplaced = reasonsOf([
      [isCanonical(event, recorded), 'is not stored in canonical form'],
      [isInPlace(event, recorded), 'is filed under another id, stream, type or revision'],
      [event.ledgerId === this.ledgerId, 'belongs to another ledger'],
      [
        recordedAt >= before.recordedAt && this.#isInTime(recordedAt),
        'was recorded before the event in front of it',
      ],
      [event.prev === before.prev, 'does not name the event before it in its stream'],
    ]);
    const claims = this.#claimFaults(event, before);
    const isSubject = event.stream.startsWith('subject-');
    this.#subjects.set(event.stream, {
      revision: Number(event.revision),
      owed: owedBy(event),
      state: isSubject ? evolve(before.state, event) : initialState,
      prev: Buffer.from(recorded.leafHash).toString('hex'),
      recordedAt,
    });
    return [...misplaced, ...claims];
  }

  #isInTime(recordedAt: string): boolean {
    const at = Date.parse(recordedAt);
    const isInTime = at + this.disorderMs >= this.#latest;
    this.#latest = Math.max(this.#latest, at);
    return isInTime;
  }

  #claimFaults(event: LedgerEvent, { state, owed }: StreamSoFar): readonly string[] {
    if (event.stream.startsWith('policy-')) {
      const operator = event.stream.slice('policy-'.length);
      return governanceFaults(event, this.#governance.timeline(operator));
    }
    if (!event.stream.startsWith('subject-')) return [];
    const isInTurn = owed === undefined || owed.type === event.type;
    return [
      ...placeFaults(event, state),
      ...(isInTurn ? [] : [`stands where ${owed.type} must follow the event before it`]),
      ...this.#saidFaults(event, state, isInTurn ? owed?.from : undefined),
    ];
  }

  #saidFaults(
    event: LedgerEvent,
    before: SubjectState,
    led: LedgerEvent | undefined,
  ): readonly string[] {
    const isEnd = event.type === 'DataDestroyed';
    const cause = isEnd ? this.open.get(event.data.order) : led;
    if (isEnd && cause === undefined) return ['completes an order that is not open'];
    const again = restate(event, before, { ...this.#contextOf(event), cause });
    if (again === undefined) return [];
    const faults = saidFaults(event, again);
    if (!again.isJudged) return faults;
    this.verdicts += 1;
    const stood = (stream: string, revision: string): boolean => this.#stood(stream, revision);
    return [...faults, ...readFaults(event, stood)];
  }

  /** Where several nodes write, what a decision read may have moved on before it came into the log (STALE_RULES). */
  #stood(stream: string, revision: string): boolean {
    const last = this.#subjects.get(stream)?.revision ?? -1;
    return this.disorderMs > 0 ? Number(revision) <= last : Number(revision) === last;
  }

  #contextOf({ data }: LedgerEvent): Omit<RestateContext, 'cause'> {
    const { operator, recipient, read } = data as LedgerEvent<'OperationRefused'>['data'];
    const revision = Number(read[`policy-${operator}`] ?? -1);
    return {
      momentAt: (at) => this.#governance.momentAt(operator, at, revision),
      recipient: typeof recipient === 'string' ? this.#recipients.get(recipient) : undefined,
    };
  }

  #fold(event: LedgerEvent, ordinal: bigint): void {
    this.#governance.evolve(event);
    if (event.stream.startsWith('recipient-')) {
      const id = event.stream.slice('recipient-'.length);
      this.#recipients.set(id, evolveRecipient(this.#recipients.get(id), event));
    }
    this.#foldDestruction(event, ordinal);
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

  #foldDestruction(event: LedgerEvent, ordinal: bigint): void {
    if (event.type === 'DestructionOrdered' && event.data.verdict === 'lawful') {
      const { subject, categories } = event.data;
      this.orders.set(event.id, { ordinal, subject, categories: categories ?? [''] });
      this.open.set(event.id, event);
    }
    if (event.type === 'DataDestroyed') this.open.delete(event.data.order);
    if (event.type === 'KeyEpochRetired') this.retired.push(event.data);
  }
}

function isCanonical(event: LedgerEvent, recorded: RecordedEvent): boolean {
  return Buffer.compare(canonicalBytes(event), recorded.leaf) === 0;
}

function isInPlace(event: LedgerEvent, recorded: RecordedEvent): boolean {
  const { id, stream, type, revision } = recorded;
  const named = event.id === id && event.stream === stream && event.type === type;
  return named && event.revision === String(revision);
}
