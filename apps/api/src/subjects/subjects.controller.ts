import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RegisterSubject } from '#domain';
import { Register } from '#ledger/bus';
import { speakerOf, type Caller } from '../access/caller.js';
import { OperatorGate } from '../access/operator-gate.js';
import { Asking, IdempotencyKey } from '../http/caller.decorator.js';
import { commandOf } from '../http/command-of.js';
import { given } from '../http/given.js';
import { recordedOf } from '../problems/answered.js';
import { SubjectAnswer } from './subject.answer.dto.js';
import { SubjectRequest } from './subject.request.dto.js';

/** Persons of an operator. */
@Controller('v1/subjects')
export class SubjectsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly gate: OperatorGate,
  ) {}

  /** Registers a person; the ledger makes a random id for it. */
  @Post()
  async register(
    @Asking() caller: Caller,
    @Body() { occurredAt, ...body }: SubjectRequest,
    @IdempotencyKey() key?: string,
  ): Promise<SubjectAnswer> {
    await this.gate.assertOwn(caller, body.operator);
    const registration = {
      command: commandOf('subject.registered', body, occurredAt) as RegisterSubject,
      ...given({ time: occurredAt, key }),
    };
    const answer = await this.commands.execute(new Register(registration, speakerOf(caller)));
    return { subject: answer.subject ?? '', ...recordedOf(answer) };
  }
}
