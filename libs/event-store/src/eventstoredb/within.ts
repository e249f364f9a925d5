import { setTimeout as setTimeoutPromise } from 'node:timers/promises';

/** What a call came to be when its time was over: it may still take effect. */
export class TimeOver extends Error {
  override readonly name = 'TimeOver';
}

/** The work's outcome, or TimeOver after so many milliseconds: the client has no deadline that holds. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeOver('no answer in time')), milliseconds);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;

/** Waits before the next try: longer each time, and not all at once; not to the end when the signal aborts. */
export async function pauseBefore(attempt: number, signal?: AbortSignal): Promise<void> {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
  const options = signal === undefined ? {} : { signal };
  await setTimeoutPromise(pause * (0.5 + Math.random() / 2), undefined, options).catch(
    () => undefined,
  );
}
