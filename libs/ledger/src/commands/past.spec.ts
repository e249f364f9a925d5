import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEvent, type LedgerEvent, type Submission } from '#domain';
import { submissionOf } from '../intake/testing/submission-of.js';
import { Ledger } from '../ledger.js';
import { ledgerInFolder } from '../testing/ledger-in.js';
import { submitOn } from './submit-on.js';
import { submit, submitAll } from './submit.js';

const PURPOSE = 'quicklid:3.1';
const EMITTER = { name: 'backend', role: 'emitter', mode: 'enforce' } as const;
const NOW = Date.now();
const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();
let serial = 0;

describe('a withdrawal told late', () => {
  let ledger: Ledger;
  let end: () => Promise<void>;
  beforeAll(async () => {
    ({ ledger, end } = await ledgerInFolder());
  });
  afterAll(async () => end());

  it('names what came in with it and is not durable yet', async () => {
    const all = [...person('a'), use('a'), use('a'), withdrawal('a'), use('a')];
    const { answers } = await submitAll(ledger, all, EMITTER);
    expect((await answers).map(({ code, status }) => code ?? status)).toEqual([
      ...['accepted', 'accepted', 'accepted', 'accepted', 'accepted', 'accepted'],
      'CONSENT_WITHDRAWN',
    ]);
    await namesAllUses('a', 2);
  });

  it('names what another node recorded of a subject that this one remembers otherwise', async () => {
    const other = new Ledger(ledger.parts, ledger.liveViews);
    await submitAll(ledger, [...person('b'), use('b')], EMITTER).then(
      async ({ answers }) => answers,
    );
    await submit(other, use('b'), EMITTER);
    expect((await submit(ledger, withdrawal('b'), EMITTER)).status).toBe('accepted');
    await namesAllUses('b', 2);
  });

  it('names what is recorded until it is, while others go on', async () => {
    const { answers } = await submitAll(ledger, [...person('c'), use('c')], EMITTER);
    const [{ subject = '' } = {}] = await answers;
    const uses = async (): Promise<unknown> =>
      Promise.all(Array.from({ length: 30 }, async () => submit(ledger, use('c'), EMITTER)));
    const { command, time = '' } = withdrawal('c');
    if (command.kind !== 'withdraw-consent') throw new Error('not a withdrawal');
    const withdrawing = { operator: 'quicklid', subject, command, time };
    const [, told] = await Promise.all([uses(), submitOn(ledger, withdrawing, EMITTER), uses()]);
    expect(told.status).toBe('accepted');
    await namesAllUses('c');
  });

  /** All lawful uses that are in the stream before the withdrawal, and no others. */
  async function namesAllUses(of: string, count?: number): Promise<void> {
    const events: LedgerEvent[] = [];
    const [known] = ledger.parts.vault.resolve('urn:test', of);
    for await (const batch of ledger.parts.store.readStream(`subject-${known?.id}`))
      events.push(...batch.map(({ leaf }) => decodeEvent(leaf)));
    const at = events.findIndex(({ type }) => type === 'ConsentWithdrawn');
    const used = events.slice(0, at).filter(({ type }) => type === 'DataUsed');
    const found = events[at + 2];
    expect(found?.type).toBe('ViolationDetected');
    expect(found?.data).toMatchObject({
      codes: ['LATE_NOTICE'],
      operations: used.map(({ id }) => id),
    });
    expect(used.length).toBeGreaterThan(0);
    if (count !== undefined) expect(used).toHaveLength(count);
  }
});

/** Registered, with a consent, and a name collected: an hour ago. */
function person(of: string): readonly Submission[] {
  const consent = {
    purpose: PURPOSE,
    categories: ['quicklid:name'],
    thirdParties: false,
    crossBorder: false,
    publication: false,
    channel: 'OTHER_CONFIRMABLE',
    evidence: { kind: 'otp', language: 'kk' },
  };
  const basis = { code: 'KZ-CONSENT' };
  const collect = { purpose: PURPOSE, basis, data: { 'quicklid:name': of } };
  return [
    said(of, 'subject.registered', { operator: 'quicklid', kind: 'individual' }, ago(60)),
    said(of, 'consent.given', consent, ago(60)),
    said(of, 'operation.collect', collect, ago(60)),
  ];
}

function use(of: string): Submission {
  const data = { purpose: PURPOSE, basis: { code: 'KZ-CONSENT' }, categories: ['quicklid:name'] };
  return said(of, 'operation.use', data, ago(10));
}

function withdrawal(of: string): Submission {
  return said(of, 'consent.withdrawn', { purpose: PURPOSE }, ago(20));
}

function said(of: string, type: string, data: object, time: string): Submission {
  serial += 1;
  return submissionOf({ id: String(serial), subject: of, type, time, data });
}
