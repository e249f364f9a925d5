import { statfs } from 'node:fs/promises';
import type { Ledger } from '../ledger.js';

/** What a ledger must keep to be ready. */
export interface ReadinessLimits {
  /** Free bytes that the disk of the data directory must have. */
  readonly diskReserveBytes: number;
  /** Events that the views may be behind. */
  readonly viewLag: number;
}

/** Whether a ledger can do its work now; says nothing about anybody. */
export interface Readiness {
  readonly isReady: boolean;
  readonly store: { readonly ok: boolean };
  readonly vault: { readonly ok: boolean };
  readonly views: { readonly ok: boolean; readonly lag: number };
  readonly disk: { readonly ok: boolean; readonly freeBytes: number };
}

/** Reads from each store and asks the disk; writes nothing, and fails for no reason that it reports. */
export async function readinessOf(ledger: Ledger, limits: ReadinessLimits): Promise<Readiness> {
  const { store, vault, files } = ledger.parts;
  const [there, seen, lag, freeBytes] = await Promise.all([
    orNothing(async () => store.assertReachable().then(() => true)),
    orNothing(async () => vault.seenLogs()),
    orNothing(async () => Number(await ledger.viewLag())),
    orNothing(async () => freeBytesOf(files.directory)),
  ]);
  const checks = {
    store: { ok: there !== undefined },
    vault: { ok: seen !== undefined },
    views: { ok: lag !== undefined && lag <= limits.viewLag, lag: lag ?? -1 },
    disk: {
      ok: freeBytes !== undefined && freeBytes >= limits.diskReserveBytes,
      freeBytes: freeBytes ?? -1,
    },
  };
  return { isReady: Object.values(checks).every(({ ok }) => ok), ...checks };
}

async function freeBytesOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

async function orNothing<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch {
    return undefined;
  }
}
