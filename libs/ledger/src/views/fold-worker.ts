import { workerData } from 'node:worker_threads';
import { decodeEvent } from '#domain';
import { LeafFile } from '#event-store/sqlite';
import { serveFolds } from '#projections';
import { VIEWS } from './views.js';

/** A thread that folds parts of a long log. */
serveFolds({ leaves: new LeafFile(String(workerData)), decode: decodeEvent, views: VIEWS });
