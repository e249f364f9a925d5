import type { Answered, ServedLedger } from './served-ledger.js';
import { assertSame } from './wrong-answer.js';

const BATCH = 100;
const SENDERS = 8;

/** Bodies of `POST /v1/events` with a hundred events each. */
export function batchesOf(lines: Iterable<string>): readonly string[] {
  const bodies: string[] = [];
  let batch: string[] = [];
  for (const line of lines) {
    if (batch.push(line) < BATCH) continue;
    bodies.push(`[${batch.join(',')}]`);
    batch = [];
  }
  return batch.length === 0 ? bodies : [...bodies, `[${batch.join(',')}]`];
}

/** Sends batches over eight connections, each waiting for its answer, all accepted: milliseconds of all, and of each. */
export async function sendBatches(
  served: ServedLedger,
  bodies: readonly string[],
  events: number,
): Promise<{ readonly ms: number; readonly each: readonly number[] }> {
  const waiting = [...bodies].reverse();
  const answers: Answered[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      for (let body = waiting.pop(); body !== undefined; body = waiting.pop())
        answers.push(await served.ask({ ...BATCHES, body }));
    }),
  );
  const ms = performance.now() - began;
  assertSame('ours', 'the number of accepted events', acceptedIn(answers), events);
  return { ms, each: answers.map((answer) => answer.ms) };
}

const BATCHES = {
  method: 'POST',
  path: '/v1/events',
  type: 'application/cloudevents-batch+json',
} as const;

function acceptedIn(answers: readonly Answered[]): number {
  let accepted = 0;
  for (const { status, text } of answers) {
    assertSame('ours', 'the status of a batch', status, 200);
    const { results } = JSON.parse(text) as { readonly results: readonly { status: string }[] };
    accepted += results.filter((result) => result.status === 'accepted').length;
  }
  return accepted;
}
