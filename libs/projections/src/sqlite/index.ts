export { Projector } from './projector.js';
export { foldDigests, rebuildViews, type RebuildOptions, type Rebuilt } from './rebuild.js';
export { SqliteViewStore, type SqliteViewOptions } from './sqlite-view-store.js';
