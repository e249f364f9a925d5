import { decodeEvent } from '#domain';
import type { EventStore, RecordedEvent } from '#event-store';
import { lockFile } from '#event-store/sqlite';
import { KeyDirectory, VaultError, type Vault } from '#vault';
import type { Clock } from '../clock.js';
import { completeDestruction } from '../commands/destruction.js';
import { Governance } from '../governance/governance.js';
import { Ledger, type LedgerParts } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';
import { awaitSize } from '../nodes/await-size.js';
import { LANDS_WITHIN_MS } from '../nodes/lands-within.js';
import { StaleDecisions } from '../nodes/stale-decisions.js';
import { readIdentity } from './identity.js';
import type { LedgerFiles } from './ledger-files.js';
import { assertStoresAreThere } from './moved-away.js';
import { openLog } from './open-log.js';
import { openViews } from './open-views.js';
import { openVault } from './places.js';

/** How a ledger is opened for writing. */
export interface OpenOptions {
  readonly files: LedgerFiles;
  readonly clock: Clock;
  readonly passphrase?: string;
  /** Called when the log can no longer be trusted: the program must end. */
  readonly onFatal: (error: Error) => void;
}

/**
 * Opens a ledger for writing: takes the lock, compares log, vault and keys with each other, sweeps what was left
 * pending and finishes what was begun, every order of destruction first, before anything else can read (design §3).
 * @throws {LedgerError} NO_LEDGER, ROLLED_BACK, WRONG_LOG; EventStoreError LOCKED and others; VaultError.
 */
export async function openLedger(options: OpenOptions): Promise<Ledger> {
  const { files, onFatal } = options;
  const { ledgerId } = readIdentity(files);
  const lock = lockFile(files.lock);
  const opened: (() => unknown)[] = [() => lock.release()];
  try {
    const keys = KeyDirectory.open(files.keys, passphraseOf(options));
    assertStoresAreThere(files);
    const store = await openLog(files, ledgerId, { anchorKey: keys.anchorKey(), onFatal });
    opened.unshift(async () => store.close());
    const vault = await openVault({ files, ledgerId }, keys, 'write');
    opened.unshift(async () => vault.close());
    await assertFitting({ store, vault, keys, ledgerId });
    const { size } = await store.head();
    const governance = await Governance.load(store, keys.operators());
    const views = await openViews({ files, ledgerId }, store);
    opened.unshift(async () => views.close());
    const parts = {
      ...{ files, ledgerId, clock: options.clock, store, vault, keys, governance },
      ...(store.isShared ? { sharedFrom: size } : {}),
      onClosed: () => lock.release(),
    };
    const ledger = new Ledger(parts, views);
    await startAfterLast(ledger);
    await recover(ledger);
    ledger.others?.start(onFatal);
    return ledger;
  } catch (error) {
    for (const close of opened) await close();
    throw error;
  }
}

/** Log, vault and keys belong together, and none of them is older than another one has seen it. */
async function assertFitting({
  store,
  vault,
  keys,
  ledgerId,
}: Pick<LedgerParts, 'store' | 'vault' | 'keys' | 'ledgerId'>): Promise<void> {
  if (store.isShared) await awaitOthers(store, vault);
  await assertSameLog(store, vault, ledgerId);
  await assertEpochKeys(vault, keys);
  await assertRootKey(store, keys);
}

function passphraseOf({ passphrase }: OpenOptions): { readonly passphrase?: string } {
  return passphrase === undefined ? {} : { passphrase };
}

/** What other nodes have noted in the vault may be more than this node has read of the log. */
async function awaitOthers(store: EventStore, vault: Vault): Promise<void> {
  for (const { size } of await vault.seenLogs()) await awaitSize(store, size);
  await awaitSize(store, (await vault.appliedThrough()) + 1n);
}

/** A log that is shorter than, or different from, what vault or keys have seen is not ours (exit 3). */
async function assertSameLog(store: EventStore, vault: Vault, ledgerId: string): Promise<void> {
  for (const seen of await vault.seenLogs()) {
    if (seen.ledgerId !== ledgerId) {
      throw new LedgerError(
        'WRONG_LOG',
        'log and vault belong to different ledgers: put back the right files',
      );
    }
    const { size } = await store.head();
    if (size < seen.size) {
      const message = `the log holds ${size} events, vault or keys have seen ${seen.size}: an older log was put back`;
      throw new LedgerError('ROLLED_BACK', message);
    }
    const { hash } = await store.headAt(seen.size);
    if (!Buffer.from(hash).equals(seen.hash)) {
      throw new LedgerError(
        'WRONG_LOG',
        'the log is not the one that vault or keys have seen: put back the right files',
      );
    }
  }
}

/** A vault and a key directory of different times: what the one wraps the other cannot open (exit 3). */
async function assertEpochKeys(vault: Vault, keys: KeyDirectory): Promise<void> {
  const files = keys.epochFiles();
  for (const { operator, epoch } of await vault.epochs()) {
    if (files.some((file) => file.operator === operator && file.epoch === epoch)) continue;
    throw new VaultError(
      'NO_KEY',
      `the key file of epoch ${epoch} of ${operator} is missing: put back the vault and the key directory of one time`,
    );
  }
}

async function assertRootKey(store: EventStore, keys: KeyDirectory): Promise<void> {
  for (const operator of keys.operators()) {
    for await (const [recorded] of store.readStream(`policy-${operator}`)) {
      const event = recorded === undefined ? undefined : decodeEvent(recorded.leaf);
      if (event?.type !== 'OperatorRegistered') break;
      if (event.data.rootCheck !== keys.rootCheck()) {
        throw new VaultError(
          'WRONG_ROOT_KEY',
          'this root key is not the one the operator was registered with',
        );
      }
      break;
    }
  }
}

async function startAfterLast(ledger: Ledger): Promise<void> {
  const { store } = ledger.parts;
  const { size } = await store.head();
  if (size === 0n) return;
  for await (const batch of store.readAll(size - 1n)) {
    for (const recorded of batch) {
      ledger.recorder.startAfter(decodeEvent(recorded.leaf).metadata.recordedAt);
    }
  }
}

async function recover(ledger: Ledger): Promise<void> {
  const { store, vault, sharedFrom } = ledger.parts;
  for (const { order } of await vault.tombstones()) {
    if ((await store.findEvent(order)) === undefined) {
      throw new LedgerError(
        'ROLLED_BACK',
        'the vault destroyed by an order that is not in the log: put back the right log',
      );
    }
  }
  const isInLog = async (id: string): Promise<boolean> => (await store.findEvent(id)) !== undefined;
  // What another node has pending may be on its way into the log.
  await vault.sweep(isInLog, sharedFrom === undefined ? 0 : LANDS_WITHIN_MS);
  const stale = new StaleDecisions();
  for await (const batch of store.readAll(await vault.completedThrough())) {
    if (store.isShared)
      for (const recorded of batch) stale.take(recorded, decodeEvent(recorded.leaf));
    // Together, because those that are carried out together share one transaction.
    await Promise.all(batch.map(async (recorded) => completeOrder(ledger, recorded)));
  }
  await stale.note(ledger, 0);
}

async function completeOrder(ledger: Ledger, recorded: RecordedEvent): Promise<void> {
  if (recorded.type !== 'DestructionOrdered') return;
  const event = decodeEvent(recorded.leaf);
  if (event.type !== 'DestructionOrdered' || event.data.verdict !== 'lawful') return;
  const actor = { id: event.metadata.actor, role: 'ledger' as const };
  await completeDestruction(ledger, event, recorded.ordinal, actor);
}
