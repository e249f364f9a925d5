import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ShowOperatorTrail } from '#ledger/bus';
import { speakerOf, type Caller } from '../access/caller.js';
import { OperatorGate } from '../access/operator-gate.js';
import { Asking } from '../http/caller.decorator.js';
import { assertTimes } from '../http/moment.js';
import { TrailAnswer } from './history.answer.dto.js';
import { OperatorTrailRequest } from './history.request.dto.js';
import { pageOf } from './page-of.js';

/** The audit trail across all persons of an operator. */
@Controller('v1/audit-trail')
export class OperatorTrailController {
  constructor(
    private readonly queries: QueryBus,
    private readonly gate: OperatorGate,
  ) {}

  /** Pages of it, stable while others write. */
  @Get()
  async trail(
    @Asking() caller: Caller,
    @Query() { operator: named, ...query }: OperatorTrailRequest,
  ): Promise<TrailAnswer> {
    const page = pageOf(assertTimes(query, ['asOf', 'from', 'to']));
    const operator = await this.gate.operatorOf(caller, named);
    const answer = await this.queries.execute(
      new ShowOperatorTrail({ operator, ...page }, speakerOf(caller)),
    );
    return answer as unknown as TrailAnswer;
  }
}
