import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ShowHistory } from '#ledger/bus';
import { speakerOf, type Caller } from '../access/caller.js';
import { Asking } from '../http/caller.decorator.js';
import { assertTimes } from '../http/moment.js';
import { ConsentsAnswer, DisclosuresAnswer, TrailAnswer } from './history.answer.dto.js';
import { HistoryRequest, TrailRequest } from './history.request.dto.js';
import { pageOf } from './page-of.js';

/** What was done with a person's data, without a value of it; the asking is recorded too. */
@Controller('v1/subjects/:id')
export class SubjectHistoryController {
  constructor(private readonly queries: QueryBus) {}

  /** Every consent, as the ledger knew it then. */
  @Get('consents')
  async consents(
    @Asking() caller: Caller,
    @Param('id') subject: string,
    @Query() query: HistoryRequest,
  ): Promise<ConsentsAnswer> {
    return this.#show<ConsentsAnswer>('consents', caller, subject, query);
  }

  /** Every event of the person's stream. */
  @Get('audit-trail')
  async trail(
    @Asking() caller: Caller,
    @Param('id') subject: string,
    @Query() query: TrailRequest,
  ): Promise<TrailAnswer> {
    return this.#show<TrailAnswer>('trail', caller, subject, query);
  }

  /** To whom the data went. */
  @Get('disclosures')
  async disclosures(
    @Asking() caller: Caller,
    @Param('id') subject: string,
    @Query() query: HistoryRequest,
  ): Promise<DisclosuresAnswer> {
    return this.#show<DisclosuresAnswer>('disclosures', caller, subject, query);
  }

  async #show<T>(
    history: ShowHistory['history'],
    caller: Caller,
    subject: string,
    query: TrailRequest,
  ): Promise<T> {
    const asked = { subject, ...pageOf(assertTimes(query, ['asOf', 'from', 'to'])) };
    const answer = await this.queries.execute(new ShowHistory(history, asked, speakerOf(caller)));
    return answer as T;
  }
}
