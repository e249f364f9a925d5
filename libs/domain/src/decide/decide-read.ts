import type { EventData } from '../event/catalogue.js';
import type { Fact } from '../event/clear-fields.js';
import { codesOfNothing, judgeRead, type ReadJudgement } from '../gate/judge-read.js';
import type { SubjectState } from '../subject/subject-state.js';
import { knownCategories, knownPurpose } from './ask-of.js';
import type { DecideContext, Draft } from './context.js';
import { frame, outcome } from './frame.js';

/** A read of values under a purpose, by the ledger itself. */
export interface ReadData {
  readonly purpose: string;
  /** Absent: every category that is held. One that the policy does not know is none. */
  readonly categories?: readonly string[];
  /** Category → event whose value is read: today's, or those of an older moment. */
  readonly values: ReadonlyMap<string, string>;
}

/** Exactly one event: `DataRetrieved` with what is released, or a refusal; and what is withheld. */
export function decideRead(
  read: ReadData,
  state: SubjectState,
  context: DecideContext,
): { readonly draft: Draft; readonly judgement: ReadJudgement } {
  const purpose = knownPurpose(read.purpose, context) ?? null;
  const { actorRole, recorded } = context;
  const named = [...new Set(read.categories ?? read.values.keys())];
  const categories = read.categories === undefined ? named : knownCategories(named, context);
  const facts: Fact[] = categories.length < named.length ? ['unknown-category'] : [];
  const judged = judgeRead({ purpose, categories, actorRole }, state, recorded);
  const judgement = withholdingAbsent(judged, read.values);
  const asked = { purpose, operation: 'retrieve' } as const;
  const framed = (codes: ReadJudgement['codes']): ReturnType<typeof frame> => {
    const ask = { kind: 'retrieve', purpose, facts, actorRole } as const;
    return frame(state.registered, context, outcome(ask, { codes, basis: undefined }, context));
  };
  if (judgement.released.length === 0) {
    const refused = judged.withheld.map(({ category }) => category);
    const codes = codesOfNothing(judgement.codes, facts, state);
    const data = { ...framed(codes), ...asked, ...refusal(codes), categories: refused };
    return { draft: { type: 'OperationRefused', data }, judgement };
  }
  const sources = Object.fromEntries(
    judgement.released.map((category) => [category, read.values.get(category) ?? '']),
  );
  const data = {
    ...framed([]),
    ...asked,
    categories: judgement.released,
    sources,
    medium: 'automated',
  } as const;
  return { draft: { type: 'DataRetrieved', data }, judgement };
}

/** What the gate allows and nobody holds is as after a deletion. */
function withholdingAbsent(
  { released, withheld, codes }: ReadJudgement,
  values: ReadData['values'],
): ReadJudgement {
  const absent = released.filter((category) => !values.has(category));
  const deleted = absent.map((category) => ({ category, code: 'DELETED' as const }));
  return {
    released: released.filter((category) => values.has(category)),
    withheld: [...withheld, ...deleted],
    codes,
  };
}

function refusal(
  codes: ReadJudgement['codes'],
): Pick<EventData<'OperationRefused'>, 'command' | 'code' | 'codes' | 'sources'> {
  return { command: 'operate', code: codes[0] ?? 'DELETED', codes, sources: {} };
}
