import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RegisterRecipient } from '#domain';
import { BindRecipient, Register } from '#ledger/bus';
import { speakerOf, type Caller } from '../access/caller.js';
import { OperatorGate } from '../access/operator-gate.js';
import { Asking, IdempotencyKey } from '../http/caller.decorator.js';
import { commandOf } from '../http/command-of.js';
import { given } from '../http/given.js';
import { recordedOf } from '../problems/answered.js';
import { RecipientAnswer } from './recipient.answer.dto.js';
import { BindingRequest, RecipientRequest } from './recipient.request.dto.js';

/** Whom data may be given to. */
@Controller('v1/recipients')
export class RecipientsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly gate: OperatorGate,
  ) {}

  /** Registers a recipient; its name is filed, never in clear. */
  @Post()
  async register(
    @Asking() caller: Caller,
    @Body() { occurredAt, ...body }: RecipientRequest,
    @IdempotencyKey() key?: string,
  ): Promise<RecipientAnswer> {
    await this.gate.assertOwn(caller, body.operator);
    const registration = {
      command: commandOf('recipient.registered', body, occurredAt) as RegisterRecipient,
      ...given({ time: occurredAt, key }),
    };
    const answer = await this.commands.execute(new Register(registration, speakerOf(caller)));
    return { recipient: answer.subject ?? '', ...recordedOf(answer) };
  }

  /** Records the contract that binds a recipient. */
  @Post(':id/binding')
  async bind(
    @Asking() caller: Caller,
    @Param('id') recipient: string,
    @Body() { contractSha256 }: BindingRequest,
    @IdempotencyKey() key?: string,
  ): Promise<RecipientAnswer> {
    const operator = await this.gate.operatorOf(caller, undefined);
    const binding = {
      operator,
      recipient,
      ...given({ contractSha256, key }),
    };
    const answer = await this.commands.execute(new BindRecipient(binding, speakerOf(caller)));
    return { recipient, ...recordedOf(answer) };
  }
}
