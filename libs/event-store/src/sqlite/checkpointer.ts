import { workerData } from 'node:worker_threads';
import { openConnection } from './connection.js';

/** A thread that moves the WAL into the log file once and ends. */
const database = openConnection(String(workerData), 'write');
database.exec('PRAGMA wal_checkpoint(PASSIVE)');
database.close();
