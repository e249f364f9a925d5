import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalBytes, type LedgerEvent } from '#domain';
import { leafHash } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { KeyDirectory } from '#vault';
import { SystemClock } from '../../clock.js';
import { submit } from '../../commands/submit.js';
import { submissionOf } from '../../intake/testing/submission-of.js';
import { readIdentity } from '../../stores/identity.js';
import { ledgerFiles } from '../../stores/ledger-files.js';
import { ledgerIn, reopened } from '../../testing/ledger-in.js';
import { verifyLedger } from '../verify-ledger.js';

interface Forged {
  type: string;
  readonly id: string;
  readonly stream: string;
  readonly data: Record<string, unknown>;
}
type Find = (type: string, verdict?: string) => Forged;

const PURPOSE = 'quicklid:3.1';
const NO_HASH = `sha256:${'0'.repeat(64)}`;

let base: string;
let whole: string;
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'pdl-forged-'));
  whole = join(base, 'whole');
  await lived(whole);
});
afterAll(() => rmSync(base, { recursive: true }));

it('a log that is written anew, with the key, is ok as long as nothing in it is another', async () => {
  expect(await faultsOf(() => undefined)).toEqual([]);
});

const LIES: readonly (readonly [string, (find: Find) => void, RegExp])[] = [
  [
    'a violation that is called lawful beside its codes',
    (find) => (find('DataUsed', 'violation').data['verdict'] = 'lawful'),
    /says verdict "lawful", not "violation"/u,
  ],
  [
    'a lawful use that is called a violation',
    (find) => (find('DataUsed', 'lawful').data['verdict'] = 'violation'),
    /says verdict "violation", not "lawful"/u,
  ],
  [
    'a refusal that is called lawful',
    (find) => (find('OperationRefused').data['verdict'] = 'lawful'),
    /says verdict "lawful", not "refused"/u,
  ],
  [
    'a refusal by another code',
    (find) => (find('OperationRefused').data['code'] = 'BLOCKED'),
    /says code "BLOCKED", not "/u,
  ],
  [
    'a use that is filed as storing',
    (find) => (find('DataUsed', 'lawful').type = 'DataStored'),
    /is not of the type of its operation/u,
  ],
  [
    'a use without an operation, which no gate judges',
    (find) => (find('DataUsed', 'violation').data['operation'] = null),
    /is not of the type of its operation/u,
  ],
  [
    'a verdict by a policy that was not in force',
    (find) => (find('DataUsed', 'lawful').data['policy'] = null),
    /says policy null, not /u,
  ],
  [
    'a verdict that read no policy',
    (find) => (find('DataUsed', 'lawful').data['read'] = {}),
    /did not stand in the streams/u,
  ],
  [
    'a use of another subject in this stream',
    (find) => (find('DataUsed', 'lawful').data['subject'] = find('DataUsed').id),
    /names another subject or operator/u,
  ],
  [
    'a violation that nothing follows from',
    (find) => (find('ViolationDetected').data['operations'] = []),
    /says operations \[\], not \["/u,
  ],
  [
    'a violation that something else follows',
    (find) => {
      const { data, ...found } = find('ViolationDetected');
      const { operations: _, codes: __, ...said } = data;
      Object.assign(found, { type: 'RequestReceived', data: { ...said, request: 'complaint' } });
      Object.assign(find('ViolationDetected'), found);
    },
    /where ViolationDetected must follow/u,
  ],
  [
    'a withdrawal that another decision follows',
    (find) => (find('WithdrawalDecided').data['withdrawal'] = find('DataUsed').id),
    /says withdrawal "/u,
  ],
  [
    'an order that would be judged as a read, by the sources that it names',
    (find) => {
      const order = find('DataUsed', 'lawful');
      order.type = 'DestructionOrdered';
      Object.assign(order.data, { operation: 'destroy', sources: {}, generation: 1 });
    },
    /says codes none, not \["EVIDENCE_MISSING"\]/u,
  ],
  [
    'an order to destroy that no depersonalisation led to',
    (find) => {
      const order = find('DataUsed', 'lawful');
      order.type = 'DestructionOrdered';
      Object.assign(order.data, { operation: 'destroy', strength: 'anonymous', generation: 1 });
    },
    /says codes none, not \["EVIDENCE_MISSING"\]/u,
  ],
  [
    'another scope of an order that a depersonalisation led to',
    (find) => (find('DestructionOrdered').data['categories'] = ['quicklid:email']),
    /says categories \["quicklid:email"\], not \["quicklid:name"\]/u,
  ],
  [
    'an order of another generation',
    (find) => (find('DestructionOrdered').data['generation'] = 7),
    /says generation 7, not 1/u,
  ],
  [
    'the end of an order that is none',
    (find) => (find('DataDestroyed').data['order'] = find('DataUsed').id),
    /completes an order that is not open/u,
  ],
  [
    'the end of an order with less than was ordered',
    (find) => (find('DataDestroyed').data['categories'] = ['quicklid:email']),
    /says categories \["quicklid:email"\], not \["quicklid:name"\]/u,
  ],
  [
    'clauses that nothing rests on',
    (find) => (find('DataUsed', 'lawful').data['clauses'] = ['law:9(1)']),
    /says clauses \["law:9\(1\)"\], not \["quicklid:/u,
  ],
  [
    'a registration that rests on a clause',
    (find) => (find('SubjectRegistered').data['clauses'] = ['law:9(1)']),
    /says clauses \["law:9\(1\)"\], not \[\]/u,
  ],
  [
    'a request without the clause that it is taken by',
    (find) => (find('RequestReceived').data['clauses'] = []),
    /says clauses \[\], not \["law:24\(1\)"\]/u,
  ],
  [
    'a law that was not in force',
    (find) => (find('DataUsed', 'lawful').data['regime'] = null),
    /says regime null, not /u,
  ],
  [
    'a person of another kind than was registered',
    (find) => (find('DataUsed', 'lawful').data['subjectKind'] = 'visitor'),
    /says subjectKind "visitor", not "individual"/u,
  ],
  [
    'a use that rests on no consent',
    (find) => (find('DataUsed', 'lawful').data['basis'] = { code: 'KZ-CONSENT' }),
    /says basis \{"code":"KZ-CONSENT"\}, not \{"code":"KZ-CONSENT","ref":"/u,
  ],
  [
    'another text under the hash of a policy',
    (find) => Object.assign(find('PolicyPublished').data['document'] as object, { version: '0' }),
    /does not have its hash/u,
  ],
  [
    'an activation of another text',
    (find) => (find('PolicyActivated').data['hash'] = NO_HASH),
    /activates another policy/u,
  ],
];
it.each(LIES)('names %s, although every hash and the anchor are right', async (_, lie, named) => {
  expect(await faultsOf(lie)).toContainEqual(expect.stringMatching(named));
});

it('names an order that the vault carried out and forgot, which no start completes', async () => {
  const directory = mkdtempSync(join(base, 'forgot-'));
  cpSync(whole, directory, { recursive: true });
  const database = new DatabaseSync(join(directory, 'vault.db'));
  database.exec('DELETE FROM tombstones');
  database.close();
  const named = expect.arrayContaining([expect.stringMatching(/carried out and knows no more/u)]);
  expect(await reasonsIn(directory)).toEqual(named);
  await (await reopened(directory, new SystemClock())).close();
  expect(await reasonsIn(directory)).toEqual(named);
});

type Line = readonly [subject: string, type: string, data: object, mode?: 'record'];

const CONSENT = {
  purpose: PURPOSE,
  categories: ['quicklid:name'],
  channel: 'WRITTEN',
  thirdParties: false,
  crossBorder: false,
  publication: false,
  evidence: { kind: 'written' },
};
const USE = { basis: { code: 'KZ-CONSENT' }, categories: ['quicklid:name'] };
const BASIS = { purpose: PURPOSE, basis: { code: 'KZ-CONSENT' } };

/** A use that is lawful, one that was reported against the rules, one that was refused; what one event leads to. */
const LIFE: readonly Line[] = [
  ['a', 'subject.registered', { operator: 'quicklid', kind: 'individual' }],
  ['a', 'consent.given', CONSENT],
  ['a', 'operation.use', { ...USE, purpose: PURPOSE }],
  ['a', 'operation.use', { ...USE, purpose: 'quicklid:3.8' }, 'record'],
  ['a', 'operation.use', { ...USE, purpose: 'quicklid:3.8' }],
  ['a', 'consent.withdrawn', { purpose: PURPOSE }],
  ['a', 'request.received', { kind: 'information', channel: 'mail' }],
  ['b', 'subject.registered', { operator: 'quicklid', kind: 'individual' }],
  ['b', 'consent.given', CONSENT],
  ['b', 'operation.collect', { ...BASIS, data: { 'quicklid:name': 'Aigul' } }],
  ['b', 'operation.depersonalise', { ...BASIS, ...USE, method: 'hashing', strength: 'anonymous' }],
  ['b', 'purpose.achieved', { purpose: PURPOSE }],
  ['b', 'operation.destroy', { ground: 'KZ-18.1', act: 'act 7', strength: 'anonymous' }, 'record'],
  ['b', 'subject.registered', { operator: 'quicklid', kind: 'individual' }, 'record'],
];

async function lived(directory: string): Promise<void> {
  const ledger = await ledgerIn(directory, new SystemClock());
  for (const [n, [subject, type, data, mode = 'enforce']] of LIFE.entries()) {
    const said = submissionOf({ id: String(n), subject, type, data });
    await submit(ledger, said, { name: 'backend', role: 'emitter', mode });
  }
  await ledger.close();
}

/** What verify says of a copy whose whole log was written anew by somebody who has the keys. */
async function faultsOf(lie: (find: Find) => unknown): Promise<readonly string[]> {
  const directory = mkdtempSync(join(base, 'copy-'));
  cpSync(whole, directory, { recursive: true });
  const { ledgerId } = readIdentity(ledgerFiles(directory));
  const file = join(directory, 'log.db');
  const before = await SqliteEventStore.open({ file, mode: 'read', ledgerId });
  const events: Forged[] = [];
  for await (const batch of before.readAll())
    for (const { leaf } of batch) events.push(JSON.parse(Buffer.from(leaf).toString()) as Forged);
  await before.close();
  lie((type, verdict) => {
    const is = (event: Forged): boolean =>
      event.type === type && (verdict ?? event.data['verdict']) === event.data['verdict'];
    const found = events.find(is);
    if (found === undefined) throw new Error(`no ${type} to forge`);
    return found;
  });
  for (const name of readdirSync(directory).filter((each) => /^(?:log|views)\.db/u.test(each)))
    rmSync(join(directory, name));
  const anchorKey = KeyDirectory.open(join(directory, 'keys')).anchorKey();
  const after = await SqliteEventStore.open({ file, mode: 'write', ledgerId, anchorKey });
  const tails = new Map<string, { readonly revision: bigint; readonly prev: string }>();
  for (const event of events) {
    const { stream, id, type } = event;
    const { revision, prev } = tails.get(stream) ?? { revision: -1n, prev: '' };
    const leaf = canonicalBytes({ ...event, prev, revision: String(revision + 1n) } as LedgerEvent);
    await after.append({ stream, expectedRevision: revision, prev, events: [{ id, type, leaf }] });
    tails.set(stream, {
      revision: revision + 1n,
      prev: Buffer.from(leafHash(leaf)).toString('hex'),
    });
  }
  await after.close();
  forgetLog(directory);
  return reasonsIn(directory);
}

async function reasonsIn(directory: string): Promise<readonly string[]> {
  const { faults } = await verifyLedger(ledgerFiles(directory), { now: new Date() });
  return faults.map(({ reason }) => reason);
}

/** Neither vault nor keys know the log of before. */
function forgetLog(directory: string): void {
  const database = new DatabaseSync(join(directory, 'vault.db'));
  database.exec("DELETE FROM meta WHERE key IN ('seen', 'completed')");
  database.close();
  rmSync(join(directory, 'keys', 'log-mark'), { force: true });
}
