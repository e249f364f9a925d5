import { randomUUID } from 'node:crypto';
import { decide, type Operate } from '#domain';
import type { Ledger } from '../ledger.js';
import type { Actor } from '../recording/recorder.js';
import type { Answer } from './answer.js';
import { contextOf, type Asking } from './context.js';
import { answerOn } from './decide-on.js';

/** A destruction that an officer asks for. */
export interface DestroyRequest {
  readonly subject: string;
  readonly ground: string;
  readonly act: string;
  readonly approvedBy?: readonly string[];
  /** Judge, but record nothing. */
  readonly dryRun?: boolean;
}

/** Orders and carries out the destruction of a whole subject (Law 94-V art. 18). */
export async function destroySubject(
  ledger: Ledger,
  request: DestroyRequest,
  actor: Actor,
  operator: string,
): Promise<Answer> {
  const { subject, ground, act, approvedBy } = request;
  const command: Operate = {
    kind: 'operate',
    operation: 'destroy',
    ground,
    act,
    ...(approvedBy === undefined ? {} : { approvedBy }),
  };
  const firstId = randomUUID();
  const asking = {
    operator,
    source: '',
    actor,
    mode: 'enforce' as const,
    time: undefined,
    firstId,
  };
  if (request.dryRun === true) return judgeOnly(ledger, subject, command, asking);
  return answerOn(ledger, subject, command, asking);
}

/** What the gate would say now; nothing is recorded. */
async function judgeOnly(
  ledger: Ledger,
  subject: string,
  command: Operate,
  asking: Asking,
): Promise<Answer> {
  const { state } = await ledger.subjects.load(subject);
  const [draft] = decide(command, state, contextOf(ledger, asking, command));
  if (draft?.type !== 'OperationRefused') return { status: 'accepted', verdict: 'lawful' };
  const { code, codes, clauses } = draft.data;
  return { status: 'refused', verdict: 'refused', code, codes, clauses };
}
