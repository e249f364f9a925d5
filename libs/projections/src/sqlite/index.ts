export { Projector } from './projector.js';
export {
  buildViews,
  foldDigests,
  putInPlace,
  rebuildViews,
  type RebuildOptions,
  type Rebuilt,
} from './rebuild.js';
export {
  SqliteViewStore,
  type SqliteViewOptions,
  type Unusable,
  type ViewsState,
} from './sqlite-view-store.js';
