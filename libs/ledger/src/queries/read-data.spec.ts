import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { submit } from '../commands/submit.js';
import { submissionOf } from '../intake/testing/submission-of.js';
import type { Ledger } from '../ledger.js';
import { ledgerInFolder } from '../testing/ledger-in.js';
import type { Actor } from '../recording/recorder.js';
import { readData } from './read-data.js';

const PURPOSE = 'quicklid:3.1';
const EMITTER = { name: 'backend', role: 'emitter', mode: 'enforce' } as const;

describe('a read of values', () => {
  let ledger: Ledger;
  let end: () => Promise<void>;
  let officer: Actor;
  let subject: string;
  let serial = 0;
  beforeEach(async () => {
    ({ ledger, end } = await ledgerInFolder());
    officer = await ledger.actor('quicklid', 'officer', 'officer');
    const person = { operator: 'quicklid', kind: 'individual' };
    subject = (await say('subject.registered', person)).subject ?? '';
    const terms = { purpose: PURPOSE, categories: ['quicklid:name'], channel: 'WRITTEN' };
    const scopes = { thirdParties: false, crossBorder: false, publication: false };
    await say('consent.given', { ...terms, ...scopes, evidence: { kind: 'written' } });
  });
  afterEach(async () => end());

  it('has a value whose event was on its way to the log when the read was decided', async () => {
    for (let n = 0; n < 20; n += 1) {
      const name = `name ${n}`;
      const collecting = say('operation.collect', {
        purpose: PURPOSE,
        basis: { code: 'KZ-CONSENT' },
        medium: 'automated',
        data: { 'quicklid:name': name },
        dataSource: { kind: 'subject' },
      });
      const reading = readsDuring(collecting);
      expect(await collecting).toMatchObject({ status: 'accepted' });
      for (const answer of await reading)
        expect(answer).toMatchObject({ position: expect.any(String) });
      expect(await read()).toMatchObject({ data: { 'quicklid:name': { value: name } } });
    }
  });

  /** A read at every turn of the event loop until the work is done; the first may find nothing yet. */
  async function readsDuring(work: Promise<unknown>): Promise<readonly unknown[]> {
    const until = { done: false };
    void work.finally(() => (until.done = true));
    const reads: Promise<unknown>[] = [];
    while (!until.done) {
      reads.push(read());
      await new Promise((resolve) => setImmediate(resolve));
    }
    return (await Promise.all(reads)).filter((answer) => 'data' in (answer as object));
  }

  async function read(): ReturnType<typeof readData> {
    return readData(ledger, { operator: 'quicklid', subject, purpose: PURPOSE }, officer);
  }

  async function say(type: string, data: object): ReturnType<typeof submit> {
    serial += 1;
    return submit(
      ledger,
      submissionOf({ id: String(serial), subject: 'person', type, data }),
      EMITTER,
    );
  }
});
