export {
  ViewStore,
  type Cell,
  type Row,
  type Selection,
  type ViewDefinition,
  type ViewReader,
  type ViewRow,
  type ViewsState,
} from './view.js';
export {
  ViewPlace,
  type BuildOptions,
  type ProjectOptions,
  type ProjectionWorker,
  type Rebuilt,
  type Unusable,
} from './view-place.js';
export { Projector } from './projector.js';
export { RecentRows } from './recent-rows.js';
export { foldDigests } from './fold/fold-views.js';
export { WORTH_THREADS, type FoldWorkers } from './fold/fold-pool.js';
export { serveFolds, type FoldSource } from './fold/serve-folds.js';
export { ViewError, type ViewErrorCode } from './view-error.js';
