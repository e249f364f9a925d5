import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Mode } from '#domain';
import type { Answer } from '#ledger';
import { SubmitBatch } from '#ledger/bus';
import { speakerOf, type Caller } from '../access/caller.js';
import { given } from '../http/given.js';
import type { EventResult } from './event.answer.dto.js';
import type { ReadEvent } from './read-event.js';

/** Events that were decided, in order. */
export interface SubmittedEvents {
  /** When all are durable. @throws {LedgerError} UNAVAILABLE: what was recorded answers `duplicate` later. */
  readonly results: Promise<EventResult[]>;
}

/** Submits events that were read, and puts the answers among the results that were there already. */
@Injectable()
export class EventSubmitter {
  constructor(private readonly commands: CommandBus) {}

  /** Resolves when the events are decided, so that the next ones may follow. */
  async submit(events: readonly ReadEvent[], caller: Caller, mode: Mode): Promise<SubmittedEvents> {
    const submissions = events.flatMap((event) =>
      'submission' in event ? [event.submission] : [],
    );
    const batch = new SubmitBatch(submissions, speakerOf(caller), mode);
    const { answers } = await this.commands.execute(batch);
    const results = answers.then((all) => resultsOf(events, all));
    results.catch(() => undefined);
    return { results };
  }
}

function resultsOf(events: readonly ReadEvent[], answers: readonly Answer[]): EventResult[] {
  const next = answers.values();
  return events.map((event) => {
    if ('result' in event) return event.result;
    const answer: Answer | undefined = next.next().value;
    if (answer === undefined) throw new Error('an event has no answer');
    return resultOf(event.submission.id, answer);
  });
}

function resultOf(
  id: string,
  { status, event, position, code, clauses, withheld, path = '', message = '' }: Answer,
): EventResult {
  const errors = status === 'invalid' ? [{ path, message }] : undefined;
  const listed = clauses === undefined ? undefined : [...clauses];
  const kept = withheld?.map((each) => ({ ...each }));
  const told = { event, position, code, clauses: listed, withheld: kept, errors };
  return { id, status, ...given(told) };
}
