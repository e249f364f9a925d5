import { lockFile } from '#event-store/sqlite';
import { KeyDirectory } from '#vault';
import { readIdentity, writeIdentity, type Moved, type MovedPart } from '../stores/identity.js';
import type { LedgerFiles } from '../stores/ledger-files.js';
import { verifyLedger, type Verification } from '../verification/verify-ledger.js';
import { leaveFiles, leftIn } from './leave.js';
import type { LogReport, MigrateOptions, Migration, Moving, VaultReport } from './migration.js';
import { moveLog } from './move-log.js';
import { moveVault, settle } from './move-vault.js';
import { PARTS, assertMovable, isElsewhere, partsOf, whereIs } from './parts.js';

/**
 * Moves an embedded ledger's log to a server, its vault to a database, or both. Ids, order and bytes stay; views are
 * made anew. The source is not changed before everything is there, proved equal and verified; a run that was cut off
 * at any moment is taken up by the next one with the same options.
 * @throws {LedgerError} INVALID_REQUEST, NO_LEDGER, CONFLICT; EventStoreError LOCKED while somebody else writes;
 * the errors of all stores.
 */
export async function migrateLedger(options: MigrateOptions): Promise<Migration> {
  const { from, passphrase, dryRun = false } = options;
  readIdentity(from);
  const run = async (): Promise<Migration> => {
    const { ledgerId, moved = {} } = readIdentity(from);
    assertMovable(options, moved);
    const keys = KeyDirectory.open(from.keys, passphrase === undefined ? {} : { passphrase });
    return migrate({ ...options, from: whereIs(options, moved), ledgerId, keys }, moved);
  };
  if (dryRun) return run();
  const lock = lockFile(from.lock);
  try {
    return await run();
  } finally {
    lock.release();
  }
}

async function migrate(moving: Moving, moved: Moved): Promise<Migration> {
  const parts = partsOf(moving);
  const source = await verified(moving, moving.from);
  if (!source.ok) return answer(moving, source, {});
  if (moving.dryRun === true) return answer(moving, source, await reported(moving, parts, 'look'));
  const found = await reported(moving, parts, 'copy');
  // What an earlier run has moved was verified in its place just now.
  const there = parts.length === 0 ? source : await verified(moving, moving.to);
  if (there.ok) await leave(moving, moved, parts);
  return answer(moving, there, found);
}

/** The log before the vault: what the vault has seen of the log is there when it comes. */
async function reported(
  moving: Moving,
  parts: readonly MovedPart[],
  step: 'look' | 'copy',
): Promise<Found> {
  return {
    ...(parts.includes('log') ? { log: await moveLog(moving)[step]() } : {}),
    ...(parts.includes('vault') ? { vault: await moveVault(moving)[step]() } : {}),
  };
}

async function verified({ now, passphrase }: Moving, files: LedgerFiles): Promise<Verification> {
  return verifyLedger(files, { now, ...(passphrase === undefined ? {} : { passphrase }) });
}

/**
 * From the note in the directory on, no program takes the files for the live ones; what was moved is live after it, so
 * that there is no moment with two.
 */
async function leave(moving: Moving, before: Moved, parts: readonly MovedPart[]): Promise<void> {
  const { from, to, ledgerId, now, onProgress } = moving;
  const at = now.toISOString();
  const moved = { ...before, ...Object.fromEntries(parts.map((part) => [part, at])) };
  if (parts.length > 0) writeIdentity(from, { ledgerId, moved });
  let done = 0;
  const told = (): void => {
    done += 1;
    onProgress?.({ stage: 'leaving', done, total: done });
  };
  told();
  const all = PARTS.filter((part) => moved[part] !== undefined && isElsewhere(to, part));
  if (all.includes('vault')) await settle(moving);
  told();
  leaveFiles(from, all, told);
}

interface Found {
  readonly log?: LogReport;
  readonly vault?: VaultReport;
}

function answer(
  { from, ledgerId, dryRun = false }: Moving,
  { ok, checked, firstFault }: Verification,
  { log, vault }: Found,
): Migration {
  const isUsable = [log, vault].every((report) => (report?.refused ?? null) === null);
  return {
    ...{ ok: ok && isUsable, dryRun, ledgerId },
    ...{ log: log ?? null, vault: vault ?? null },
    ...{ verified: checked, firstFault, left: leftIn(from) },
  };
}
