import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerEvent } from '#domain';
import { EventStoreDbDouble, type AppendFaults } from '#event-store/testing/eventstoredb';
import {
  SystemClock,
  decodeRecorded,
  initLedger,
  ledgerFiles,
  openLedger,
  shippedPolicies,
  submitAll,
  verifyLedger,
  type Ledger,
  type LedgerFiles,
} from '#ledger';
import type { ServerForTests } from '../postgresql/server-for-tests.js';
import { killed, serveIn, type Served } from '../served-child.js';
import { KillableNode } from './killable-node.js';
import { BACKEND, said, type Saying } from './sayings.js';

/** A ledger whose log is on a double of EventStoreDB and the rest in PostgreSQL, and the nodes on it. */
export class SharedStores {
  readonly #base = mkdtempSync(join(tmpdir(), 'pdl-nodes-'));
  readonly #nodes: KillableNode[] = [];
  readonly #services: Served[] = [];
  /** What nodes in this process would have ended it for. */
  readonly fatal: Error[] = [];
  readonly #ledgers: Ledger[] = [];

  private constructor(
    private readonly server: ServerForTests,
    private readonly double: EventStoreDbDouble,
    private readonly database: string,
  ) {}

  static async made(server: ServerForTests): Promise<SharedStores> {
    const stores = new SharedStores(
      server,
      await EventStoreDbDouble.start(),
      await server.database(),
    );
    const files = stores.files('first');
    const clock = new SystemClock();
    await initLedger({ files, clock, policies: shippedPolicies(), by: 'test' });
    return stores;
  }

  files(name: string): LedgerFiles {
    const { double, database } = this;
    const keys = join(this.#base, 'keys');
    return ledgerFiles(join(this.#base, name), keys, { store: double.url, database });
  }

  /** A node in this process. */
  async opened(name: string): Promise<Ledger> {
    this.#join(name);
    const onFatal = (error: Error): void => void this.fatal.push(error);
    const made = await openLedger({ files: this.files(name), clock: new SystemClock(), onFatal });
    this.#ledgers.push(made);
    return made;
  }

  /** A node in a process of its own, whose clock is so much (ms) behind. */
  async node(name: string, behindMs = '0'): Promise<KillableNode> {
    this.#join(name);
    const { directory, keys } = this.files(name);
    const { double, database } = this;
    const made = await KillableNode.open(directory, keys, double.url, database, behindMs);
    this.#nodes.push(made);
    return made;
  }

  /** A node that is a service, in a process of its own. */
  async served(name: string): Promise<Served> {
    this.#join(name);
    const { directory, keys } = this.files(name);
    const { double, database } = this;
    const places = ['--keys', keys, '--store', double.url, '--database', database];
    const made = await serveIn(directory, '0', places);
    this.#services.push(made);
    return made;
  }

  /** As when five seconds have passed. */
  async endLease(): Promise<void> {
    await this.run('UPDATE pdl_nodes.leases SET expires = clock_timestamp()');
  }

  /** As when so many seconds have passed since events to come were announced. */
  async letPass(seconds: number): Promise<void> {
    await this.run(`UPDATE pdl_vault.claims SET since = since - interval '${seconds} seconds'`);
  }

  /** What the log's server does with appends from now on. */
  behave(faults: AppendFaults): void {
    this.double.faults = faults;
  }

  async run(sql: string): ReturnType<ServerForTests['run']> {
    return this.server.run(sql, this.database);
  }

  /** As a node of a newer program does. */
  appendUnknown(type: string): void {
    const [{ stream = '' } = {}] = this.double.log.all;
    const data = Buffer.from(
      JSON.stringify({ id: randomUUID(), metadata: {}, stream, type, data: {} }),
    );
    const event = { id: randomUUID(), type, data, contentType: 'application/octet-stream' };
    const name = `${stream.slice(0, stream.lastIndexOf('.'))}.subject-${randomUUID()}`;
    this.double.log.append(name, 'no_stream', [{ ...event, metadata: new Uint8Array() }]);
  }

  /** Chain, verdicts, values and views, as whoever comes later sees them. */
  async expectWhole(ledger: Ledger): Promise<void> {
    await ledger.views();
    expect(this.fatal).toEqual([]);
    const { faults } = await verifyLedger(this.files('first'), { now: new Date() });
    expect(faults).toEqual([]);
  }

  /** Closes one node before all the others. */
  async closed(ledger: Ledger): Promise<void> {
    this.#ledgers.splice(this.#ledgers.indexOf(ledger), 1);
    await ledger.close();
  }

  async close(): Promise<void> {
    for (const each of this.#nodes) await each.kill();
    for (const { child } of this.#services) await killed(child);
    for (const each of this.#ledgers.reverse()) await each.close();
    await this.double.down();
    rmSync(this.#base, { recursive: true });
  }

  /** A data directory of its own; keys are shared. */
  #join(name: string): void {
    if (name === 'first') return;
    mkdirSync(this.files(name).directory, { recursive: true });
    cpSync(this.files('first').identity, this.files(name).identity);
  }
}

/** What a node answers: codes, or statuses where there is none. */
export async function told(
  ledger: Ledger,
  ...sayings: readonly Saying[]
): Promise<readonly string[]> {
  const { answers } = await submitAll(
    ledger,
    sayings.map((saying) => said(...saying)),
    BACKEND,
  );
  return (await answers).map(({ code, status }) => code ?? status);
}

/** The whole log as a node reads it. */
export async function eventsOf({ parts: { store } }: Ledger): Promise<readonly LedgerEvent[]> {
  const all: LedgerEvent[] = [];
  for await (const batch of store.readAll()) all.push(...batch.map(decodeRecorded));
  return all;
}
