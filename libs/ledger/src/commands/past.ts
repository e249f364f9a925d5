import { decodeEvent, looksBack, reliedIn, type EmitterCommand, type Relied } from '#domain';
import type { Ledger } from '../ledger.js';
import type { LoadedSubject } from '../recording/subjects.js';
import { occurredAtOf, type Asking } from './context.js';

/** The operations of a subject's stream that a late notice could overturn. */
export interface Past {
  /** The last one of the stream when it was read. */
  readonly revision: bigint;
  readonly relied: readonly Relied[];
}

/** Reads from the log what a command that looks back is decided with; undefined for all others. */
export async function readPast(
  ledger: Ledger,
  command: EmitterCommand | undefined,
  subject: LoadedSubject | undefined,
  asking: Asking | undefined,
): Promise<Past | undefined> {
  if (command === undefined || subject === undefined || asking === undefined) return undefined;
  if (!looksBack(command, subject.state, occurredAtOf(ledger, asking))) return undefined;
  // What is on its way is a part of the past, and not in the log yet.
  await ledger.recorder.settledOn(subject.stream);
  const past = await pastOf(ledger, subject.stream);
  // Another node has written it.
  if (past.revision > subject.revision) ledger.subjects.forget(subject);
  return past;
}

async function pastOf({ parts: { store } }: Ledger, stream: string): Promise<Past> {
  let revision = -1n;
  const relied: Relied[] = [];
  for await (const batch of store.readStream(stream)) {
    for (const recorded of batch) {
      revision = recorded.revision;
      const one = reliedIn(decodeEvent(recorded.leaf));
      if (one !== undefined) relied.push(one);
    }
  }
  return { revision, relied };
}
