import type { BuildOptions, Rebuilt } from '../view-place.js';
import { foldChunks, type FoldOptions } from './fold-chunks.js';
import type { RowsText } from './row-text.js';
import { ViewDigest } from './view-digest.js';

/** Fresh views that rows are written into while nobody reads them. */
export interface FreshViews {
  /** Rows that follow those written before, one text a view. */
  write(rows: readonly RowsText[]): Promise<void> | void;
  /** Ends the writing: the views hold everything before this position. */
  finish(position: bigint): Promise<void> | void;
  digest(view: string): Promise<string>;
}

/** Folds the whole log into fresh views. */
export async function foldInto<E>(target: FreshViews, options: BuildOptions<E>): Promise<Rebuilt> {
  const { store, views, onProgress } = options;
  const { size: events } = await store.head();
  for await (const { to, rows } of foldChunks(options, Number(events), true)) {
    await target.write(rows);
    onProgress?.(BigInt(to));
  }
  await target.finish(events);
  const digests: Record<string, string> = {};
  for (const { name } of views) digests[name] = await target.digest(name);
  return { events, digests };
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
