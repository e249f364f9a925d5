import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EventStore, RecordedEvent } from '#event-store';
import { DigestFold } from '../digest.js';
import type { ViewDefinition } from '../view.js';
import { SqliteViewStore } from './sqlite-view-store.js';

/** What a rebuild folds, and where to. */
export interface RebuildOptions<E> {
  readonly store: EventStore;
  readonly decode: (recorded: RecordedEvent) => E;
  readonly views: readonly ViewDefinition<E>[];
  readonly ledgerId: string;
  /** File of the live views: replaced when the rebuild is whole. */
  readonly file: string;
  readonly onProgress?: (events: bigint) => void;
}

/** What a rebuild found. */
export interface Rebuilt {
  readonly events: bigint;
  readonly digests: Readonly<Record<string, string>>;
}

/**
 * Folds the whole log into a fresh file beside the live one (no journal, indexes last, one fsync) and puts it in its
 * place by an atomic rename. The live file must be closed.
 */
export async function rebuildViews<E>(options: RebuildOptions<E>): Promise<Rebuilt> {
  const fresh = `${options.file}.new`;
  removeFiles(fresh);
  const rebuilt = await foldInto(fresh, options);
  syncFile(fresh);
  removeFiles(options.file);
  renameSync(fresh, options.file);
  syncFile(dirname(options.file));
  return rebuilt;
}

/** Digests of all views by a fold from scratch that stores nothing, up to an ordinal (exclusive) if given. */
export async function foldDigests<E>(
  { store, decode, views }: Pick<RebuildOptions<E>, 'store' | 'decode' | 'views'>,
  end?: bigint,
): Promise<Rebuilt> {
  const fold = new DigestFold(views);
  let events = 0n;
  for await (const batch of store.readAll()) {
    for (const recorded of batch) {
      if (end !== undefined && recorded.ordinal >= end) return { events, digests: fold.values() };
      fold.add(recorded.ordinal, decode(recorded));
      events += 1n;
    }
  }
  return { events, digests: fold.values() };
}

async function foldInto<E>(file: string, options: RebuildOptions<E>): Promise<Rebuilt> {
  const { store, decode, views, ledgerId, onProgress } = options;
  const target = SqliteViewStore.fresh(file, views, ledgerId);
  let events = 0n;
  for await (const batch of store.readAll()) {
    target.write(batch.map((recorded) => ({ ordinal: recorded.ordinal, event: decode(recorded) })));
    events += BigInt(batch.length);
    onProgress?.(events);
  }
  target.finish(events);
  const digests = Object.fromEntries(views.map(({ name }) => [name, target.digest(name)]));
  target.close();
  return { events, digests };
}

function removeFiles(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) {
    if (existsSync(`${file}${suffix}`)) rmSync(`${file}${suffix}`);
  }
}

function syncFile(path: string): void {
  const fd = openSync(path, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
