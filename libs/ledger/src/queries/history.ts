import { randomUUID } from 'node:crypto';
import type { Selection, ViewRow } from '#projections';
import { decodeRecorded, type Ledger } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';
import type { Actor } from '../recording/recorder.js';
import { entryOf } from '../views/audit-trail.js';
import { cutToSecond } from '../commands/context.js';
import { lastOrdinal } from './as-of.js';

/** What history of a subject is asked for. */
export interface HistoryQuery {
  readonly operator: string;
  readonly subject: string;
  readonly asOf?: string;
  readonly from?: string;
  readonly to?: string;
  readonly operation?: string;
  /** Position after which the page begins. */
  readonly after?: string;
  readonly limit?: number;
}

const PAGE = 100;
const LARGEST_PAGE = 1000;

/** A subject's consents with their whole history, as the ledger knew them then. */
export async function showConsents(
  ledger: Ledger,
  query: HistoryQuery,
  actor: Actor,
): Promise<object> {
  const upTo = await recordedRead(ledger, query, 'consents', actor);
  const views = await ledger.views();
  const moment = await momentOf(ledger, query.asOf);
  const found = new Map<string, Record<string, unknown>>();
  for (const { cells } of views.select('consents', { where: { subject: query.subject }, upTo })) {
    const { consent, status, at, terms } = cells;
    if (terms !== null) {
      const withdrawn = { withdrawnAt: null };
      found.set(String(consent), { consent, ...parsed(terms), status, givenAt: at, ...withdrawn });
      continue;
    }
    const stated = found.get(String(consent));
    if (stated !== undefined)
      Object.assign(stated, { status }, status === 'withdrawn' ? { withdrawnAt: at } : {});
  }
  return { consents: [...found.values()].map((consent) => expiredBy(consent, moment)) };
}

/** A subject's audit trail, one entry per event, refusals included. */
export async function showTrail(
  ledger: Ledger,
  query: HistoryQuery,
  actor: Actor,
): Promise<object> {
  const upTo = await recordedRead(ledger, query, 'trail', actor);
  const views = await ledger.views();
  const limit = Math.min(query.limit ?? PAGE, LARGEST_PAGE);
  const ordinals: bigint[] = [];
  for (const row of views.select('audit-trail', selectionOf(query, upTo))) {
    if (isWithin(row, query) && ordinals.push(row.ordinal) > limit) break;
  }
  const page = await ledger.parts.store.readAt(ordinals.slice(0, limit));
  const entries = page.map((recorded) => ({
    position: String(recorded.ordinal),
    ...entryOf(decodeRecorded(recorded)),
  }));
  const last = entries.at(-1);
  return { entries, next: ordinals.length > limit && last !== undefined ? last.position : null };
}

function selectionOf({ subject, operation, after }: HistoryQuery, upTo: bigint): Selection {
  return {
    where: { subject, ...(operation === undefined ? {} : { operation }) },
    after: after === undefined ? -1n : BigInt(after),
    upTo,
  };
}

/** To whom a subject's data went: what, when, why. */
export async function showDisclosures(
  ledger: Ledger,
  query: HistoryQuery,
  actor: Actor,
): Promise<object> {
  const upTo = await recordedRead(ledger, query, 'disclosures', actor);
  const views = await ledger.views();
  const rows = [...views.select('disclosures', { where: { subject: query.subject }, upTo })];
  return {
    disclosures: rows.map((row) => ({
      position: String(row.ordinal),
      ...parsed(row.cells['entry']),
    })),
  };
}

/** Reads of history are recorded too, in the operator's own stream (design §3). */
async function recordedRead(
  ledger: Ledger,
  { operator, subject, asOf }: HistoryQuery,
  history: 'consents' | 'trail' | 'disclosures',
  actor: Actor,
): Promise<bigint> {
  const upTo = await lastOrdinal(ledger.parts.store, asOf);
  const { state } = await ledger.subjects.load(subject);
  if (state.registered?.operator !== operator) {
    throw new LedgerError('NOT_FOUND', 'no subject of this id is registered');
  }
  const id = randomUUID();
  const tail = await ledger.subjects.tail(`access-${operator}`);
  const occurredAt = cutToSecond(ledger.recorder.now().toISOString());
  const data = {
    operator,
    subject,
    history,
    asOf: asOf === undefined ? null : String(upTo < 0n ? 0n : upTo),
    occurredAt,
  };
  await ledger.recorder.record({
    tail,
    operator,
    drafts: [{ type: 'HistoryRead', data }],
    eventId: () => id,
    actor,
  }).durable;
  return upTo;
}

/** A term that ended by the moment asked for shows as expired (design §3). */
function expiredBy(
  consent: Readonly<Record<string, unknown>>,
  moment: number,
): Readonly<Record<string, unknown>> {
  const { status, validUntil } = consent;
  const over = typeof validUntil === 'string' && Date.parse(validUntil) <= moment;
  return status === 'given' && over ? { ...consent, status: 'expired' } : consent;
}

async function momentOf(ledger: Ledger, asOf: string | undefined): Promise<number> {
  if (asOf === undefined || /^\d+$/u.test(asOf)) return ledger.recorder.now().getTime();
  return Date.parse(asOf);
}

function isWithin(row: ViewRow, { from, to }: HistoryQuery): boolean {
  const at = Date.parse(String(row.cells['recorded_at']));
  if (from !== undefined && at < Date.parse(from)) return false;
  return to === undefined || at <= Date.parse(to);
}

function parsed(cell: unknown): Record<string, unknown> {
  return JSON.parse(String(cell)) as Record<string, unknown>;
}
