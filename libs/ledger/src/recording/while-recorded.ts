import { setImmediate as turn } from 'node:timers/promises';

/**
 * What is prepared while a record becomes durable, when both are there: nothing of a question goes on after its answer, and
 * nothing that was prepared leaves before its record is durable (design §1). What could not be recorded is what went wrong.
 * What is prepared must not look for events that are on their way: they may come into the log with the record.
 */
export async function whileRecorded<T>(
  recorded: Promise<unknown>,
  prepare: () => Promise<T>,
): Promise<T> {
  // The recorder sends what a turn of the event loop brought at the next one: earlier work would keep it waiting.
  const sent = turn().then(async () => turn());
  const prepared = sent.then(prepare);
  await Promise.allSettled([recorded, prepared]);
  await recorded;
  return prepared;
}
