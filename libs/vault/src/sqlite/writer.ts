import { parentPort, workerData } from 'node:worker_threads';
import { writeKeyFile } from '../keys/key-file.js';
import { openVaultFile, translated } from './connection.js';
import { carryOut } from './destruction.js';
import { BatchWriter } from './writing.js';
import type { WriterData, WriterReply, WriterRequest } from './writer-thread.js';

/** The worker thread that owns the vault's second connection: one request is one commit. */
const port = parentPort;
if (port === null) throw new Error('the writer runs in a worker thread only');
const { file, ledgerId } = workerData as WriterData;
const database = openVaultFile(file, 'write');
const writer = new BatchWriter(database, ledgerId);

port.on('message', (request: WriterRequest) => {
  if (request.kind === 'close') {
    database.close();
    port.close();
    return;
  }
  port.postMessage(answer(request));
});

function answer(request: Exclude<WriterRequest, { kind: 'close' }>): WriterReply {
  try {
    if (request.kind === 'shred') {
      return { receipts: carryOut({ database }, request.orders, request.now) };
    }
    try {
      writer.write(request.batch);
    } finally {
      // Keys and plaintexts are in it.
      new Uint8Array(request.arena).fill(0);
    }
    if (request.mark !== undefined) writeKeyFile(request.mark.path, request.mark.bytes);
    return { receipts: [] };
  } catch (cause) {
    const { code, message } = translated(cause);
    return { code, message };
  }
}
