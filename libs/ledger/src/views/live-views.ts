import type { LedgerEvent } from '#domain';
import type { EventStore } from '#event-store';
import { WORTH_THREADS } from '#projections';
import {
  Projector,
  SqliteViewStore,
  buildViews,
  putInPlace,
  rebuildViews,
  type RebuildOptions,
  type Rebuilt,
  type Unusable,
} from '#projections/sqlite';
import { LedgerError } from '../ledger-error.js';
import { KeyedMutex } from '../recording/keyed-mutex.js';
import { folding } from './folding.js';
import { VIEWS } from './views.js';

/** Views of one ledger. */
export type Views = SqliteViewStore<LedgerEvent>;

/** Where live views are. */
export interface LiveViewsOptions {
  readonly file: string;
  readonly ledgerId: string;
  /** Events from which on it is worth looking whether most of the log is new; by default as many as threads are worth. */
  readonly farBehind?: bigint;
}

/** The views of an opened ledger, and the ways in which they come to the log's end. */
export class LiveViews {
  readonly #turns = new KeyedMutex();

  private constructor(
    private readonly options: LiveViewsOptions,
    private views: Views,
  ) {}

  /** Opens the live views; rebuilt first when there are none, or others, or damaged ones. */
  static async open(options: LiveViewsOptions, store: EventStore): Promise<LiveViews> {
    const found = opened(options);
    if (typeof found !== 'string') return new LiveViews(options, found);
    await rebuildViews({ ...folding(store), ...options });
    return new LiveViews(options, openedAnew(options));
  }

  /** The next ordinal that they have not seen. */
  position(): bigint {
    return this.views.position();
  }

  /** As they are. To be used before anything else is awaited: a rebuild may put others in their place. */
  asTheyAre(): Views {
    return this.views;
  }

  /** Brings them to the log's end as it stands now. */
  async catchUp(store: EventStore): Promise<void> {
    await this.#turns.run('write', async () => {
      if (await this.#isMostlyBehind(store)) await this.#rebuild(store, {});
      else await new Projector(store, this.views, folding(store).decode).catchUp();
    });
  }

  /** Folds the whole log into others, which then take their place. */
  async rebuild(store: EventStore, progress: Progress): Promise<Rebuilt> {
    return this.#turns.run('write', async () => this.#rebuild(store, progress));
  }

  close(): void {
    this.views.close();
  }

  /** These are there for readers while the others are built. */
  async #rebuild(store: EventStore, progress: Progress): Promise<Rebuilt> {
    const { options } = this;
    const built = await buildViews({ ...folding(store), ...options, ...progress });
    this.views.close();
    putInPlace(options.file);
    this.views = openedAnew(options);
    return built;
  }

  /** Folding a long log at once, indexes last, takes a quarter of the time of adding it to a live file. */
  async #isMostlyBehind(store: EventStore): Promise<boolean> {
    const seen = this.position();
    const { size } = await store.head();
    const { farBehind = BigInt(WORTH_THREADS) } = this.options;
    return size - seen >= farBehind && size - seen > seen;
  }
}

type Progress = Pick<RebuildOptions<LedgerEvent>, 'onProgress'>;

function opened({ file, ledgerId }: LiveViewsOptions): Views | Unusable {
  return SqliteViewStore.open<LedgerEvent>({ file, views: VIEWS, ledgerId, mode: 'write' });
}

function openedAnew(options: LiveViewsOptions): Views {
  const views = opened(options);
  if (typeof views === 'string')
    throw new LedgerError('BROKEN', 'the rebuilt views cannot be opened');
  return views;
}
