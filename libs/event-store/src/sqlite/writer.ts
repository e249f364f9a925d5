import { parentPort, workerData } from 'node:worker_threads';
import { AnchorFile, anchorMac } from './anchor.js';
import { openConnection, translated } from './connection.js';
import { LogWriter } from './log-writer.js';
import type { Request, Reply, WriterOptions } from './writer-protocol.js';

/** The worker thread that owns the writing connection: one batch is one commit, then the anchor, then the answer. */
const { file, ledgerId, anchorKey, maxPages } = workerData as WriterOptions;
const port = parentPort;
if (port === null) throw new Error('the writer runs in a worker thread only');
const database = openConnection(file, 'write');
if (maxPages !== undefined) database.exec(`PRAGMA max_page_count=${maxPages}`);
const anchor = AnchorFile.open(`${file}.anchor`, anchorMac(anchorKey, ledgerId));
const writer = new LogWriter(database, anchor);

port.on('message', (request: Request) => {
  if (request.close === true) {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    anchor.close();
    port.close();
    return;
  }
  port.postMessage(answer(request));
});

function answer(request: Request): Reply {
  try {
    return writer.write(request.appends);
  } catch (cause) {
    const { code, message } = translated(cause);
    return { failed: { code, message } };
  }
}
