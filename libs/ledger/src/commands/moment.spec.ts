import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '#domain';
import { Clock } from '../clock.js';
import { submissionOf } from '../intake/testing/submission-of.js';
import type { Ledger } from '../ledger.js';
import { verifyLedger } from '../verification/verify-ledger.js';
import { ledgerInFolder } from '../testing/ledger-in.js';
import { showConsents, showTrail } from '../queries/history.js';
import type { Answer } from './answer.js';
import { activatePolicy } from './govern.js';
import { submit } from './submit.js';

const PURPOSE = 'quicklid:3.1';
const SHIPPED = { id: 'quicklid', version: '2020-12-22', rulings: [] };
const EMITTER = { name: 'backend', role: 'emitter', mode: 'enforce' } as const;

/** Goes on by this much whenever somebody looks. */
class RunningClock extends Clock {
  at = Date.parse('2026-03-02T09:00:00Z');
  step = 0;

  now(): Date {
    this.at += this.step;
    return new Date(this.at);
  }
}

describe('the moment of a verdict', () => {
  let ledger: Ledger;
  let end: () => Promise<void>;
  let clock: RunningClock;
  let subject: string;
  let serial = 0;
  beforeEach(async () => {
    clock = new RunningClock();
    ({ ledger, end } = await ledgerInFolder(clock));
    const person = { operator: 'quicklid', kind: 'individual' };
    subject = (await say('subject.registered', person)).subject ?? '';
  });
  afterEach(async () => end());

  it('is that of its event, also where a consent ends while it is judged', async () => {
    const terms = { purpose: PURPOSE, categories: ['quicklid:name'], channel: 'WRITTEN' };
    const scopes = { thirdParties: false, crossBorder: false, publication: false };
    const evidence = { kind: 'written' };
    const data = { purpose: PURPOSE, basis: { code: 'KZ-CONSENT' }, categories: ['quicklid:name'] };
    // Whichever look at the clock is the first after the end.
    for (let before = 50; before <= 500; before += 50) {
      const end = Math.ceil(clock.at / 1000) * 1000 + 1000;
      const validUntil = new Date(end).toISOString();
      await say('consent.given', { ...terms, ...scopes, evidence, validUntil });
      clock.at = end - before;
      clock.step = 100;
      await say('operation.use', data);
      clock.step = 0;
    }
    const { faults } = await verifyLedger(ledger.parts.files, { now: clock.now() });
    expect(faults).toEqual([]);
  });

  it('is never after that from which a policy is in force, however long the activation takes', async () => {
    clock.step = 1500;
    const activated = await activatePolicy(ledger, SHIPPED, 'test');
    const data = activated.data as LedgerEvent<'PolicyActivated'>['data'];
    expect(data.effectiveFrom > activated.metadata.recordedAt.slice(0, 19)).toBe(true);
  });

  it('of a question is that of its position: a consent that has ended since was given then', async () => {
    const terms = { purpose: PURPOSE, categories: ['quicklid:name'], channel: 'WRITTEN' };
    const scopes = { thirdParties: false, crossBorder: false, publication: false };
    const validUntil = new Date(clock.at + 60_000).toISOString();
    const evidence = { kind: 'written' };
    const given = await say('consent.given', { ...terms, ...scopes, evidence, validUntil });
    clock.at += 120_000;
    const statusAt = async (asOf?: string): Promise<unknown> => {
      const query = { operator: 'quicklid', subject, ...(asOf === undefined ? {} : { asOf }) };
      return showConsents(ledger, query, await ledger.actor('quicklid', 'test', 'auditor'));
    };
    for (const asOf of [given.position, given.recordedAt]) {
      expect(await statusAt(asOf)).toMatchObject({ consents: [{ status: 'given' }] });
    }
    expect(await statusAt()).toMatchObject({ consents: [{ status: 'expired' }] });
  });

  it.each(['foo 1', 'March 7', ' 5', '2026-03-02T09:00:00', '2026-02-31T00:00:00Z', '1e3', ''])(
    'is no other text than a position, a day or an instant ("%s")',
    async (asOf) => {
      const query = { operator: 'quicklid', subject };
      const actor = await ledger.actor('quicklid', 'test', 'auditor');
      for (const moment of [{ asOf }, { from: asOf }, { to: asOf }]) {
        await expect(showTrail(ledger, { ...query, ...moment }, actor)).rejects.toMatchObject({
          code: 'INVALID_REQUEST',
        });
      }
    },
  );

  async function say(type: string, data: object): Promise<Answer> {
    serial += 1;
    const said = submissionOf({ id: String(serial), subject: 'a', type, data });
    return submit(ledger, said, EMITTER);
  }
});
