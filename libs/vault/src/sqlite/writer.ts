import { parentPort, workerData } from 'node:worker_threads';
import { openVaultFile, translated } from './connection.js';
import { BatchWriter } from './writing.js';
import type { WriterReply, WriterRequest } from './writer-thread.js';

/** The worker thread that owns the vault's second connection: one batch is one commit. */
const port = parentPort;
if (port === null) throw new Error('the writer runs in a worker thread only');
const database = openVaultFile(String(workerData), 'write');
const writer = new BatchWriter(database);

port.on('message', (request: WriterRequest) => {
  if (request === 'close') {
    database.close();
    port.close();
    return;
  }
  port.postMessage(answer(request));
});

function answer(batch: Exclude<WriterRequest, 'close'>): WriterReply {
  try {
    writer.write(batch);
    return undefined;
  } catch (cause) {
    const { code, message } = translated(cause);
    return { code, message };
  }
}
