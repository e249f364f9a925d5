import type { FoldOptions } from './fold/fold-chunks.js';
import { Projector } from './projector.js';
import type { ViewStore } from './view.js';

/** Why views are rebuilt: there are none, or they are other views or another ledger's; or they cannot be read. */
export type Unusable = 'stale' | 'damaged';

/** What a rebuild found. */
export interface Rebuilt {
  readonly events: bigint;
  readonly digests: Readonly<Record<string, string>>;
}

/** What a rebuild folds, and who hears how far it is. */
export interface BuildOptions<E> extends FoldOptions<E> {
  readonly onProgress?: (events: bigint) => void;
}

/** A thread that projects: it runs the file at `url`, which calls `serveProjection`. */
export interface ProjectionWorker {
  readonly url: URL;
  /** What it reads the log from. */
  readonly data: unknown;
}

/** What the live views follow. */
export interface ProjectOptions<E> extends FoldOptions<E> {
  /** Who projects what is too much to be folded here, where the views' place can make use of it. */
  readonly projection?: ProjectionWorker;
}

/** Where the views of one ledger lie: the live ones, and those that are built beside them. */
export abstract class ViewPlace<E> {
  /** Opens the live views for writing, or says why they must be rebuilt. */
  abstract open(): Promise<ViewStore<E> | Unusable>;
  /**
   * Brings the live views to the log's end as it stands now. Not to be called again before it is done.
   * @throws {ViewError} AHEAD_OF_LOG as the projector does.
   */
  async catchUp(live: ViewStore<E>, options: ProjectOptions<E>): Promise<void> {
    await new Projector(options.store, live, options.decode).catchUp();
  }
  /** Folds the whole log into fresh views beside the live ones. */
  abstract build(options: BuildOptions<E>): Promise<Rebuilt>;
  /** Puts what was built in the place of the live views; whoever has them open reads those from then on. */
  abstract putInPlace(): Promise<void>;
  /** Whether this node projects: always where no other one can, else while it holds the lease. */
  abstract isLeading(): Promise<boolean>;
  /** Lets go of the place. Views that are open must be closed. */
  abstract close(): Promise<void>;
}
