import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Submission } from '#domain';
import { EventStoreError } from '#event-store';
import { submissionOf } from '../intake/testing/submission-of.js';
import { Ledger } from '../ledger.js';
import { ledgerInFolder } from '../testing/ledger-in.js';
import { verifyLedger } from '../verification/verify-ledger.js';
import type { Answer } from './answer.js';
import { submit, submitAll } from './submit.js';

const PURPOSE = 'quicklid:3.1';
const EMITTER = { name: 'backend', role: 'emitter', mode: 'enforce' } as const;
let serial = 0;

describe('many commands at once', () => {
  let ledger: Ledger;
  let end: () => Promise<void>;
  beforeAll(async () => {
    ({ ledger, end } = await ledgerInFolder());
  });
  afterAll(async () => end());

  it('are decided in order: what one of them makes, the next one reads', async () => {
    const all = [...person('a'), said('a', 'consent.withdrawn', { purpose: PURPOSE }), use('a')];
    expect(codes(await answersTo(ledger, all))).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'accepted',
      'CONSENT_WITHDRAWN',
    ]);
  });

  it('are decided on the ones before, although those are not durable yet', async () => {
    const [registered, ...rest] = person('b');
    const first = await submitAll(ledger, registered === undefined ? [] : [registered], EMITTER);
    const then = await submitAll(ledger, [...rest, use('b')], EMITTER);
    expect(codes(await then.answers)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(codes(await first.answers)).toEqual(['accepted']);
  });

  it('answer a repeat within the batch, and an id used for something else', async () => {
    const [registered, given] = person('c');
    if (registered === undefined || given === undefined) throw new Error('nobody');
    const other = { ...use('c'), id: given.id };
    expect(codes(await answersTo(ledger, [registered, given, given, other, registered]))).toEqual([
      'accepted',
      'accepted',
      'duplicate',
      'CONFLICT',
      'duplicate',
    ]);
  });

  it('make one event of one id under 64 concurrent repeats', async () => {
    await answersTo(ledger, person('d'));
    const once = use('d');
    const before = (await ledger.parts.store.head()).size;
    const all = await Promise.all(
      Array.from({ length: 64 }, async () => submit(ledger, once, EMITTER)),
    );
    expect(all.filter(({ status }) => status === 'accepted')).toHaveLength(1);
    expect(all.filter(({ status }) => status === 'duplicate')).toHaveLength(63);
    expect(new Set(all.map(({ event }) => event)).size).toBe(1);
    expect(new Set(all.map(({ position }) => position)).size).toBe(1);
    expect((await ledger.parts.store.head()).size).toBe(before + 1n);
  });

  it('register one person once under concurrent registrations of one reference', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, async () => submit(ledger, registration('e'), EMITTER)),
    );
    expect(codes(all).filter((code) => code === 'accepted')).toHaveLength(1);
    expect(codes(all).filter((code) => code === 'CONFLICT')).toHaveLength(7);
  });

  it('are decided again when another node was faster, and never on what it overtook', async () => {
    // A second node on the same stores, with a memory of its own.
    const other = new Ledger(ledger.parts, ledger.liveViews);
    await answersTo(ledger, person('f'));
    expect((await submit(other, use('f'), EMITTER)).status).toBe('accepted');
    expect((await submit(ledger, use('f'), EMITTER)).status).toBe('accepted');
    const withdrawal = said('f', 'consent.withdrawn', { purpose: PURPOSE });
    expect((await submit(other, withdrawal, EMITTER)).status).toBe('accepted');
    const answer = await submit(ledger, use('f'), EMITTER);
    expect(answer).toMatchObject({ code: 'CONSENT_WITHDRAWN', revision: '7' });
  });

  it('are never recorded behind one that was overtaken, though the revision is the expected one', async () => {
    const other = new Ledger(ledger.parts, ledger.liveViews);
    await answersTo(ledger, [...person('g'), use('g')]);
    const withdrawal = said('g', 'consent.withdrawn', { purpose: PURPOSE });
    expect((await submit(other, withdrawal, EMITTER)).status).toBe('accepted');
    // Each is decided behind the one before it; what the other node recorded takes the place of the first two.
    const behind = await answersTo(ledger, [use('g'), use('g'), use('g'), use('g')]);
    expect(codes(behind)).toEqual(Array.from({ length: 4 }, () => 'CONSENT_WITHDRAWN'));
    const { faults } = await verifyLedger(ledger.parts.files, { now: new Date() });
    expect(faults).toEqual([]);
  });

  it('wait for a registration that was overtaken, and only when they came after it', async () => {
    const [registered, ...rest] = person('i');
    if (registered === undefined) throw new Error('nobody');
    const early = await submitAll(ledger, [use('i')], EMITTER);
    const append = jest.spyOn(ledger.parts.store, 'append');
    append.mockRejectedValueOnce(new EventStoreError('STALE_READ', 'a rotation was faster'));
    const again = jest.spyOn(ledger.mutex, 'run');
    const later = new Promise<readonly Answer[]>((resolve) => {
      again.mockImplementationOnce(async (_, work) => {
        // Overtaken and not yet decided again: nobody knows the reference.
        const behind = await submitAll(ledger, [...rest, use('i')], EMITTER);
        resolve(behind.answers);
        return work();
      });
    });
    const first = await submitAll(ledger, [registered], EMITTER);
    expect(codes(await first.answers)).toEqual(['accepted']);
    expect(codes(await later)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(codes(await early.answers)).toEqual(['NOT_FOUND']);
    append.mockRestore();
    again.mockRestore();
  });

  it('that were only reported, against the rules, are told why, and are judged the same again', async () => {
    await answersTo(ledger, person('h'));
    const terms = { categories: ['quicklid:voice-recording'], thirdParties: false };
    const scopes = { crossBorder: false, publication: false };
    const evidence = { channel: 'WRITTEN', evidence: { kind: 'written' } };
    const consent = { purpose: PURPOSE, ...terms, ...scopes, ...evidence };
    const none = { purpose: 'quicklid:3.2' };
    const before = { time: '2019-01-01T00:00:00Z' };
    const reported = [
      said('h', 'consent.given', consent),
      said('h', 'consent.withdrawn', none),
      { ...said('h', 'contract.started', { contract: '7' }), ...before },
      { ...said('h', 'purpose.achieved', { purpose: PURPOSE }), ...before },
    ];
    const { answers } = await submitAll(ledger, reported, { ...EMITTER, mode: 'record' });
    expect((await answers).map(({ status, code }) => [status, code])).toEqual([
      ['violation', 'CATEGORY_NOT_ADMITTED'],
      ['violation', 'CONSENT_NOT_GIVEN'],
      ['violation', 'POLICY_NOT_ACTIVE'],
      ['violation', 'POLICY_NOT_ACTIVE'],
    ]);
    const { faults } = await verifyLedger(ledger.parts.files, { now: new Date() });
    expect(faults).toEqual([]);
  });
});

async function answersTo(ledger: Ledger, all: readonly Submission[]): Promise<readonly Answer[]> {
  const { answers } = await submitAll(ledger, all, EMITTER);
  return answers;
}

function codes(answers: readonly Answer[]): readonly string[] {
  return answers.map(({ status, code }) => (status === 'duplicate' ? status : (code ?? status)));
}

function registration(of: string): Submission {
  return said(of, 'subject.registered', { operator: 'quicklid', kind: 'individual' });
}

/** Registered, with a consent, and a name collected. */
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
  const collect = {
    purpose: PURPOSE,
    basis: { code: 'KZ-CONSENT' },
    data: { 'quicklid:name': of },
  };
  return [
    registration(of),
    said(of, 'consent.given', consent),
    said(of, 'operation.collect', collect),
  ];
}

function use(of: string): Submission {
  const data = { purpose: PURPOSE, basis: { code: 'KZ-CONSENT' }, categories: ['quicklid:name'] };
  return said(of, 'operation.use', data);
}

function said(of: string, type: string, data: object): Submission {
  serial += 1;
  return submissionOf({ id: String(serial), subject: of, type, data });
}
