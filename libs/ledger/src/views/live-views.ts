import type { LedgerEvent } from '#domain';
import type { EventStore } from '#event-store';
import {
  RecentRows,
  ViewError,
  WORTH_THREADS,
  type BuildOptions,
  type Rebuilt,
  type ViewPlace,
  type ViewReader,
  type ViewStore,
} from '#projections';
import { setTimeout as pause } from 'node:timers/promises';
import { LedgerError } from '../ledger-error.js';
import { decodeRecorded } from '../decode-recorded.js';
import { KeyedMutex } from '../recording/keyed-mutex.js';
import { folding } from './folding.js';
import { VIEWS } from './views.js';

/** Views of one ledger. */
export type Views = ViewStore<LedgerEvent>;

/** Where live views are. */
export interface LiveViewsOptions {
  readonly place: ViewPlace<LedgerEvent>;
  /** Events from which on it is worth looking whether most of the log is new; by default as many as threads are worth. */
  readonly farBehind?: bigint;
  /** Whether other nodes write the same log: then one of them folds for all. */
  readonly isShared?: boolean;
}

/** With more new events than these a question waits until they are written. */
const MOST_KEPT = 512n;
/** A node that was killed is replaced within the time of its lease. */
const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 5;

/** The views of an opened ledger, and the ways in which they come to the log's end. */
export class LiveViews {
  readonly #turns = new KeyedMutex();
  readonly #recent = new RecentRows(VIEWS, decodeRecorded);

  private constructor(
    private readonly options: LiveViewsOptions,
    private readonly views: Views,
  ) {}

  /** Opens the live views; rebuilt first when there are none, or others, or damaged ones. */
  static async open(options: LiveViewsOptions, store: EventStore): Promise<LiveViews> {
    const { place } = options;
    try {
      const found = await place.open();
      if (typeof found !== 'string') return new LiveViews(options, found);
      await place.build(folding(store));
      await place.putInPlace();
      const made = await place.open();
      if (typeof made !== 'string') return new LiveViews(options, made);
      throw new LedgerError('BROKEN', 'the rebuilt views cannot be opened');
    } catch (error) {
      await place.close();
      throw error;
    }
  }

  /** The next ordinal that they have not seen. */
  async position(): Promise<bigint> {
    return this.views.position();
  }

  /** As they are; after a rebuild, as that made them. */
  asTheyAre(): Views {
    return this.views;
  }

  /**
   * Views that hold everything before `end`, a position that the log has come to.
   * @throws {ViewError} as `catchUp`, when much is missing.
   */
  async holding(end: bigint, store: EventStore): Promise<ViewReader> {
    const lag = end - (await this.position());
    if (lag <= 0n) return this.views;
    if (lag > MOST_KEPT) {
      await this.catchUp(store);
      return this.views;
    }
    return this.#turns.run('recent', async () =>
      this.#recent.onTopOf(this.views, await this.position(), store),
    );
  }

  /**
   * Brings them to the log's end as it stands now, or waits until the node that folds for all has done so.
   * @throws {ViewError} NOT_LEADING when nobody has done it in time.
   */
  async catchUp(store: EventStore): Promise<void> {
    if (this.options.isShared !== true) {
      await this.#turns.run('write', async () => this.#project(store));
      return;
    }
    const { size } = await store.head();
    for (const end = performance.now() + PATIENCE_MS; ; await pause(LOOK_AGAIN_MS)) {
      await this.#projectIfLeading(store);
      if ((await this.position()) >= size) return;
      if (performance.now() > end)
        throw new ViewError('NOT_LEADING', 'the node that folds for all is behind');
    }
  }

  /** Whether this node folds for all. */
  async isLeading(): Promise<boolean> {
    return this.options.place.isLeading();
  }

  /** Folds the whole log into others, which then take their place. */
  async rebuild(store: EventStore, progress: Progress): Promise<Rebuilt> {
    return this.#turns.run('write', async () => this.#rebuild(store, progress));
  }

  async close(): Promise<void> {
    await this.views.close();
    await this.options.place.close();
  }

  async #projectIfLeading(store: EventStore): Promise<void> {
    if (!(await this.isLeading())) return;
    try {
      await this.#turns.run('write', async () => {
        // The node that led before may have read further than this one.
        if ((await this.position()) < (await store.head()).size) await this.#project(store);
      });
    } catch (error) {
      // Another node led meanwhile: it goes on.
      if (!(error instanceof ViewError) || !TAKEN_OVER.has(error.code)) throw error;
    }
  }

  async #project(store: EventStore): Promise<void> {
    if (await this.#isMostlyBehind(store)) await this.#rebuild(store, {});
    else await this.options.place.catchUp(this.views, folding(store));
  }

  /** These are there for readers while the others are built. */
  async #rebuild(store: EventStore, progress: Progress): Promise<Rebuilt> {
    const { place } = this.options;
    const built = await place.build({ ...folding(store), ...progress });
    await place.putInPlace();
    return built;
  }

  /** Folding a long log at once, indexes last, takes a quarter of the time of adding it to a live file. */
  async #isMostlyBehind(store: EventStore): Promise<boolean> {
    const seen = await this.position();
    const { size } = await store.head();
    const { farBehind = BigInt(WORTH_THREADS) } = this.options;
    return size - seen >= farBehind && size - seen > seen;
  }
}

const TAKEN_OVER: ReadonlySet<string> = new Set(['GAP', 'NOT_LEADING']);

type Progress = Pick<BuildOptions<LedgerEvent>, 'onProgress'>;
