import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { NO_STREAM, type LogHead } from '../event-store.js';
import { anEvent, collected } from '../testing/made-up-events.js';
import { OnDouble, oneEvent, type EventStoreDbDouble } from '../testing/eventstoredb/index.js';

const EVENTS = 50;

describe('the index of a log on a server', () => {
  let on: OnDouble;
  let double: EventStoreDbDouble;
  let head: LogHead;

  beforeEach(async () => {
    on = new OnDouble();
    double = await on.server();
    const store = await on.store(double.url);
    const streams = Array.from({ length: EVENTS }, (_, n) => n);
    await Promise.all(streams.map(async (n) => store.append(oneEvent(`s${n}`, NO_STREAM, n))));
    head = await store.head();
    await store.close();
  });
  afterEach(async () => on.end());

  const remove = (): void =>
    ['', '-wal', '-shm'].forEach((end) => rmSync(on.indexFile + end, { force: true }));

  it('is the same when it is built anew', async () => {
    remove();
    const store = await on.store(double.url);
    expect(await store.head()).toEqual(head);
    expect((await store.findEvent(anEvent(7).id))?.stream).toBe('s7');
  });

  it('goes on where a crash cut it off', async () => {
    const database = new DatabaseSync(on.indexFile);
    database.exec('DELETE FROM events WHERE ordinal >= 20; DELETE FROM streams WHERE id > 20');
    database.close();
    const store = await on.store(double.url);
    expect(await store.head()).toEqual(head);
    expect(await collected(store.readAll())).toHaveLength(EVENTS);
  });

  it('knows the head at any size', async () => {
    const store = await on.store(double.url);
    const older = await on.store((await on.server({ log: double.log.upTo(20) })).url, {
      indexFile: ':memory:',
    });
    expect(await store.headAt(20n)).toEqual(await older.head());
    await expect(older.headAt(21n)).rejects.toMatchObject({ code: 'ROLLED_BACK' });
  });

  it('holds nothing of an event but hashes, ids and names of streams', () => {
    const bytes = ['', '-wal'].map((end) => readIfThere(on.indexFile + end));
    expect(Buffer.concat(bytes).includes('"text"')).toBe(false);
  });

  it('is one process’s', async () => {
    await on.store(double.url);
    await expect(on.store(double.url)).rejects.toMatchObject({ code: 'LOCKED' });
  });

  it('is refused when it is damaged or newer, and made anew once it was deleted', async () => {
    const database = new DatabaseSync(on.indexFile);
    database.exec('PRAGMA user_version=99');
    database.close();
    await expect(on.store(double.url)).rejects.toMatchObject({ code: 'NEWER_FORMAT' });
    remove();
    writeFileSync(
      on.indexFile,
      'not an index at all, but long enough for a header of SQLite: '.repeat(20),
    );
    await expect(on.store(double.url)).rejects.toMatchObject({ code: 'CORRUPT' });
    remove();
    expect(await (await on.store(double.url)).head()).toEqual(head);
  });
});

function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}
