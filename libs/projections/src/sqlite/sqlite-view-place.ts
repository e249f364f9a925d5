import type { ViewDefinition } from '../view.js';
import { ViewPlace, type BuildOptions, type Rebuilt, type Unusable } from '../view-place.js';
import { buildViews, putInPlace } from './rebuild.js';
import { SqliteViewStore } from './sqlite-view-store.js';

/** Which views lie in which file. */
export interface SqlitePlaceOptions<E> {
  readonly file: string;
  readonly views: readonly ViewDefinition<E>[];
  readonly ledgerId: string;
}

/** Views in one SQLite file; others are built in a file beside it. */
export class SqliteViewPlace<E> extends ViewPlace<E> {
  #live: SqliteViewStore<E> | undefined;

  constructor(private readonly options: SqlitePlaceOptions<E>) {
    super();
  }

  async open(): Promise<SqliteViewStore<E> | Unusable> {
    const opened = SqliteViewStore.open({ ...this.options, mode: 'write' });
    this.#live = typeof opened === 'string' ? undefined : opened;
    return opened;
  }

  async build(options: BuildOptions<E>): Promise<Rebuilt> {
    return buildViews({ ...options, ...this.options });
  }

  async putInPlace(): Promise<void> {
    const put = (): void => putInPlace(this.options.file);
    if (this.#live?.isOpen === true) this.#live.replaceBy(put);
    else put();
  }

  async isLeading(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {
    // Between two uses there is nothing but the file.
  }
}
