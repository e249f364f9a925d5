import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  SystemClock,
  initLedger,
  ledgerFiles,
  shippedPolicies,
  verifyLedger,
  type LedgerFiles,
} from '#ledger';
import type { Language } from '../words/language.js';
import { DemoLedger } from './demo-ledger.js';
import { destruction, everydayLife, inVain } from './story.js';
import { Teller } from './teller.js';

/** What to do when the story is over: from the checkout, in this order. */
const NEXT = [
  'npx pdl init --data ./my-ledger',
  'npx pdl import docs/first-events.ndjson --data ./my-ledger',
  'npx pdl show trail --data ./my-ledger --ref urn:loans case-173688',
];

/** Tells the story in a directory of its own; true when every step answered as it should. */
export async function tell(json: boolean, language: Language): Promise<boolean> {
  const directory = await mkdtemp(join(tmpdir(), 'pdl-demo-'));
  const files = ledgerFiles(directory);
  const policies = shippedPolicies();
  const teller = new Teller(json, { language, policies });
  try {
    teller.chapter('A ledger of its own, with keys of its own');
    const made = await initLedger({ files, clock: new SystemClock(), policies, by: 'demo' });
    const names = made.policies.map(({ id, version }) => `${id} ${version}`);
    teller.tell({ step: 'init', ok: names.length === 2, text: `in force: ${names.join(', ')}` });
    await opened(files, async (ledger) => everydayLife(ledger, teller));
    const yesterday = join(directory, 'vault-of-yesterday.db');
    await copyFile(files.vault, yesterday);
    await opened(files, async (ledger) => destruction(ledger, teller));
    await oldVault(files, yesterday, teller);
    await proof(files, teller);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return teller.end(NEXT);
}

async function oldVault(files: LedgerFiles, yesterday: string, teller: Teller): Promise<void> {
  teller.chapter('An old vault, put back in vain');
  const today = `${yesterday}.today`;
  await copyFile(files.vault, today);
  await copyFile(yesterday, files.vault);
  await opened(files, async (ledger) => inVain(ledger, teller));
  const { ok, firstFault } = await verifyLedger(files, { now: new Date() });
  const reason = firstFault?.reason ?? 'nothing';
  const text = `verify names what the old vault lacks: ${reason}`;
  teller.tell({ step: 'old-vault-verify', ok: !ok, text });
  await copyFile(today, files.vault);
}

async function proof(files: LedgerFiles, teller: Teller): Promise<void> {
  teller.chapter('Today’s vault again: rebuild and verify');
  const { events, equalsLive } = await opened(files, async (ledger) => ledger.rebuild());
  const equal = equalsLive ? 'equal byte for byte' : 'DIFFERENT';
  teller.tell({
    step: 'rebuild',
    ok: equalsLive,
    text: `all views folded again from ${events} events: ${equal}`,
  });
  const { ok, checked, firstFault } = await verifyLedger(files, { now: new Date() });
  teller.tell({
    step: 'verify',
    ok,
    text: ok
      ? `verified: ${checked.events} events, ${checked.verdicts} verdicts judged again, ${checked.envelopes} envelopes`
      : `fault: ${firstFault?.item ?? ''} ${firstFault?.reason ?? ''}`,
  });
}

async function opened<T>(files: LedgerFiles, work: (ledger: DemoLedger) => Promise<T>): Promise<T> {
  const ledger = await DemoLedger.open(files);
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}
