import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertStored, timedAppends, Workload, type AppendStore } from './append-store.js';
import { openOurStore } from './our-store.js';
import { plainRows } from './peers/sqlite/plain-rows.js';

const workload = new Workload(400);
const STORES = [
  { name: 'ours', open: openOurStore },
  { name: plainRows.name, open: plainRows.open },
];

describe.each(STORES)('the check of what was measured: $name', ({ name, open }) => {
  let folder: string;
  let store: AppendStore;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pdl-append-'));
    store = await open(folder);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 50 });
  });

  it('passes what was appended whole', async () => {
    await timedAppends(store, workload);
    await assertStored(name, store, workload);
  });

  it('fails when an event is missing, changed, or one too many', async () => {
    const wrong = { code: 'WRONG_ANSWER' };
    await timedAppends(store, workload);
    await expect(assertStored(name, store, new Workload(404))).rejects.toMatchObject(wrong);
    const damaged: AppendStore = {
      append: async (...append) => store.append(...append),
      close: async () => undefined,
      stored: async function* () {
        for await (const event of store.stored()) {
          yield event.n === 7 ? { ...event, text: event.text.slice(1) } : event;
        }
      },
    };
    await expect(assertStored(name, damaged, workload)).rejects.toMatchObject(wrong);
    await store.append('subject-0', 3, { ...workload.event(0), id: workload.event(1000).id });
    await expect(assertStored(name, store, workload)).rejects.toMatchObject(wrong);
  });

  it('fails a store that takes an append at any revision', async () => {
    await timedAppends(store, workload);
    const careless: AppendStore = {
      append: async () => undefined,
      close: async () => undefined,
      stored: () => store.stored(),
    };
    await expect(assertStored(name, careless, workload)).rejects.toThrow('wrong revision');
  });
});
