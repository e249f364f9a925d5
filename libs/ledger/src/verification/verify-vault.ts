import type { KeyDirectory, SealedEvent, SeenLog, Vault } from '#vault';
import { openVault } from '../stores/places.js';
import type { LedgerFiles } from '../stores/ledger-files.js';
import { readLog } from '../stores/open-log.js';
import { messageOf, type Fault } from './fault.js';

/** What the log says the vault must hold, and must have forgotten. */
export interface FoundInLog {
  readonly sealed: readonly SealedEvent[];
  /** Lawful orders of destruction by event id. */
  readonly orders: ReadonlyMap<string, OrderInLog>;
  /** Those that no `DataDestroyed` completes. */
  readonly open: ReadonlyMap<string, unknown>;
  readonly retired: readonly EpochInLog[];
}

/** An order's place in the log and its scope; the category of a whole subject is empty. */
export interface OrderInLog {
  readonly ordinal: bigint;
  readonly subject: string;
  readonly categories: readonly string[];
}

/** An epoch that `KeyEpochRetired` names. */
export interface EpochInLog {
  readonly operator: string;
  readonly epoch: number;
}

/** Where vault and keys lie, and when they are checked. */
export interface VaultPlace {
  readonly files: LedgerFiles;
  readonly ledgerId: string;
  readonly keys: KeyDirectory;
  readonly now: Date;
}

/** Checks the vault and the key directory against the log: every envelope, every destruction, every retired epoch. */
export async function verifyVault(
  { files, ledgerId, keys, now }: VaultPlace,
  log: FoundInLog,
  faults: Fault[],
): Promise<{ readonly envelopes: number; readonly destroyed: number }> {
  let destroyed = 0;
  try {
    const vault = await openVault({ files, ledgerId }, keys, 'read');
    faults.push(...(await logFaults(files, ledgerId, await vault.seenLogs())));
    faults.push(...(await vault.faults(now)), ...(await keysFaults(vault, keys)));
    faults.push(...(await epochFaults(vault, log)), ...(await orderFaults(vault, log)));
    for (const sealed of log.sealed) {
      const answer = await vault.check(sealed);
      if (answer === 'destroyed') destroyed += 1;
      else if (answer !== 'ok') faults.push(answer);
    }
    await vault.close();
  } catch (error) {
    faults.push({ item: 'vault', reason: messageOf(error) });
  }
  return { envelopes: log.sealed.length, destroyed };
}

/** The mark beside the keys is written before the vault notes the same: never may it be behind. */
async function keysFaults(vault: Vault, keys: KeyDirectory): Promise<readonly Fault[]> {
  return (keys.seenLog()?.size ?? 0n) < (await vault.completedThrough())
    ? [{ item: 'keys', reason: 'are older than the vault: an older key directory was put back' }]
    : [];
}

async function epochFaults(vault: Vault, { retired }: FoundInLog): Promise<readonly Fault[]> {
  const inUse = await vault.epochs();
  return retired
    .filter((gone) =>
      inUse.some(({ operator, epoch }) => operator === gone.operator && epoch === gone.epoch),
    )
    .map(({ operator, epoch }) => ({
      item: `epoch-${operator}-${epoch}`,
      reason: 'was retired and is in use again: run keys rotate --force',
    }));
}

/** Orders that the log or the vault did not complete, and destructions that nobody ordered. */
async function orderFaults(vault: Vault, { orders, open }: FoundInLog): Promise<readonly Fault[]> {
  const through = await vault.completedThrough();
  const faults: Fault[] = [];
  for (const [item, order] of orders) {
    const isDone = !open.has(item) && (await isCarriedOut(vault, order));
    if (!isDone) faults.push({ item, reason: order.ordinal < through ? LOST : OPEN });
  }
  const unordered = (await vault.tombstones()).filter(({ order }) => !orders.has(order));
  return [
    ...faults,
    ...unordered.map(({ order }) => ({
      item: order,
      reason: 'the vault destroyed by an order that is not in the log',
    })),
  ];
}

const OPEN = 'an order of destruction that is not carried out: any start completes it';
const LOST =
  'an order of destruction that the vault carried out and knows no more: put back a copy of the vault';

async function isCarriedOut(vault: Vault, { subject, categories }: OrderInLog): Promise<boolean> {
  for (const category of categories) {
    if ((await vault.tombstone(subject, category)) === undefined) return false;
  }
  return true;
}

/** A log that is shorter than, or different from, what vault or keys have seen. */
async function logFaults(
  files: LedgerFiles,
  ledgerId: string,
  seen: readonly SeenLog[],
): Promise<readonly Fault[]> {
  const store = await readLog(files, ledgerId);
  try {
    const { size } = await store.head();
    for (const log of seen) {
      const hash = log.size > size ? undefined : (await store.headAt(log.size)).hash;
      if (log.ledgerId !== ledgerId || hash === undefined || !Buffer.from(hash).equals(log.hash)) {
        return [{ item: 'log', reason: 'is not the log that vault or keys have seen' }];
      }
    }
    return [];
  } finally {
    await store.close();
  }
}
