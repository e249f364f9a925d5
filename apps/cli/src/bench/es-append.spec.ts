import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EventStoreDbDouble } from '#event-store/testing/eventstoredb';
import { measureEventStoreDb } from './es-append.js';
import { Workbench } from './workbench.js';

describe('pdl bench es', () => {
  const { PDL_BENCH_EVENTSTORE: named, TMPDIR: temporary } = process.env;
  let folder: string;
  let bench: Workbench;
  beforeEach(() => {
    // Beside the built program: a temporary directory may be in memory, where nothing is durable.
    folder = mkdtempSync(join(dirname(fileURLToPath(import.meta.url)), 'bench-es-'));
    process.env['TMPDIR'] = folder;
    bench = new Workbench({ events: 400, rounds: 1, minutes: 1 });
  });
  afterEach(async () => {
    await bench.close();
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
    set('TMPDIR', temporary);
    set('PDL_BENCH_EVENTSTORE', named);
  });

  const set = (name: string, value = ''): void => {
    if (value === '') Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  };

  it('compares ours with the bare client on the server that is named, and checks what both stored', async () => {
    const double = await EventStoreDbDouble.start();
    try {
      set('PDL_BENCH_EVENTSTORE', double.url);
      const rows = await measureEventStoreDb(bench);
      expect(rows).toMatchObject([
        { name: 'es', rounds: 1, ours: expect.any(Number), peer: expect.any(Number) },
      ]);
      expect(double.log.all).toHaveLength(800);
    } finally {
      await double.down();
    }
  });

  it('measures nothing where no server is named, and says so', async () => {
    set('PDL_BENCH_EVENTSTORE');
    expect(await measureEventStoreDb(bench)).toMatchObject([
      { ours: null, peer: null, ok: null, reason: expect.stringContaining('PDL_BENCH_EVENTSTORE') },
    ]);
  });
});
