import type { ActorRole } from '../command/command.js';
import type { Fact } from '../event/clear-fields.js';
import { isDestroyed, type SubjectState } from '../subject/subject-state.js';
import type { Ask, Moment } from './ask.js';
import { REFUSAL_CODES, type RefusalCode } from './refusal-codes.js';
import { judge } from './judge.js';

/** What a read under a purpose may release, category by category. */
export interface ReadJudgement {
  readonly released: readonly string[];
  readonly withheld: readonly { readonly category: string; readonly code: RefusalCode }[];
  /** Union of all codes, in the order of the table. */
  readonly codes: readonly RefusalCode[];
}

/**
 * Judges a read by the ledger itself: each category on its own, by a live consent of the purpose or by the basis of
 * art. 9 it was collected under (contract §4).
 */
export function judgeRead(
  asked: {
    readonly purpose: string | null;
    readonly categories: readonly string[];
    readonly actorRole: ActorRole;
  },
  state: SubjectState,
  moment: Moment,
): ReadJudgement {
  const released: string[] = [];
  const withheld: { category: string; code: RefusalCode }[] = [];
  const found = new Set<RefusalCode>();
  for (const category of asked.categories) {
    const codes = codesFor(category, asked, state, moment);
    const [code] = codes;
    if (code === undefined) released.push(category);
    else withheld.push({ category, code });
    for (const each of codes) found.add(each);
  }
  return { released, withheld, codes: REFUSAL_CODES.filter((code) => found.has(code)) };
}

/** Why a read releases nothing; where no rule says no, there is no value to release, as after a deletion. */
export function codesOfNothing(
  codes: readonly RefusalCode[],
  facts: readonly Fact[],
  state: SubjectState,
): readonly RefusalCode[] {
  if (isDestroyed(state)) return ['DESTROYED'];
  const found = new Set(codes);
  if (facts.includes('unknown-category')) found.add('CATEGORY_NOT_FOR_SUBJECT_KIND');
  return found.size === 0 ? ['DELETED'] : REFUSAL_CODES.filter((code) => found.has(code));
}

function codesFor(
  category: string,
  { purpose, actorRole }: { readonly purpose: string | null; readonly actorRole: ActorRole },
  state: SubjectState,
  moment: Moment,
): readonly RefusalCode[] {
  const ask: Ask = { kind: 'retrieve', purpose, categories: [category], facts: [], actorRole };
  const byConsent = judge({ ...ask, basis: { code: 'KZ-CONSENT' } }, state, [moment], undefined);
  if (byConsent.codes.length === 0) return [];
  const holding = state.holdings.get(category);
  if (holding?.basis === null || holding === undefined) return byConsent.codes;
  // The evidence that the collection showed is the evidence of what rests on it.
  const byLaw = judge(
    { ...ask, basis: holding.basis, facts: holding.facts },
    state,
    [moment],
    undefined,
  );
  return byLaw.codes.length === 0 ? [] : byConsent.codes;
}
