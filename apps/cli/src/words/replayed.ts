import type { Replayed } from '#ledger';
import { moment, table } from './table.js';

/** One event of the history on one line. */
export function replayedText({ position, event }: Replayed): string {
  const { recordedAt } = event.metadata;
  const row = [position.padStart(8), moment(recordedAt), event.type.padEnd(22), event.stream];
  return table([[...row, `#${event.revision}`]], 0);
}

/** The digests of a fold from scratch. */
export function digestText(answer: {
  readonly position: string;
  readonly events: number;
  readonly digest: string;
  readonly views: object;
}): string {
  const views = Object.entries(answer.views) as readonly (readonly [string, string])[];
  return [
    `${answer.events} events, up to position ${answer.position}`,
    table([['all views', answer.digest], ...views]),
  ].join('\n');
}
