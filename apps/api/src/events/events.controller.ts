import { Controller, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { Mode } from '#domain';
import { linesOf, type Line } from '#ledger/intake';
import type { Caller } from '../access/caller.js';
import { OperatorGate } from '../access/operator-gate.js';
import { Asking } from '../http/caller.decorator.js';
import { EVENT_TYPES, LIMITS } from '../http/limits.js';
import { Problem, invalidRequest } from '../problems/problem.js';
import { answerStream, type Taken } from './answer-stream.js';
import { EventsAnswer, type EventResult } from './event.answer.dto.js';
import { EventsRequest } from './event.request.dto.js';
import { isForbidden, readEvent, readLine, type ReadEvent } from './read-event.js';
import { EventSubmitter, type SubmittedEvents } from './submit-events.js';

/** CloudEvents of backend services. */
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly submitter: EventSubmitter,
    private readonly gate: OperatorGate,
  ) {}

  /** Judges and records CloudEvents: one, a batch, or a stream of lines; a result for each, in order. */
  @Post()
  @HttpCode(200)
  async submit(
    @Asking() caller: Caller,
    @Query() { mode = 'enforce' }: EventsRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventsAnswer | Readable> {
    const { body } = request;
    await this.gate.assertMode(caller, mode);
    if (body instanceof Readable) {
      void reply.type(EVENT_TYPES.stream);
      return Readable.from(this.#stream(body, caller, mode), { objectMode: false });
    }
    const events = eventsOf(request).map((event) => readEvent(event, caller, this.gate));
    const { results } = await this.#submitted(events, caller, mode);
    return { results: await results };
  }

  async *#stream(body: Readable, caller: Caller, mode: Mode): AsyncGenerator<string> {
    const take = async (lines: readonly Line[]): Promise<Taken> => {
      const events = lines.map((line) => readLine(line, caller, this.gate));
      try {
        const { results } = await this.#submitted(events, caller, mode);
        return { answer: results.then(textOf, () => textOf(events.map(unavailable))) };
      } catch {
        return { answer: Promise.resolve(textOf(events.map(unavailable))) };
      }
    };
    try {
      yield* answerStream(linesOf(body), take);
    } catch (error) {
      // The sender is gone in the middle of a line: there is nobody to answer.
      if (!body.destroyed) throw error;
    }
  }

  async #submitted(
    events: readonly ReadEvent[],
    caller: Caller,
    mode: Mode,
  ): Promise<SubmittedEvents> {
    if (events.some(isForbidden)) await this.gate.recordRefusal(caller);
    return this.submitter.submit(events, caller, mode);
  }
}

function textOf(results: readonly EventResult[]): string {
  return results.map((result) => `${JSON.stringify(result)}\n`).join('');
}

function eventsOf({ body, headers }: FastifyRequest): readonly unknown[] {
  const type = headers['content-type'] ?? '';
  if (!Array.isArray(body)) {
    if (!type.startsWith(EVENT_TYPES.batch)) return [body];
    throw invalidRequest('', 'a batch must be a list of events');
  }
  if (type.startsWith(EVENT_TYPES.single)) throw invalidRequest('', 'must be one event');
  if (body.length > LIMITS.batchEvents) throw new Problem('TOO_LARGE');
  return body;
}

/** Nothing says whether it was recorded: the sender sends it again, under the same id. */
function unavailable(event: ReadEvent): EventResult {
  if ('result' in event) return event.result;
  return { id: event.submission.id, status: 'invalid', code: 'UNAVAILABLE' };
}
