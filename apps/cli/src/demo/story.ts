import { AIGUL, DAILY, PROTECTION, PURPOSE, READING, TRANSFERS, WITHDRAWAL } from './aigul.js';
import type { DemoLedger } from './demo-ledger.js';
import { OTHERS } from './others.js';
import type { Chapter, EventStep, ReadStep } from './step.js';
import type { Teller } from './teller.js';

/** Everything up to the withdrawal, told to a fresh ledger. */
export async function everydayLife(ledger: DemoLedger, teller: Teller): Promise<void> {
  await play(ledger, DAILY, teller);
  await play(ledger, READING, teller);
  await readInTrail(ledger, teller);
  await play(ledger, TRANSFERS, teller);
  await play(ledger, PROTECTION, teller);
  await play(ledger, OTHERS, teller);
  const before = await lastPosition(ledger);
  await play(ledger, WITHDRAWAL, teller);
  await beforeAndAfter(ledger, before, teller);
}

/** Destroys Айгүл. */
export async function destruction(ledger: DemoLedger, teller: Teller): Promise<void> {
  teller.chapter('Destruction');
  const certificate = await ledger.destroy(AIGUL);
  const { event = 'missing', stage = 'none' } = certificate ?? {};
  teller.tell({
    step: 'destroy',
    ok: certificate !== undefined,
    text: `destroy: the key of Айгүл’s values is gone: certificate ${event}, stage ${stage}`,
  });
}

/** Looks for Айгүл in a ledger whose vault is yesterday’s. */
export async function inVain(ledger: DemoLedger, teller: Teller): Promise<void> {
  const answer = await ledger.read({ read: AIGUL, purpose: PURPOSE });
  const code = 'no' in answer ? answer.no.code : 'her values';
  teller.tell({
    step: 'old-vault',
    ok: code === 'DESTROYED',
    text: `yesterday’s vault was put back: the log’s order was carried out again, a read answers ${code}`,
  });
  const trail = await ledger.trail(AIGUL);
  const [first, last] = [trail[0]?.type ?? 'nothing', trail.at(-1)?.type ?? 'nothing'];
  teller.tell({
    step: 'trail',
    ok: first === 'SubjectRegistered',
    text: `her history still stands: ${trail.length} entries, from ${first} to ${last}`,
  });
}

async function play(ledger: DemoLedger, { title, steps }: Chapter, teller: Teller): Promise<void> {
  teller.chapter(title);
  for (const step of steps) {
    if ('read' in step) await playRead(ledger, step, teller);
    else await playEvent(ledger, step, teller);
  }
}

async function playEvent(ledger: DemoLedger, step: EventStep, teller: Teller): Promise<void> {
  const { status, code = status, codes = [code], clauses = [] } = await ledger.submit(step);
  const accepted = status === 'accepted';
  teller.tell({
    step: step.type,
    ok: step.refused === undefined ? accepted : code === step.refused,
    text: step.text,
    ...(accepted ? {} : { no: { code, codes, clauses } }),
  });
}

async function playRead(ledger: DemoLedger, step: ReadStep, teller: Teller): Promise<void> {
  const { text, refused } = step;
  const answer = await ledger.read(step);
  if ('no' in answer)
    return teller.tell({ step: 'retrieve', ok: answer.no.code === refused, text, no: answer.no });
  const { values } = answer;
  const isRight = refused === undefined && values.length > 0;
  teller.tell({ step: 'retrieve', ok: isRight, text: `${text}: ${values.join(', ')}` });
}

async function readInTrail(ledger: DemoLedger, teller: Teller): Promise<void> {
  const read = (await ledger.trail(AIGUL)).filter(({ type }) => type === 'DataRetrieved');
  const [entry] = read;
  teller.tell({
    step: 'read-in-trail',
    ok: read.length === 1,
    text: `her trail names the reading: position ${entry?.position ?? '?'}, DataRetrieved, by an ${entry?.actorRole ?? '?'}`,
  });
}

async function lastPosition(ledger: DemoLedger): Promise<string> {
  return (await ledger.trail(AIGUL)).at(-1)?.position ?? '0';
}

async function beforeAndAfter(ledger: DemoLedger, before: string, teller: Teller): Promise<void> {
  const after = await lastPosition(ledger);
  const [then, now] = [await ledger.consentAt(AIGUL, before), await ledger.consentAt(AIGUL, after)];
  teller.tell({
    step: 'as-of',
    ok: then === 'given' && now === 'withdrawn',
    text: `her consent as of position ${before}: ${then}; as of position ${after}: ${now}`,
  });
}
