import { assertStored, timedAppends, Workload, type AppendStore } from './append-store.js';
import { comparedRow, type Bar, type Row } from './figure.js';
import { openOurStore } from './our-store.js';
import { emmettPostgresql } from './peers/emmett-postgresql.js';
import { emmettSqlite } from './peers/emmett-sqlite.js';
import type { Peer, PeerOrReason } from './peers/peer.js';
import { plainRows } from './peers/sqlite/plain-rows.js';
import type { Outcome, Side } from './rounds.js';
import type { Workbench } from './workbench.js';

const EVENTS = 60_000;
const BARS: Readonly<Record<string, Bar>> = {
  'emmett-postgresql': { of: 'ratio', least: 20 },
  [plainRows.name]: { of: 'ratio', least: 1 },
};

/** P1: durable appends of 64 concurrent appenders, the expected revision checked. */
export async function measureAppend(bench: Workbench): Promise<readonly Row[]> {
  const candidates = [await emmettPostgresql(bench.folder()), plainRows, await emmettSqlite()];
  const peers = candidates.filter(isPeer);
  try {
    const ours = { name: 'ours', share: 1, open: openOurStore };
    const outcomes = await bench.alternate('p1', [
      sideOf(bench, ours),
      ...peers.map((peer) => sideOf(bench, peer)),
    ]);
    return candidates.map((candidate) => rowAgainst(candidate, outcomes));
  } finally {
    for (const peer of peers) await peer.close();
  }
}

function isPeer(candidate: PeerOrReason): candidate is Peer {
  return !('reason' in candidate);
}

function sideOf(bench: Workbench, { name, share, open }: Omit<Peer, 'close'>): Side {
  const workload = new Workload(Math.max(256, Math.ceil(bench.events(EVENTS) * share)));
  return { name, round: async () => round(name, await open(bench.folder()), workload) };
}

async function round(name: string, store: AppendStore, workload: Workload): Promise<number> {
  try {
    const eventsPerSecond = await timedAppends(store, workload);
    await assertStored(name, store, workload);
    return eventsPerSecond;
  } finally {
    await store.close();
  }
}

function rowAgainst(candidate: PeerOrReason, outcomes: ReadonlyMap<string, Outcome>): Row {
  const { name } = candidate;
  const bar = BARS[name];
  const subject = {
    name: 'p1',
    title: 'durable append, 64 concurrent appenders',
    unit: 'events/s',
    ...(bar === undefined ? {} : { bar }),
  };
  const none = { reason: 'not measured' };
  const peer = isPeer(candidate) ? (outcomes.get(name) ?? none) : { reason: candidate.reason };
  return comparedRow(subject, outcomes.get('ours') ?? none, name, peer);
}
