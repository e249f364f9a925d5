import { join } from 'node:path';
import { decide, type DecideContext, type SubjectCommand, type SubjectState } from '#domain';
import { rowOf, type Row } from './figure.js';
import { freshLedger, surroundingsIn } from './fresh-ledger.js';
import { madeCommands } from './made-commands.js';
import { MadeSubject, type Surroundings } from './made-subject.js';
import type { Workbench } from './workbench.js';
import { assertSame } from './wrong-answer.js';

const DECISIONS = 200_000;

/** P7: the gate's decision alone, over what backends send, refusals among it, under both shipped policies. */
export async function measureGate(bench: Workbench): Promise<readonly Row[]> {
  const ledger = await freshLedger(join(bench.folder(), 'ledger'));
  const cases = (await surroundingsIn(ledger)).flatMap(casesOf);
  await ledger.close();
  for (const one of cases) assertSame('ours', one.says, codeOf(one), one.expected);
  const outcome = await bench.measure('p7', async () => round(cases, bench.events(DECISIONS)));
  const subject = { name: 'p7', title: 'gate decision alone', unit: 'µs' };
  return [rowOf({ ...subject, bar: { of: 'ours', most: 10 } }, outcome)];
}

interface Case {
  readonly says: string;
  readonly command: SubjectCommand;
  readonly state: SubjectState;
  readonly context: DecideContext;
  /** Code of the refusal, '' when lawful. */
  readonly expected: string;
}

function round(cases: readonly Case[], decisions: number): number {
  let refused = 0;
  const began = performance.now();
  for (let n = 0; n < decisions; n += 1) {
    const one = cases[n % cases.length];
    if (one === undefined) break;
    const [first] = decide(one.command, one.state, one.context);
    if (first?.type === 'OperationRefused') refused += 1;
  }
  const microseconds = (performance.now() - began) * 1000;
  const refusedIn = (some: readonly Case[]): number =>
    some.filter(({ expected }) => expected !== '').length;
  const whole = Math.floor(decisions / cases.length) * refusedIn(cases);
  const rest = refusedIn(cases.slice(0, decisions % cases.length));
  assertSame('ours', 'the number of refusals', refused, whole + rest);
  return microseconds / decisions;
}

function codeOf({ command, state, context }: Case): string {
  const [first] = decide(command, state, context);
  return first?.type === 'OperationRefused' ? first.data.code : '';
}

/** Commands as often as they come: uses and reads most, every fourth refused. */
function casesOf(surroundings: Surroundings): readonly Case[] {
  return [...lawfulCases(surroundings), ...refusedCases(surroundings)];
}

function lawfulCases(surroundings: Surroundings): readonly Case[] {
  const { on, consent, collect, withdrawal, block } = madeCommands(surroundings.operator);
  const bank = { recipients: [surroundings.recipient.id] };
  const registered = new MadeSubject(surroundings);
  const consented = new MadeSubject(surroundings).tell(consent);
  const collected = new MadeSubject(surroundings).tell(consent, collect);
  const uses = Array.from({ length: 20 }, () => on('use'));
  const busy = new MadeSubject(surroundings).tell(consent, collect, ...uses);
  const blocked = new MadeSubject(surroundings).tell(consent, collect, block);
  return [
    one(collected, on('use')),
    one(busy, on('use')),
    one(busy, on('retrieve')),
    one(collected, on('retrieve')),
    one(consented, collect),
    one(collected, collect),
    one(collected, on('record')),
    one(collected, on('store')),
    one(busy, on('provide', bank)),
    one(collected, on('grant-access', bank)),
    one(collected, on('disseminate', { channel: 'site' })),
    one(collected, on('depersonalise', { strength: 'pseudonymous', method: 'hash' })),
    one(registered, consent),
    one(busy, withdrawal),
    one(collected, block),
    one(blocked, on('store')),
  ];
}

function refusedCases(surroundings: Surroundings): readonly Case[] {
  const { on, consent, collect, withdrawal, block, destruction } = madeCommands(
    surroundings.operator,
  );
  const registered = new MadeSubject(surroundings);
  const collected = new MadeSubject(surroundings).tell(consent, collect);
  const withdrawn = new MadeSubject(surroundings).tell(consent, collect, withdrawal);
  const blocked = new MadeSubject(surroundings).tell(consent, collect, block);
  const destroyed = new MadeSubject(surroundings).tell(consent, collect, withdrawal, destruction);
  return [
    one(registered, collect, 'CONSENT_NOT_GIVEN'),
    one(withdrawn, on('use'), 'CONSENT_WITHDRAWN'),
    one(blocked, on('use'), 'BLOCKED'),
    one(destroyed, on('use'), 'DESTROYED'),
    one(collected, on('provide', { recipients: ['nobody'] }), 'RECIPIENT_UNKNOWN'),
  ];
}

function one(past: MadeSubject, command: SubjectCommand, expected = ''): Case {
  return {
    says: `the code of ${command.kind === 'operate' ? command.operation : command.kind}`,
    command,
    state: past.state,
    context: past.context(command),
    expected,
  };
}
