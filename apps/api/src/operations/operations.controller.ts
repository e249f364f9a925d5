import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { SubjectCommand } from '#domain';
import { SubmitOn } from '#ledger/bus';
import { speakerOf, type Caller } from '../access/caller.js';
import { OperatorGate } from '../access/operator-gate.js';
import { Asking, IdempotencyKey } from '../http/caller.decorator.js';
import { commandOf } from '../http/command-of.js';
import { given } from '../http/given.js';
import { submissionOn } from '../http/submission-on.js';
import { recordedOf } from '../problems/answered.js';
import { OperationAnswer } from './operation.answer.dto.js';
import { OperationRequest } from './operation.request.dto.js';

/** Operations on a person's data. */
@Controller('v1/subjects/:id/operations')
export class OperationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly gate: OperatorGate,
  ) {}

  /** Judges an operation and records it; a refusal is recorded too, without the data. */
  @Post()
  async operate(
    @Asking() caller: Caller,
    @Param('id') subject: string,
    @Body() { operation, mode = 'enforce', occurredAt, ...body }: OperationRequest,
    @IdempotencyKey() key?: string,
  ): Promise<OperationAnswer> {
    await this.gate.assertMode(caller, mode);
    const command = commandOf(`operation.${operation}`, body, occurredAt) as SubjectCommand;
    const submission = submissionOn(caller, { subject, command, time: occurredAt, key });
    const answer = await this.commands.execute(new SubmitOn(submission, speakerOf(caller), mode));
    const { certificate } = answer;
    const withheld = answer.withheld?.map((each) => ({ ...each }));
    return { ...recordedOf(answer), ...given({ certificate, withheld }) };
  }
}
