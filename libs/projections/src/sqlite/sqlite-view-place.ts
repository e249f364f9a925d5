import type { ViewDefinition, ViewStore } from '../view.js';
import {
  ViewPlace,
  type BuildOptions,
  type ProjectOptions,
  type ProjectionWorker,
  type Rebuilt,
  type Unusable,
} from '../view-place.js';
import { ProjectionThread } from './projection-thread.js';
import { buildViews, putInPlace } from './rebuild.js';
import { SqliteViewStore } from './sqlite-view-store.js';

/** Which views lie in which file. */
export interface SqlitePlaceOptions<E> {
  readonly file: string;
  readonly views: readonly ViewDefinition<E>[];
  readonly ledgerId: string;
}

/** So many events are folded here before a thread would have started. */
const FOLDED_HERE = 64n;

/** Views in one SQLite file; others are built in a file beside it. */
export class SqliteViewPlace<E> extends ViewPlace<E> {
  #live: SqliteViewStore<E> | undefined;
  #thread: ProjectionThread | undefined;

  constructor(private readonly options: SqlitePlaceOptions<E>) {
    super();
  }

  async open(): Promise<SqliteViewStore<E> | Unusable> {
    const opened = SqliteViewStore.open({ ...this.options, mode: 'write' });
    this.#live = typeof opened === 'string' ? undefined : opened;
    return opened;
  }

  override async catchUp(live: ViewStore<E>, options: ProjectOptions<E>): Promise<void> {
    const { store, projection } = options;
    const { size } = await store.head();
    const isForThread = this.#thread !== undefined || size - (await live.position()) > FOLDED_HERE;
    if (isForThread && projection !== undefined && (await this.#started(projection).project(size)))
      return;
    await super.catchUp(live, options);
  }

  async build(options: BuildOptions<E>): Promise<Rebuilt> {
    return buildViews({ ...options, ...this.options });
  }

  async putInPlace(): Promise<void> {
    // It would go on writing to the file that is replaced.
    await this.#ended();
    const put = (): void => putInPlace(this.options.file);
    if (this.#live?.isOpen === true) this.#live.replaceBy(put);
    else put();
  }

  async isLeading(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {
    await this.#ended();
  }

  #started(worker: ProjectionWorker): ProjectionThread {
    const { file: views, ledgerId } = this.options;
    this.#thread ??= new ProjectionThread(worker, { log: worker.data, views, ledgerId });
    return this.#thread;
  }

  async #ended(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.close();
  }
}
