import { randomUUID } from 'node:crypto';
import {
  SCHEMA_VERSION,
  decideRead,
  decodeEvent,
  evolve,
  type LedgerEvent,
  type ReadJudgement,
  type SubjectState,
} from '#domain';
import type { Appended } from '#event-store';
import type { Opened, SealedEvent } from '#vault';
import { certificateOf, type Certificate } from '../commands/certificate.js';
import { contextOf } from '../commands/context.js';
import { decodeRecorded } from '../decode-recorded.js';
import type { Ledger } from '../ledger.js';
import { LedgerError, noSubject } from '../ledger-error.js';
import type { Actor } from '../recording/recorder.js';
import { subjectStream, type LoadedSubject } from '../recording/subjects.js';
import { untilRecorded } from '../recording/until-recorded.js';
import { lastOrdinal } from './as-of.js';
import { assertReached } from './history.js';

/** A read of values under a purpose. */
export interface DataQuery {
  readonly operator: string;
  readonly subject: string;
  readonly purpose: string;
  readonly categories?: readonly string[];
  readonly asOf?: string;
  /** Position that the log must have come to. */
  readonly minPosition?: string;
}

/** Values, or why not; recorded either way before anything leaves (design §1, promise 1). */
export type DataAnswer =
  | {
      readonly asOf: string | null;
      readonly position: string;
      readonly data: Readonly<Record<string, unknown>>;
      readonly withheld: readonly { readonly category: string; readonly code: string }[];
    }
  | {
      readonly code: string;
      readonly codes: readonly string[];
      readonly clauses: readonly string[];
      readonly event: string;
      readonly certificate?: Certificate | null;
    };

/** Records exactly one event, and only then opens what it names. */
export async function readData(
  ledger: Ledger,
  query: DataQuery,
  actor: Actor,
): Promise<DataAnswer> {
  const { subject } = query;
  await assertReached(ledger, query.minPosition);
  if (query.asOf !== undefined) await ledger.parts.store.caughtUp();
  const upTo = await lastOrdinal(ledger.parts.store, query.asOf);
  const then = query.asOf === undefined ? undefined : await ledger.subjects.asOf(subject, upTo);
  const { event, judgement, state, firstOrdinal } = await untilRecorded(ledger, async () => {
    const now = await ledger.subjects.load(subject);
    const { durable, ...read } = recordRead(ledger, query, { now, then }, actor);
    return { ...read, ...(await durable) };
  });
  if (event.type !== 'DataRetrieved') return refusal(ledger, event, state);
  return {
    asOf: query.asOf ?? null,
    position: String(firstOrdinal),
    data: await opened(ledger, event),
    withheld: judgement.withheld,
  };
}

/** Synchronous, so that nothing comes between what it reads of the subject and what it records. */
function recordRead(
  ledger: Ledger,
  { operator, purpose, categories }: DataQuery,
  { now: loaded, then }: { readonly now: LoadedSubject; readonly then: SubjectState | undefined },
  actor: Actor,
): RecordedRead {
  if (loaded.state.registered?.operator !== operator) throw noSubject();
  const asking = { operator, source: '', actor, mode: 'enforce' as const, time: undefined };
  const context = contextOf(ledger, { ...asking, firstId: randomUUID() });
  const read = {
    purpose,
    values: valuesIn(then ?? loaded.state),
    ...(categories && { categories }),
  };
  const { draft, judgement } = decideRead(read, loaded.state, context);
  const recorded = ledger.recorder.record({
    tail: loaded,
    drafts: [draft],
    eventId: context.eventId,
    actor,
    read: context.read,
    at: context.recorded.at,
  });
  const [event] = recorded.events as readonly RecordedRead['event'][];
  if (event === undefined) throw new LedgerError('BROKEN', 'a read made no event');
  loaded.state = evolve(loaded.state, event);
  return { event, judgement, state: loaded.state, durable: recorded.durable };
}

interface RecordedRead {
  readonly event: LedgerEvent<'DataRetrieved' | 'OperationRefused'>;
  readonly judgement: ReadJudgement;
  readonly state: SubjectState;
  readonly durable: Promise<Appended>;
}

function valuesIn(state: SubjectState): ReadonlyMap<string, string> {
  return new Map([...state.holdings].map(([category, { event }]) => [category, event]));
}

async function opened(
  ledger: Ledger,
  event: LedgerEvent<'DataRetrieved'>,
): Promise<Readonly<Record<string, unknown>>> {
  const named = Object.entries(event.data.sources ?? {});
  const sources = await sourcesOf(ledger, [...new Set(named.map(([, id]) => id))]);
  const requests = named.map(([category, id]) => {
    const source = sources.get(id);
    if (source === undefined)
      throw new LedgerError('BROKEN', 'a value names an event that is not in the log');
    return { ...source, category };
  });
  const answers = await ledger.parts.vault.open(event.id, requests);
  return Object.fromEntries(
    requests.map(({ category, collectedAt, from }, index) => [
      category,
      shown(answers[index], { collectedAt, event: from.eventId }),
    ]),
  );
}

interface Source {
  readonly from: SealedEvent;
  readonly collectedAt: string;
}

async function sourcesOf(
  ledger: Ledger,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Source>> {
  const found = await ledger.parts.store.findEvents(ids);
  return new Map(
    found.flatMap((recorded) => {
      return recorded === undefined ? [] : [[recorded.id, sourceOf(decodeRecorded(recorded))]];
    }),
  );
}

function sourceOf(event: LedgerEvent): Source {
  const { operator, subject, sealed, occurredAt } = (event as LedgerEvent<'DataCollected'>).data;
  if (sealed === undefined)
    throw new LedgerError('BROKEN', 'a value names an event that sealed nothing');
  const { id: eventId, type: eventType } = event;
  const context = { operator, subject, eventId, eventType, schemaVersion: SCHEMA_VERSION };
  return { from: { ...context, scope: 'subject', sealed }, collectedAt: occurredAt };
}

function shown(answer: Opened | undefined, about: object): object {
  if (answer?.status === 'value') return { value: answer.value, ...about };
  return { status: answer?.status ?? 'unavailable', ...about };
}

async function refusal(
  ledger: Ledger,
  event: LedgerEvent<'OperationRefused'>,
  state: SubjectState,
): Promise<DataAnswer> {
  const { code, codes, clauses, subject } = event.data;
  const certificate = state.destroyed === 'all' ? await certificateIn(ledger, subject) : undefined;
  return {
    code,
    codes,
    clauses,
    event: event.id,
    ...(certificate === undefined ? {} : { certificate }),
  };
}

async function certificateIn(ledger: Ledger, subject: string): Promise<Certificate | null> {
  let order: LedgerEvent<'DestructionOrdered'> | undefined;
  let found: Certificate | null = null;
  for await (const batch of ledger.parts.store.readStream(subjectStream(subject))) {
    for (const recorded of batch) {
      const event = decodeEvent(recorded.leaf);
      if (event.type === 'DestructionOrdered' && event.data.categories === undefined) order = event;
      if (event.type === 'DataDestroyed' && event.data.order === order?.id)
        found = certificateOf(order, event);
    }
  }
  return found;
}
