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
  const covers = (consent: Consent): boolean =>
    isNamed(consent, ask) && isLive(consent, at) && hasAll(consent, categories);
  const consent = state.consents.findLast(covers);
  return consent === undefined ? uncovered(state, ask, at) : { consent, codes: COVERED };
}

function uncovered(state: SubjectState, ask: Ask, at: number): ConsentCover {
  const named = state.consents.filter((consent) => isNamed(consent, ask));
  const live = named.filter((consent) => isLive(consent, at));
  const lacking = (ask.categories ?? []).filter(
    (category) => !live.some((consent) => consent.categories.has(category)),
  );
  const codes = lacking.map((category) =>
    whyNot(
      named.findLast((consent) => consent.categories.has(category)),
      at,
    ),
  );
  return { consent: null, codes: new Set(codes.length === 0 ? ['CONSENT_NOT_GIVEN'] : codes) };
}

function isNamed(consent: Consent, { purpose, basis }: Ask): boolean {
  return consent.purpose === purpose && (basis?.ref === undefined || consent.id === basis.ref);
}

function hasAll(consent: Consent, categories: readonly string[]): boolean {
  return categories.every((category) => consent.categories.has(category));
}

function whyNot(last: Consent | undefined, at: number): RefusalCode {
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
