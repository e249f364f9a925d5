import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock, type Clock } from '../clock.js';
import { shippedPolicies } from '../governance/shipped-policies.js';
import type { Ledger } from '../ledger.js';
import { initLedger } from '../stores/init-ledger.js';
import { ledgerFiles } from '../stores/ledger-files.js';
import { openLedger } from '../stores/open-ledger.js';

/** A ledger of the shipped policies that begins in a folder, open. */
export async function ledgerIn(directory: string, clock: Clock): Promise<Ledger> {
  const files = ledgerFiles(directory);
  await initLedger({ files, clock, policies: shippedPolicies(), by: 'test' });
  return reopened(directory, clock);
}

/** The ledger in a folder, open; what would end a service is thrown. */
export async function reopened(directory: string, clock: Clock): Promise<Ledger> {
  const onFatal = (error: Error): never => {
    throw error;
  };
  return openLedger({ files: ledgerFiles(directory), clock, onFatal });
}

/** A ledger in a folder of its own, which goes when the ledger is closed by `end`. */
export async function ledgerInFolder(
  clock: Clock = new SystemClock(),
): Promise<{ readonly ledger: Ledger; readonly end: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'pdl-ledger-'));
  const ledger = await ledgerIn(directory, clock);
  const end = async (): Promise<void> => {
    await ledger.close();
    rmSync(directory, { recursive: true });
  };
  return { ledger, end };
}
