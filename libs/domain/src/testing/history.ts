import type { ActorRole, Mode } from '../command/command.js';
import type { DecideContext, Draft } from '../decide/context.js';
import { decideRead } from '../decide/decide-read.js';
import { decide, decideRegistration, type SubjectCommand } from '../decide/decide.js';
import { frame } from '../decide/frame.js';
import { canonicalBytes } from '../event/canonical.js';
import type { Ground } from '../event/clear-fields.js';
import { assertClear, decodeEvent, type LedgerEvent } from '../event/ledger-event.js';
import { evolve } from '../subject/evolve.js';
import { reliedIn } from '../subject/relied.js';
import { initialState, type SubjectState } from '../subject/subject-state.js';
import { RECIPIENTS, momentAt } from './acme.js';

const SUBJECT = '11111111-1111-4111-8111-111111111111';
const HOUR_MS = 3_600_000;

/** The instant before which nothing is recorded. */
export const START_MS = Date.parse('2026-03-12T09:00:00Z');

/** What happens next: a command, a read through the ledger, or what the ledger notes by itself. */
export type Act =
  | { readonly kind: 'command'; readonly command: SubjectCommand; readonly recipients: number[] }
  | {
      readonly kind: 'read';
      readonly purpose: string;
      readonly categories?: readonly string[] | undefined;
    }
  | { readonly kind: 'expire'; readonly purpose: string }
  | { readonly kind: 'approve'; readonly ground: Ground }
  | { readonly kind: 'complete' };

/** An act, when it is recorded and how long before that it happened. */
export interface Step {
  readonly act: Act;
  readonly mode: Mode;
  readonly actorRole: ActorRole;
  readonly waitHours: number;
  readonly lateHours: number;
}

/** An event as it was stored, with what was known just before it. */
export interface Told {
  readonly event: LedgerEvent;
  readonly before: SubjectState;
  /** Which step made it; 0 is the registration. */
  readonly step: number;
}

/** Uuid of the n-th event of a step. */
export function idOf(step: number, n: number): string {
  return `00000000-0000-4000-8000-${String(step * 100 + n).padStart(12, '0')}`;
}

/** A subject's stream, made by the steps as the ledger would make it: decided, stored, read back, folded. */
export function historyOf(steps: readonly Step[]): readonly Told[] {
  const told: Told[] = [];
  let state = initialState;
  let recordedMs = START_MS;
  const append = (drafts: readonly Draft[], step: number, actorRole: ActorRole): void => {
    drafts.forEach((draft, n) => {
      const event = stored(draft, { step, n, position: told.length, recordedMs, actorRole });
      told.push({ event, before: state, step });
      state = evolve(state, event);
    });
  };
  append([registration()], 0, 'emitter');
  steps.forEach((step, index) => {
    recordedMs += step.waitHours * HOUR_MS;
    const context = contextOf(step, index + 1, recordedMs, eventsOf(told));
    append(draftsOf(step.act, state, context), index + 1, step.actorRole);
  });
  return told;
}

/** The events of a history. */
export function eventsOf(told: readonly Told[]): readonly LedgerEvent[] {
  return told.map(({ event }) => event);
}

/** What surrounds the decision on a step that is recorded at an instant, after a past. */
export function contextOf(
  step: Step,
  index: number,
  recordedMs: number,
  past: readonly LedgerEvent[],
): DecideContext {
  const { act, mode, actorRole, lateHours } = step;
  const occurredMs = recordedMs - (act.kind === 'command' ? lateHours * HOUR_MS : 0);
  return {
    // The ledger's own reads are never reported.
    mode: act.kind === 'read' ? 'enforce' : mode,
    actorRole,
    occurredAt: `${new Date(occurredMs).toISOString().slice(0, 19)}Z`,
    occurred: momentAt(occurredMs),
    recorded: momentAt(recordedMs),
    read: { 'policy-acme': '1' },
    eventId: (n) => idOf(index, n),
    recipients: act.kind === 'command' ? act.recipients.map((n) => RECIPIENTS[n]) : [],
    relied: past.map(reliedIn).filter((relied) => relied !== undefined),
    contract: idOf(99, 0),
  };
}

function registration(): Draft {
  const command = {
    kind: 'register-subject',
    operator: 'acme',
    subjectKind: 'person',
    identifiers: [],
  } as const;
  const first = { act: { kind: 'complete' }, mode: 'enforce', actorRole: 'emitter' } as const;
  const step: Step = { ...first, waitHours: 0, lateHours: 0 };
  return decideRegistration(command, SUBJECT, contextOf(step, 0, START_MS, []));
}

function draftsOf(act: Act, state: SubjectState, context: DecideContext): readonly Draft[] {
  if (act.kind === 'command') return decide(act.command, state, context);
  if (act.kind === 'read') {
    const values = new Map([...state.holdings].map(([category, { event }]) => [category, event]));
    const named = act.categories === undefined ? {} : { categories: act.categories };
    return [decideRead({ purpose: act.purpose, ...named, values }, state, context).draft];
  }
  const common = frame(state.registered, context, { verdict: 'lawful', clauses: [], facts: [] });
  switch (act.kind) {
    case 'expire': {
      const ended = state.consents.filter(({ purpose }) => purpose === act.purpose);
      return [{ type: 'ConsentExpired', data: { ...common, consents: ended.map(({ id }) => id) } }];
    }
    case 'approve':
      return [{ type: 'DestructionApproved', data: { ...common, ground: act.ground } }];
    case 'complete':
      return [...state.openOrders].map((order) => ({
        type: 'DataDestroyed',
        data: { ...common, order, generation: 1, epoch: 1, envelopes: 1, method: 'crypto-shred' },
      }));
  }
}

interface Place {
  readonly step: number;
  readonly n: number;
  readonly position: number;
  readonly recordedMs: number;
  readonly actorRole: ActorRole;
}

function stored({ type, data, seal, file }: Draft, place: Place): LedgerEvent {
  const ledgerId = SUBJECT;
  const event = {
    v: 1,
    ledgerId,
    stream: `subject-${SUBJECT}`,
    revision: String(place.position),
    prev: '',
    id: idOf(place.step, place.n),
    type,
    data: { ...data, ...sealedAs('sealed', seal), ...sealedAs('filed', file) },
    metadata: {
      actor: SUBJECT,
      actorRole: place.actorRole,
      correlationId: SUBJECT,
      recordedAt: new Date(place.recordedMs).toISOString(),
      schemaVersion: '1',
      ledgerId,
    },
  } as LedgerEvent;
  assertClear(event);
  return decodeEvent(canonicalBytes(event));
}

function sealedAs(field: 'sealed' | 'filed', values: object | undefined): object {
  const names = Object.keys(values ?? {});
  if (names.length === 0) return {};
  const commitments = Object.fromEntries(names.map((name) => [name, 'A'.repeat(43)]));
  return { [field]: { envelope: SUBJECT, commitments } };
}
