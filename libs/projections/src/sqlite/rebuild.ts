import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { foldInto } from '../fold/fold-views.js';
import type { BuildOptions, Rebuilt } from '../view-place.js';
import { SqliteViewStore } from './sqlite-view-store.js';

/** What a rebuild folds, and where to. */
export interface RebuildOptions<E> extends BuildOptions<E> {
  readonly ledgerId: string;
  /** File of the live views: replaced when the rebuild is whole. */
  readonly file: string;
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
  const target = SqliteViewStore.fresh(fresh, options.views, options.ledgerId);
  const rebuilt = await foldInto(target, options).finally(async () => target.close());
  syncFile(fresh);
  return rebuilt;
}

/** Puts what was built in the place of the live file by an atomic rename. The live file must be closed. */
export function putInPlace(file: string): void {
  removeFiles(file);
  renameSync(freshOf(file), file);
  syncFile(dirname(file));
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
