import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { isUuid, type SubjectCommand } from '#domain';
import { SubmitOn, WithdrawOn } from '#ledger/bus';
import { speakerOf, type Caller } from '../access/caller.js';
import { Asking, IdempotencyKey } from '../http/caller.decorator.js';
import { commandOf } from '../http/command-of.js';
import { submissionOn } from '../http/submission-on.js';
import { recordedOf } from '../problems/answered.js';
import { Problem } from '../problems/problem.js';
import { ConsentAnswer, WithdrawalAnswer } from './consent.answer.dto.js';
import { ConsentRequest, WithdrawalRequest } from './consent.request.dto.js';

/** Consents of a person. */
@Controller('v1/subjects/:id/consents')
export class ConsentsController {
  constructor(private readonly commands: CommandBus) {}

  /** Records a consent; one by mere use is recorded as a claim and opens nothing. */
  @Post()
  async record(
    @Asking() caller: Caller,
    @Param('id') subject: string,
    @Body() { occurredAt, ...body }: ConsentRequest,
    @IdempotencyKey() key?: string,
  ): Promise<ConsentAnswer> {
    const command = commandOf('consent.given', body, occurredAt) as SubjectCommand;
    const submission = submissionOn(caller, { subject, command, time: occurredAt, key });
    const recorded = recordedOf(
      await this.commands.execute(new SubmitOn(submission, speakerOf(caller), 'enforce')),
    );
    return { consent: recorded.event, ...recorded };
  }

  /** Withdraws a consent; processing on it stops with the same append. */
  @Post(':consent/withdrawal')
  @HttpCode(202)
  async withdraw(
    @Asking() caller: Caller,
    @Param() { id: subject, consent }: { readonly id: string; readonly consent: string },
    @Body() { occurredAt }: WithdrawalRequest,
    @IdempotencyKey() key?: string,
  ): Promise<WithdrawalAnswer> {
    if (!isUuid(consent)) throw new Problem('NOT_FOUND');
    const command = commandOf('consent.withdrawn', { consent }, occurredAt) as SubjectCommand;
    const submission = submissionOn(caller, { subject, command, time: occurredAt, key });
    const { answer, decision } = await this.commands.execute(
      new WithdrawOn(submission, speakerOf(caller)),
    );
    const { event, position, recordedAt } = recordedOf(answer);
    if (decision === undefined) throw new Problem('BROKEN');
    return { decision, event, position, recordedAt };
  }
}
