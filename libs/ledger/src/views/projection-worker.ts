import { workerData } from 'node:worker_threads';
import { LeafFile } from '#event-store/sqlite';
import { serveProjection, type ProjectionStart } from '#projections/sqlite';
import { decodeForViews } from './glance.js';
import { VIEWS } from './views.js';

const start = workerData as ProjectionStart;

/** A thread that brings the live views to the end of a log file. */
serveProjection(
  { leaves: new LeafFile(String(start.log)), decode: decodeForViews, views: VIEWS },
  start,
);
