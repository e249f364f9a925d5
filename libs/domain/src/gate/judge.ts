import type { BasisRow } from '../law/law.js';
import { basisOf } from '../law/regime.js';
import type { Consent, SubjectState } from '../subject/subject-state.js';
import type { Ask, AskKind, Moment, RecipientState } from './ask.js';
import { CHECKS, requires, type Check, type Question } from './checks.js';
import { coverByConsent } from './consent-cover.js';
import type { RefusalCode } from './refusal-codes.js';

/** The gate's answer; no codes means lawful. */
export interface Judgement {
  /** All that apply, in the order of the table. */
  readonly codes: readonly RefusalCode[];
  /** The consent relied on, when the basis is KZ-CONSENT. */
  readonly consent: Consent | null;
  readonly basis: BasisRow | undefined;
}

/** Judges a question at each of the given moments. */
export type Judge = (
  ask: Ask,
  state: SubjectState,
  moments: readonly Moment[],
  recipient: RecipientState | undefined,
) => Judgement;

/**
 * Judges a question at each of the given moments: it must be lawful at all of them (design §5). Enforce asks at
 * `occurredAt` and at `recordedAt`, record at `occurredAt` alone.
 */
export const judge: Judge = judgeBy(CHECKS);

/** A gate with these rows for its table, in their order. */
export function judgeBy(checks: readonly Check[]): Judge {
  const asked = byKind(checks);
  return (ask, state, moments, recipient) => {
    const questions = moments.map((moment) => questionAt(ask, state, moment, recipient));
    const codes: RefusalCode[] = [];
    for (const check of asked.get(ask.kind) ?? []) {
      if (saysNo(check, questions)) codes.push(check.code);
    }
    const [first] = questions;
    return { codes, consent: first?.cover?.consent ?? null, basis: first?.basis };
  };
}

function byKind(checks: readonly Check[]): ReadonlyMap<AskKind, readonly Check[]> {
  const kinds = new Set(checks.flatMap((check) => [...check.asked]));
  return new Map([...kinds].map((kind) => [kind, checks.filter((check) => check.asked.has(kind))]));
}

function saysNo(check: Check, questions: readonly Question[]): boolean {
  for (const question of questions) if (check.saysNo(question)) return true;
  return false;
}

function questionAt(
  ask: Ask,
  state: SubjectState,
  moment: Moment,
  recipient: RecipientState | undefined,
): Question {
  const basis = basisAt(moment, ask);
  const cover = requires(basis, 'consent') ? coverByConsent(state, ask, moment.at) : undefined;
  return { ask, state, moment, basis, cover, recipient };
}

function basisAt({ regime }: Moment, { basis }: Ask): BasisRow | undefined {
  if (regime === null || basis === undefined || basis.code === null) return undefined;
  const row = basisOf(regime, basis.code);
  return row?.use === 'basis' && row.disabled !== true ? row : undefined;
}
