import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { foldChunks, type FoldOptions } from '../fold/fold-chunks.js';
import { ViewDigest } from '../fold/view-digest.js';
import { SqliteViewStore } from './sqlite-view-store.js';

/** What a rebuild folds, and where to. */
export interface RebuildOptions<E> extends FoldOptions<E> {
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

/** Builds and puts in place. The live file must be closed. */
export async function rebuildViews<E>(options: RebuildOptions<E>): Promise<Rebuilt> {
  const rebuilt = await buildViews(options);
  putInPlace(options.file);
  return rebuilt;
}

/** Folds the whole log into a fresh file beside the live one: no journal, indexes last, one fsync. */
export async function buildViews<E>(options: RebuildOptions<E>): Promise<Rebuilt> {
  const fresh = freshOf(options.file);
  removeFiles(fresh);
  const rebuilt = await foldInto(fresh, options);
  syncFile(fresh);
  return rebuilt;
}

/** Puts what was built in the place of the live file by an atomic rename. The live file must be closed. */
export function putInPlace(file: string): void {
  removeFiles(file);
  renameSync(freshOf(file), file);
  syncFile(dirname(file));
}

/** Digests of all views by a fold from scratch that stores nothing, up to an ordinal (exclusive) if given. */
export async function foldDigests<E>(options: FoldOptions<E>, end?: bigint): Promise<Rebuilt> {
  const digests = options.views.map(({ name }) => [name, new ViewDigest()] as const);
  const { size } = await options.store.head();
  const events = end !== undefined && end < size ? end : size;
  for await (const { from, hashes } of foldChunks(options, Number(events), false)) {
    digests.forEach(([, digest], view) => digest.add(from, hashes[view] ?? ''));
  }
  const values = digests.map(([name, digest]) => [name, digest.value()] as const);
  return { events, digests: Object.fromEntries(values) };
}

async function foldInto<E>(file: string, options: RebuildOptions<E>): Promise<Rebuilt> {
  const { store, views, ledgerId, onProgress } = options;
  const target = SqliteViewStore.fresh(file, views, ledgerId);
  try {
    const { size: events } = await store.head();
    for await (const { to, rows } of foldChunks(options, Number(events), true)) {
      target.write(rows);
      onProgress?.(BigInt(to));
    }
    target.finish(events);
    const digests = Object.fromEntries(views.map(({ name }) => [name, target.digest(name)]));
    return { events, digests };
  } finally {
    target.close();
  }
}

function freshOf(file: string): string {
  return `${file}.new`;
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
