import { setImmediate as turn } from 'node:timers/promises';

/**
 * What is recorded, and what is prepared while it becomes durable, when both are there: nothing of a question goes on after
 * its answer, and nothing that was prepared leaves before its record is durable (design §1). What could not be recorded is
 * what went wrong.
 */
export async function whileRecorded<R, T>(
  recorded: Promise<R>,
  prepare: () => Promise<T>,
): Promise<readonly [R, T]> {
  // The recorder sends what a turn of the event loop brought at the next one: earlier work would keep it waiting.
  const sent = turn().then(async () => turn());
  const prepared = sent.then(prepare);
  await Promise.allSettled([recorded, prepared]);
  return [await recorded, await prepared];
}
