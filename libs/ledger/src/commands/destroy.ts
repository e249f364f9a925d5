import { randomUUID } from 'node:crypto';
import { decide, type Operate } from '#domain';
import type { Ledger } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';
import type { Actor } from '../recording/recorder.js';
import { answerOf, type Answer } from './answer.js';
import { contextOf } from './context.js';
import { startOnSubject } from './submit.js';

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
  if (request.dryRun !== true) {
    const { answer } = await startOnSubject(ledger, subject, command, asking);
    return answer();
  }
  const { state } = await ledger.subjects.load(subject);
  const context = await contextOf(ledger, asking, command);
  const [draft] = decide(command, state, context);
  if (draft === undefined) throw new LedgerError('BROKEN', 'a command made no event');
  const {
    event: _,
    recordedAt: __,
    revision: ___,
    ...answer
  } = answerOf({
    ...draft,
    id: firstId,
    revision: '',
    metadata: { recordedAt: '' },
  } as Parameters<typeof answerOf>[0]);
  return answer;
}
