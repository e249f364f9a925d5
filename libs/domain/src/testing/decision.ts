import type { Draft } from '../decide/context.js';
import { decide, type SubjectCommand } from '../decide/decide.js';
import { evolve } from '../subject/evolve.js';
import { initialState, type SubjectState } from '../subject/subject-state.js';
import { START_MS, contextOf, eventsOf, historyOf, type Step } from './history.js';

const HOUR_MS = 3_600_000;

/** A command as the next step, a day after the one before, in record mode unless told. */
export function say(command: object, more: Partial<Step> & Sent = {}): Step {
  const { recipients = [], ...over } = more;
  return {
    act: { kind: 'command', command: command as SubjectCommand, recipients },
    mode: 'record',
    actorRole: 'officer',
    waitHours: 24,
    lateHours: 0,
    ...over,
  };
}

interface Sent {
  /** Places in `RECIPIENTS`. */
  readonly recipients?: number[];
}

/** What is known of a registered subject after the steps. */
export function stateAfter(past: readonly Step[]): SubjectState {
  return eventsOf(historyOf(past)).reduce(evolve, initialState);
}

/** What surrounds the decision on a step after the steps before it. */
export function contextAfter(past: readonly Step[], next: Step): ReturnType<typeof contextOf> {
  const waited = [...past, next].reduce((hours, { waitHours }) => hours + waitHours, 0);
  const events = eventsOf(historyOf(past));
  return contextOf(next, past.length + 1, START_MS + waited * HOUR_MS, events);
}

/** The drafts that a command makes after the steps before it. */
export function draftsAfter(past: readonly Step[], next: Step): readonly Draft[] {
  if (next.act.kind !== 'command') throw new Error('only a command is decided on');
  return decide(next.act.command, stateAfter(past), contextAfter(past, next));
}

/** Consent of the subject of `historyOf` to `acme:sell`, for its name and phone. */
export const CONSENT = {
  kind: 'record-consent',
  state: 'given',
  terms: {
    purpose: 'acme:sell',
    categories: ['acme:name', 'acme:phone'],
    thirdParties: true,
    crossBorder: false,
    publication: false,
    channel: 'WRITTEN',
    evidence: { kind: 'written' },
  },
} as const;

/** An operation on the name under that consent. */
export function operate(operation: string, more: object = {}): object {
  const asked = {
    purpose: 'acme:sell',
    basis: { code: 'KZ-CONSENT' },
    categories: ['acme:name'],
  };
  return { kind: 'operate', operation, ...asked, ...more };
}

/** Collecting of values under that consent. */
export function collect(data: Readonly<Record<string, string>>, more: object = {}): object {
  return operate('collect', { categories: undefined, data, ...more });
}
