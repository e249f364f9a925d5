import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../clock.js';
import { shippedPolicies } from '../governance/shipped-policies.js';
import { parseEvent } from '../intake/parse-line.js';
import type { Ledger } from '../ledger.js';
import { initLedger } from '../stores/init-ledger.js';
import { ledgerFiles } from '../stores/ledger-files.js';
import { openLedger } from '../stores/open-ledger.js';
import type { Answer } from './answer.js';
import { submit } from './submit.js';

const EMITTER = { name: 'backend', role: 'emitter', mode: 'enforce' } as const;
const RESTING = { purpose: 'quicklid:3.1', basis: { code: 'KZ-CONSENT' } };
const CONSENT = {
  purpose: 'quicklid:3.1',
  categories: ['quicklid:name'],
  thirdParties: true,
  crossBorder: false,
  publication: false,
  channel: 'WRITTEN',
  evidence: { kind: 'written' },
};

describe('an id that comes again', () => {
  let directory: string;
  let ledger: Ledger;
  let serial = 0;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-repeat-'));
    const files = ledgerFiles(directory);
    const clock = new SystemClock();
    await initLedger({ files, clock, policies: shippedPolicies(), by: 'test' });
    const onFatal = (error: Error): never => {
      throw error;
    };
    ledger = await openLedger({ files, clock, onFatal });
    await register('a');
    await say('a', 'consent.given', CONSENT);
    for (const name of ['bank', 'court']) await recipient(name, 'c'.repeat(64));
    await recipient('unbound');
  });
  afterAll(async () => {
    await ledger.close();
    rmSync(directory, { recursive: true });
  });

  it.each([
    [['bank', 'court'], 'accepted'],
    [['bank', 'nobody'], 'RECIPIENT_UNKNOWN'],
    [['bank', 'unbound'], 'RECIPIENT_NOT_BOUND'],
  ])('for the same recipients is a repeat (%j)', async (to, first) => {
    const id = fresh();
    expect(told(await provide(to, id))).toBe(first);
    expect(await provide(to, id)).toMatchObject({ status: 'duplicate' });
  });

  it.each([[['bank']], [['court', 'bank']], [['bank', 'court', 'unbound']], [['bank', 'nobody']]])(
    'for other recipients is another content, also where the first one is the same (%j)',
    async (to) => {
      const id = fresh();
      expect(told(await provide(['bank', 'court'], id))).toBe('accepted');
      expect(told(await provide(to, id))).toBe('CONFLICT');
    },
  );

  it('with another consent to rest on is another content', async () => {
    const [one, other] = [await consent(), await consent()];
    const use = async (ref: string, id: string): Promise<Answer> => {
      const basis = { ...RESTING.basis, ref };
      return say('a', 'operation.use', { ...RESTING, basis, categories: ['quicklid:name'] }, id);
    };
    const id = fresh();
    expect(told(await use(one, id))).toBe('accepted');
    expect(told(await use(other, id))).toBe('CONFLICT');
  });

  it('to withdraw another consent is another content: nobody may believe it withdrawn', async () => {
    const [one, other] = [await consent(), await consent()];
    const id = fresh();
    expect(told(await say('a', 'consent.withdrawn', { consent: one }, id))).toBe('accepted');
    expect(told(await say('a', 'consent.withdrawn', { consent: one }, id))).toBe('duplicate');
    expect(told(await say('a', 'consent.withdrawn', { consent: other }, id))).toBe('CONFLICT');
  });

  it('with another identifier of the same scheme is another content', async () => {
    const id = fresh();
    expect(told(await register('b', '900101300017', id))).toBe('accepted');
    expect(told(await register('b', '900101300017', id))).toBe('duplicate');
    expect(told(await register('b', '791119300072', id))).toBe('CONFLICT');
  });

  function fresh(): string {
    serial += 1;
    return String(serial);
  }

  async function consent(): Promise<string> {
    return (await say('a', 'consent.given', CONSENT)).event ?? '';
  }

  async function register(of: string, iin = '900101300017', id = fresh()): Promise<Answer> {
    const identifiers = [{ scheme: 'KZ-IIN', value: iin }];
    const person = { operator: 'quicklid', kind: 'individual', identifiers };
    return say(of, 'subject.registered', person, id);
  }

  async function recipient(name: string, contractSha256?: string): Promise<void> {
    const of = { operator: 'quicklid', name, class: 'quicklid:7.1.1', country: 'KZ' };
    await say(name, 'recipient.registered', {
      ...of,
      ...(contractSha256 === undefined ? {} : { contractSha256 }),
    });
  }

  async function provide(to: readonly string[], id: string): Promise<Answer> {
    const data = { ...RESTING, categories: ['quicklid:name'], recipient: to };
    return say('a', 'operation.provide', data, id);
  }

  async function say(subject: string, type: string, data: object, id = fresh()): Promise<Answer> {
    const envelope = { specversion: '1.0', id, source: 'urn:test', subject };
    const parsed = parseEvent({ ...envelope, type: `kz.pdl.${type}.v1`, data });
    if (!parsed.ok) throw new Error('a line of the test does not parse');
    return submit(ledger, parsed.submission, EMITTER);
  }
});

function told({ status, code }: Answer): string {
  return status === 'duplicate' ? status : (code ?? status);
}
