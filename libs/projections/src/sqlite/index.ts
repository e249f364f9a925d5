export type { ProjectionStart } from './projection-thread.js';
export { buildViews, putInPlace, rebuildViews, type RebuildOptions } from './rebuild.js';
export { serveProjection } from './serve-projection.js';
export { SqliteViewPlace, type SqlitePlaceOptions } from './sqlite-view-place.js';
export { SqliteViewStore, type SqliteViewOptions } from './sqlite-view-store.js';
