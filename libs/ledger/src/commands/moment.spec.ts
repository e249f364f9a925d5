import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock } from '../clock.js';
import { shippedPolicies } from '../governance/shipped-policies.js';
import { parseEvent } from '../intake/parse-line.js';
import type { Ledger } from '../ledger.js';
import { initLedger } from '../stores/init-ledger.js';
import { ledgerFiles } from '../stores/ledger-files.js';
import { openLedger } from '../stores/open-ledger.js';
import { verifyLedger } from '../verification/verify-ledger.js';
import { submit } from './submit.js';

const PURPOSE = 'quicklid:3.1';
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
  let directory: string;
  let ledger: Ledger;
  let clock: RunningClock;
  let serial = 0;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-moment-'));
    clock = new RunningClock();
    const files = ledgerFiles(directory);
    await initLedger({ files, clock, policies: shippedPolicies(), by: 'test' });
    const onFatal = (error: Error): never => {
      throw error;
    };
    ledger = await openLedger({ files, clock, onFatal });
    await say('subject.registered', { operator: 'quicklid', kind: 'individual' });
  });
  afterEach(async () => {
    await ledger.close();
    rmSync(directory, { recursive: true });
  });

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

  async function say(type: string, data: object): Promise<void> {
    serial += 1;
    const envelope = { specversion: '1.0', id: String(serial), source: 'urn:test', subject: 'a' };
    const parsed = parseEvent({ ...envelope, type: `kz.pdl.${type}.v1`, data });
    if (!parsed.ok) throw new Error('a line of the test does not parse');
    await submit(ledger, parsed.submission, EMITTER);
  }
});
