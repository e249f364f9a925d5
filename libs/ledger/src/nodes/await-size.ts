import type { EventStore } from '#event-store';

/** What another node has recorded is here as soon as the follower of the log has read it. */
const PATIENCE_MS = 3_000;

/** Waits until this node has read as much of a shared log as others have; resolves when it has, or will not. */
export async function awaitSize(store: EventStore, size: bigint): Promise<void> {
  const from = (await store.head()).size;
  if (from >= size) return;
  for await (const batch of store.follow(from, AbortSignal.timeout(PATIENCE_MS))) {
    if ((batch.at(-1)?.ordinal ?? -1n) + 1n >= size) return;
  }
}
