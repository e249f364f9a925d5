import { assertSame, WrongAnswerError } from './wrong-answer.js';

/** A made-up event, the same for every store; each writes it in its own way, within the measured time. */
export interface MadeUpEvent {
  readonly id: string;
  readonly type: 'DataUsed';
  readonly data: { readonly n: number; readonly text: string };
  readonly metadata: Readonly<Record<string, string>>;
}

/** An event as a store gives it back. */
export interface StoredEvent {
  readonly stream: string;
  /** From 0, whatever the store itself counts from. */
  readonly revision: number;
  readonly n: number;
  readonly text: string;
}

/** A store that is compared: durable when `append` resolves, refusing an append at another revision than expected. */
export interface AppendStore {
  append(stream: string, expectedRevision: number, event: MadeUpEvent): Promise<void>;
  /** Everything, in the order of the log. */
  stored(): AsyncIterable<StoredEvent>;
  close(): Promise<void>;
}

/** What is appended: `events` over `streams`, round robin, the first ones to warm up. */
export class Workload {
  readonly streams: number;
  readonly warmUp: number;

  constructor(readonly events: number) {
    this.streams = Math.min(SUBJECTS, Math.ceil(events / 4));
    this.warmUp = Math.min(512, events >> 2);
  }

  streamOf(n: number): string {
    return `subject-${n % this.streams}`;
  }

  revisionOf(n: number): number {
    return Math.floor(n / this.streams);
  }

  /** The n-th event: 300–800 B of payload, 120 B of metadata. */
  event(n: number): MadeUpEvent {
    const id = `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
    return { id, type: 'DataUsed', data: { n, text: textOf(n) }, metadata: METADATA };
  }
}

const SUBJECTS = 50_000;
const APPENDERS = 64;
const METADATA = {
  actor: '00000000-0000-4000-8000-000000000001',
  recordedAt: '2026-03-02T09:00:00.000Z',
  schemaVersion: '1',
};
const TEXT = Array.from({ length: 800 }, (_, n) => ((n * 7919) % 36).toString(36)).join('');

function textOf(n: number): string {
  return TEXT.slice(0, 280 + ((n * 7919) % 500));
}

/** Events a second that 64 concurrent appenders get acknowledged. */
export async function timedAppends(store: AppendStore, workload: Workload): Promise<number> {
  let next = 0;
  const appendUpTo = async (end: number): Promise<void> => {
    while (next < end) {
      const n = next;
      next += 1;
      const expected = workload.revisionOf(n) - 1;
      await store.append(workload.streamOf(n), expected, workload.event(n));
    }
  };
  const together = async (end: number): Promise<unknown> =>
    Promise.all(Array.from({ length: APPENDERS }, async () => appendUpTo(end)));
  await together(workload.warmUp);
  const began = performance.now();
  await together(workload.events);
  return ((workload.events - workload.warmUp) / (performance.now() - began)) * 1000;
}

/**
 * Reads everything back: every event once, at its revision, unchanged; and an append at a wrong revision is refused.
 * @throws {WrongAnswerError}
 */
export async function assertStored(
  name: string,
  store: AppendStore,
  workload: Workload,
): Promise<void> {
  const next = new Map<string, number>();
  let count = 0;
  for await (const { stream, revision, n, text } of store.stored()) {
    assertSame(name, `the next revision of ${stream}`, revision, next.get(stream) ?? 0);
    assertSame(name, `the stream of event ${n}`, stream, workload.streamOf(n));
    assertSame(name, `the revision of event ${n}`, revision, workload.revisionOf(n));
    assertSame(name, `the text of event ${n}`, text, textOf(n));
    next.set(stream, revision + 1);
    count += 1;
  }
  assertSame(name, 'the number of events', count, workload.events);
  const refused = await store
    .append(workload.streamOf(0), 1_000_000, workload.event(workload.events))
    .then(
      () => false,
      () => true,
    );
  if (!refused) throw new WrongAnswerError(name, 'an append at a wrong revision was taken');
}
