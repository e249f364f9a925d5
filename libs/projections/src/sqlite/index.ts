export { Projector } from './projector.js';
export {
  buildViews,
  foldDigests,
  putInPlace,
  rebuildViews,
  type RebuildOptions,
  type Rebuilt,
} from './rebuild.js';
export { SqliteViewStore, type SqliteViewOptions } from './sqlite-view-store.js';
