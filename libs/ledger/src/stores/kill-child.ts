import { writeFileSync } from 'node:fs';
import type { Submission } from '#domain';
import { Clock } from '../clock.js';
import { destroySubject } from '../commands/destroy.js';
import { rotateKeys } from '../commands/rotate-keys.js';
import { submit } from '../commands/submit.js';
import type { Ledger } from '../ledger.js';
import { ledgerFiles } from './ledger-files.js';
import { openLedger } from './open-ledger.js';

/** What the child does with the ledger it opened, before it closes it. */
export type Work =
  | { readonly kind: 'destroy'; readonly operator: string; readonly subject: string }
  | { readonly kind: 'submit'; readonly submission: Submission }
  | { readonly kind: 'rotate' }
  | { readonly kind: 'nothing' };

/** A process that works on a ledger and may be killed at any of its writes; see kill-at-write. */
const [directory = '', now = '', work = ''] = process.argv.slice(2);

class FixedClock extends Clock {
  now(): Date {
    return new Date(now);
  }
}

const ledger = await openLedger({
  files: ledgerFiles(directory),
  clock: new FixedClock(),
  onFatal: (error) => {
    throw error;
  },
});
// From here on every write counts.
writeFileSync(process.env['KILL_COUNTER'] ?? '', '', { flag: 'a' });
await doWork(ledger, JSON.parse(work) as Work);
await ledger.close();

async function doWork(on: Ledger, todo: Work): Promise<void> {
  if (todo.kind === 'rotate') await rotateKeys(on, 'soon', { name: 'test' });
  if (todo.kind === 'submit') {
    await submit(on, todo.submission, { name: 'officer', role: 'officer', mode: 'enforce' });
  }
  if (todo.kind === 'destroy') {
    const { operator, subject } = todo;
    const actor = await on.actor(operator, 'officer', 'officer');
    await destroySubject(on, { subject, ground: 'KZ-24.1.5', act: 'act 7' }, actor, operator);
  }
}
