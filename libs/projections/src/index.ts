export {
  ViewStore,
  type Cell,
  type Row,
  type Selection,
  type ViewDefinition,
  type ViewRow,
} from './view.js';
export { WORTH_THREADS, type FoldWorkers } from './fold/fold-pool.js';
export { serveFolds, type FoldSource } from './fold/serve-folds.js';
export { ViewError, type ViewErrorCode } from './view-error.js';
