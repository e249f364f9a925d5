import { parentPort, workerData } from 'node:worker_threads';
import { openConnection, translated } from './connection.js';
import { LogWriter } from './log-writer.js';
import { WriteAheadLog } from './write-ahead-log.js';
import type { Refusal, Reply, Request, WriterOptions } from './writer-protocol.js';

/** The worker thread that owns the writing connection: one batch is one commit. */
const { file, maxPages } = workerData as WriterOptions;
const port = parentPort;
if (port === null) throw new Error('the writer runs in a worker thread only');
const database = openConnection(file, 'write');
if (maxPages !== undefined) database.exec(`PRAGMA max_page_count=${maxPages}`);
const writer = new LogWriter(database);
const writeAheadLog = new WriteAheadLog(database, file);
let broken: Refusal | undefined;

port.on('message', (request: Request) => {
  if (request === 'close') void close();
  else {
    port.postMessage(answer(request));
    writeAheadLog.tend();
  }
});

function answer(batch: Exclude<Request, 'close'>): Reply {
  if (broken !== undefined) return { failed: broken };
  try {
    return writer.write(batch);
  } catch (cause) {
    const { code, message } = translated(cause);
    // After any other error nobody knows what is on the disk: a batch that waited here must not be written after it.
    if (code !== 'DISK_FULL' && code !== 'READ_ONLY') broken = { code, message };
    return { failed: { code, message } };
  }
}

async function close(): Promise<void> {
  await writeAheadLog.close();
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  port?.close();
}
