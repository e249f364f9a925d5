import { Controller, Get, Param, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ReadData } from '#ledger/bus';
import { speakerOf, type Caller } from '../access/caller.js';
import { Asking } from '../http/caller.decorator.js';
import { given } from '../http/given.js';
import { assertTimes } from '../http/moment.js';
import { Problem } from '../problems/problem.js';
import { isProblemCode } from '../problems/status-table.js';
import { DataAnswer } from './data.answer.dto.js';
import { DataRequest } from './data.request.dto.js';

/** Values of a person. */
@Controller('v1/subjects/:id/data')
export class DataController {
  constructor(private readonly commands: CommandBus) {}

  /** Records the read, then gives out what the purpose admits and a consent or the Law covers. */
  @Get()
  async read(
    @Asking() caller: Caller,
    @Param('id') subject: string,
    @Query() query: DataRequest,
  ): Promise<DataAnswer> {
    const { purpose, categories, asOf, minPosition } = assertTimes(query, ['asOf']);
    const answer = await this.commands.execute(
      new ReadData(subject, purpose, speakerOf(caller), {
        ...given({ categories: categories?.split(','), asOf, minPosition }),
      }),
    );
    if (!('code' in answer)) return answer as DataAnswer;
    const { code, codes, clauses, event, certificate } = answer;
    throw new Problem(isProblemCode(code) ? code : 'BROKEN', {
      codes,
      clauses,
      event,
      ...(certificate === undefined || certificate === null ? {} : { certificate }),
    });
  }
}
