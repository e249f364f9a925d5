import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDbEventStore, type EventStoreDbOptions } from '../../eventstoredb/index.js';
import type { Append } from '../../event-store.js';
import { anEvent } from '../made-up-events.js';
import { EventStoreDbDouble } from './server-double.js';
import type { Proposed } from './server-log.js';

export const LEDGER = '11111111-1111-4111-8111-111111111111';
/** As streams of this ledger are named on the server. */
export const onServer = (stream: string, ledgerId = LEDGER): string =>
  `pdl.${ledgerId.replaceAll('-', '')}.${stream}`;

/** Doubles, stores and an index file of one test; `end` puts all away. */
export class OnDouble {
  readonly #directory = mkdtempSync(join(tmpdir(), 'pdl-esdb-'));
  readonly indexFile = join(this.#directory, 'index.db');
  readonly #ends: (() => Promise<void>)[] = [];

  async server(
    ...options: Parameters<typeof EventStoreDbDouble.start>
  ): Promise<EventStoreDbDouble> {
    const double = await EventStoreDbDouble.start(...options);
    this.#ends.push(async () => double.down());
    return double;
  }

  /** Quick to give up, so that a test need not wait. */
  async store(
    url: string,
    options: Partial<EventStoreDbOptions> = {},
  ): Promise<EventStoreDbEventStore> {
    const timing = { callMs: 250, patienceMs: 5_000 };
    const { indexFile } = this;
    const all = { url, ledgerId: LEDGER, indexFile, timing, ...options };
    const store = await EventStoreDbEventStore.open(all);
    this.#ends.unshift(async () => store.close());
    return store;
  }

  path(name: string): string {
    return join(this.#directory, name);
  }

  async end(): Promise<void> {
    for (const end of this.#ends) await end();
    rmSync(this.#directory, { recursive: true });
  }
}

/** A made-up event as another writer of the server sends it. */
export function byAnother(n: number): Proposed {
  const { id, type, leaf: data } = anEvent(n);
  return { id, type, data, contentType: 'application/octet-stream', metadata: new Uint8Array() };
}

/** An append of one made-up event. */
export function oneEvent(stream: string, expectedRevision: bigint, n: number): Append {
  return { stream, expectedRevision, events: [anEvent(n)] };
}
