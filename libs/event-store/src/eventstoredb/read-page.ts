import type { ResolvedEvent } from '@eventstore/db-client';
import { arrivalOf, type Arrival } from './arrival.js';
import { TimeOver } from './within.js';

/** A read of the client that is under way. */
export interface Reading {
  on(event: string, listener: (value: unknown) => void): unknown;
  cancel(): Promise<void>;
}

/** What one read brought. */
export interface Page {
  readonly events: readonly Arrival[];
  /** Whether the read came to the end of what it had asked for. */
  readonly isWhole: boolean;
}

const PAGE_BYTES = 8 * 1024 * 1024;

/**
 * Takes what a read brings, up to some megabytes. The client's reads have no deadline: this one gives up when nothing
 * comes for so long, or when the connection is given up.
 */
export async function readPage(reading: Reading, idleMs: number, lost: AbortSignal): Promise<Page> {
  const events: Arrival[] = [];
  let bytes = 0;
  let stop: () => void = () => undefined;
  try {
    const isWhole = await new Promise<boolean>((resolve, reject) => {
      const idle = setTimeout(() => reject(new TimeOver('no answer in time')), idleMs);
      const gone = (): void => reject(new TimeOver('the connection was given up'));
      lost.addEventListener('abort', gone);
      stop = () => {
        clearTimeout(idle);
        lost.removeEventListener('abort', gone);
      };
      // For good: an error that comes when nobody listens any more would end the process.
      reading.on('error', reject);
      reading.on('end', () => resolve(true));
      reading.on('data', (resolved) => {
        idle.refresh();
        if (bytes >= PAGE_BYTES) return;
        try {
          const event = arrivalOf(resolved as ResolvedEvent);
          if (event !== undefined) events.push(event);
          bytes += event?.leaf.length ?? 0;
        } catch (error) {
          reject(error as Error);
        }
        if (bytes >= PAGE_BYTES) resolve(false);
      });
      if (lost.aborted) gone();
    });
    return { events, isWhole };
  } finally {
    stop();
    void reading.cancel().catch(() => undefined);
  }
}
