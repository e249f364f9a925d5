import { judgeRead, type ReadJudgement } from '../gate/judge-read.js';
import { citeLawful, citeRefusal } from '../gate/citations.js';
import { isDestroyed, type SubjectState } from '../subject/subject-state.js';
import { knownPurpose } from './ask-of.js';
import type { DecideContext, Draft } from './context.js';
import { frame } from './frame.js';

/** A read of values under a purpose, by the ledger itself. */
export interface ReadData {
  readonly purpose: string;
  /** Absent: every category that is held. */
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
  const categories = [...read.values.keys()].filter(
    (category) => read.categories?.includes(category) ?? true,
  );
  const judgement = judgeRead(
    { purpose, categories, actorRole: context.actorRole },
    state,
    context.recorded,
  );
  const common = {
    ...frame(state.registered, context),
    purpose,
    operation: 'retrieve',
    facts: [],
  } as const;
  if (judgement.released.length === 0) {
    return { draft: refusal(common, categories, judgement, { state, context }), judgement };
  }
  const sources = Object.fromEntries(
    judgement.released.map((category) => [category, read.values.get(category) ?? '']),
  );
  const ask = { kind: 'retrieve', purpose, facts: [], actorRole: context.actorRole } as const;
  const data = { ...common, categories: judgement.released, sources, medium: 'automated' } as const;
  const clauses = citeLawful(ask, context.recorded.policy, undefined);
  return {
    draft: { type: 'DataRetrieved', data: { ...data, verdict: 'lawful', clauses } },
    judgement,
  };
}

type Common = Omit<
  Extract<Draft, { type: 'DataRetrieved' }>['data'],
  'verdict' | 'clauses' | 'operation'
> & {
  readonly operation: 'retrieve';
};

function refusal(
  common: Common,
  categories: readonly string[],
  judgement: ReadJudgement,
  { state, context }: { readonly state: SubjectState; readonly context: DecideContext },
): Draft {
  const codes = isDestroyed(state) ? (['DESTROYED'] as const) : emptyAsDeleted(judgement.codes);
  const data = {
    ...common,
    categories,
    sources: {},
    verdict: 'refused',
    command: 'operate',
  } as const;
  const clauses = citeRefusal(codes, context.recorded.policy);
  return {
    type: 'OperationRefused',
    data: { ...data, clauses, code: codes[0] ?? 'DELETED', codes },
  };
}

/** Nothing is held: there is no value to release, as after a deletion. */
function emptyAsDeleted(codes: ReadJudgement['codes']): ReadJudgement['codes'] {
  return codes.length === 0 ? ['DELETED'] : codes;
}
