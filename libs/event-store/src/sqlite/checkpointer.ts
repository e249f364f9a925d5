import { parentPort, workerData } from 'node:worker_threads';
import { openConnection } from './connection.js';

/** A thread that copies the write-ahead log into the log file whenever it is asked to, until little of it is left. */
const port = parentPort;
if (port === null) throw new Error('the checkpointer runs in a worker thread only');
const database = openConnection(String(workerData), 'write');
const copy = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
const state = database.prepare('PRAGMA wal_checkpoint(NOOP)');
/** Pages; what is appended during one round is copied by the next. */
const LITTLE = 256;
const ROUNDS = 4;

port.on('message', (request: 'copy' | 'close') => {
  if (request === 'close') {
    database.close();
    port.close();
    return;
  }
  for (let round = 0; round < ROUNDS && left() > LITTLE; round += 1) copy.get();
  port.postMessage('copied');
});

function left(): number {
  const { log, checkpointed } = state.get() ?? {};
  return Number(log) - Number(checkpointed);
}
