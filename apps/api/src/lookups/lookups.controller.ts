import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { LookUp } from '#ledger/bus';
import { speakerOf, type Caller } from '../access/caller.js';
import { OperatorGate } from '../access/operator-gate.js';
import { Asking } from '../http/caller.decorator.js';
import { Problem } from '../problems/problem.js';
import { LookupAnswer } from './lookup.answer.dto.js';
import { LookupRequest } from './lookup.request.dto.js';

/** Searches by identifier; in a body, so that no identifier stands in a URL. */
@Controller('v1/lookups')
export class LookupsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly gate: OperatorGate,
  ) {}

  /** Finds persons by an identifier given at registration; recorded, also when nobody is found. */
  @Post()
  @HttpCode(200)
  async find(
    @Asking() caller: Caller,
    @Body() { scheme, value, purpose }: LookupRequest,
  ): Promise<LookupAnswer> {
    const operator = await this.gate.operatorOf(caller, undefined);
    const answer = await this.commands.execute(
      new LookUp(operator, { scheme, value }, purpose, speakerOf(caller)),
    );
    if ('subjects' in answer) return { subjects: [...answer.subjects] };
    throw new Problem(answer.code, { codes: answer.codes, clauses: answer.clauses });
  }
}
