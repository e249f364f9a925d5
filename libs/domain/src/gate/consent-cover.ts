import { isLive, type Consent, type SubjectState } from '../subject/subject-state.js';
import type { Ask } from './ask.js';
import type { RefusalCode } from './refusal-codes.js';

/** The consent an operation may rest on, or why none covers it. */
export interface ConsentCover {
  readonly consent: Consent | null;
  readonly codes: ReadonlySet<RefusalCode>;
}

const COVERED: ReadonlySet<RefusalCode> = new Set();

/**
 * Finds the latest live consent that covers purpose and all categories. Where none does: per uncovered category the
 * state of the latest consent that covered it, else not given; covered only by several together: not given
 * (contract §3; Law 94-V art. 7(1), 8).
 */
export function coverByConsent(state: SubjectState, ask: Ask, at: number): ConsentCover {
  const categories = ask.categories ?? [];
  const named = candidates(state, ask);
  const live = named.filter((consent) => isLive(consent, at));
  const whole = live.findLast((consent) => hasAll(consent, categories));
  if (whole !== undefined) return { consent: whole, codes: COVERED };
  const uncovered = categories.filter(
    (category) => !live.some((consent) => consent.categories.has(category)),
  );
  const codes = uncovered.map((category) =>
    lacking(
      named.findLast((consent) => consent.categories.has(category)),
      at,
    ),
  );
  return { consent: null, codes: new Set(codes.length === 0 ? ['CONSENT_NOT_GIVEN'] : codes) };
}

function candidates(state: SubjectState, ask: Ask): readonly Consent[] {
  const ref = ask.basis?.ref;
  return state.consents.filter(
    (consent) => consent.purpose === ask.purpose && (ref === undefined || consent.id === ref),
  );
}

function hasAll(consent: Consent, categories: readonly string[]): boolean {
  return categories.every((category) => consent.categories.has(category));
}

function lacking(last: Consent | undefined, at: number): RefusalCode {
  switch (last?.state) {
    case 'withdrawn':
      return 'CONSENT_WITHDRAWN';
    case 'expired':
      return 'CONSENT_EXPIRED';
    case 'given':
      return at >= last.validUntil ? 'CONSENT_EXPIRED' : 'CONSENT_NOT_GIVEN';
    case 'claimed':
      return 'CONSENT_UNPROVEN';
    default:
      return 'CONSENT_NOT_GIVEN';
  }
}
