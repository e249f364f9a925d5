import { workerData } from 'node:worker_threads';
import { LeafFile } from '#event-store/sqlite';
import { serveFolds } from '#projections';
import { decodeForViews } from './glance.js';
import { VIEWS } from './views.js';

/** A thread that folds parts of a long log. */
serveFolds({ leaves: new LeafFile(String(workerData)), decode: decodeForViews, views: VIEWS });
