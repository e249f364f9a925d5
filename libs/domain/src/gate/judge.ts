import type { BasisRow, Regime } from '../law/law.js';
import type { Consent, SubjectState } from '../subject/subject-state.js';
import type { Ask, AskKind, Moment, RecipientState } from './ask.js';
import { CHECKS, type Check, type Question } from './checks.js';
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

const KINDS: ReadonlySet<AskKind> = new Set(CHECKS.flatMap((check) => [...check.asked]));
const ASKED: ReadonlyMap<AskKind, readonly Check[]> = new Map(
  [...KINDS].map((kind) => [kind, CHECKS.filter((check) => check.asked.has(kind))]),
);

/**
 * Judges a question at each of the given moments: it must be lawful at all of them (design §5). Enforce asks at
 * `occurredAt` and at `recordedAt`, record at `occurredAt` alone.
 */
export function judge(
  ask: Ask,
  state: SubjectState,
  moments: readonly Moment[],
  recipient: RecipientState | undefined,
): Judgement {
  const questions = moments.map((moment) => questionAt(ask, state, moment, recipient));
  const checks = ASKED.get(ask.kind) ?? [];
  const said = checks.filter((check) => questions.some((question) => check.saysNo(question)));
  const [first] = questions;
  return {
    codes: said.map((check) => check.code),
    consent: first?.cover?.consent ?? null,
    basis: first?.basis,
  };
}

function questionAt(
  ask: Ask,
  state: SubjectState,
  moment: Moment,
  recipient: RecipientState | undefined,
): Question {
  const basis = basisOf(moment.regime, ask.basis?.code ?? null);
  const cover = requiresConsent(basis) ? coverByConsent(state, ask, moment.at) : undefined;
  return { ask, state, moment, basis, cover, recipient };
}

function basisOf(regime: Regime | null, code: string | null): BasisRow | undefined {
  const row = regime?.bases.find((basis) => basis.code === code);
  return row?.use === 'basis' && row.disabled !== true ? row : undefined;
}

function requiresConsent(basis: BasisRow | undefined): boolean {
  return basis?.requires.includes('consent') === true;
}
