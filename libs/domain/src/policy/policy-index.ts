import type { IdentifierScheme } from '../identifier/scheme.js';
import type { Policy, Purpose, SourceRule } from './policy.js';

/** A policy version prepared for the gate: constant-time answers. */
export interface IndexedPolicy {
  readonly policy: Policy;
  /** SHA-256 of the canonical policy, `sha256:…`. */
  readonly hash: string;
  /** How an event names this version. */
  readonly reference: { readonly hash: string; readonly id: string; readonly version: string };
  readonly purposes: ReadonlyMap<string, Purpose>;
  /** Kind → its categories. */
  readonly kinds: ReadonlyMap<string, ReadonlySet<string>>;
  readonly categories: ReadonlySet<string>;
  /** Purpose → kind → admitted categories. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
  readonly sources: ReadonlyMap<string, SourceRule>;
  /** Category → identifier scheme that its values must pass. */
  readonly schemes: ReadonlyMap<string, IdentifierScheme>;
  /** Recipient classes that must be bound by contract before they get anything. */
  readonly boundClasses: ReadonlySet<string>;
  /** Operation, or purpose → the clause that names it, as it is cited: `akjet:2.4`. */
  readonly citations: ReadonlyMap<string, string>;
  /** Refusal code → clauses that a refusal with it cites. */
  readonly refusals: ReadonlyMap<string, readonly string[]>;
}

/** The table as it is shown: purpose × subject kind → categories admitted. */
export function tableOf({ rows }: Pick<IndexedPolicy, 'rows'>): readonly {
  readonly purpose: string;
  readonly kind: string;
  readonly categories: readonly string[];
}[] {
  return [...rows].flatMap(([purpose, kinds]) =>
    [...kinds].map(([kind, admitted]) => ({ purpose, kind, categories: [...admitted] })),
  );
}

/** Prepares a policy; `hash` is made by the caller over the canonical bytes. */
export function indexPolicy(policy: Policy, hash: string): IndexedPolicy {
  const kinds = new Map(policy.subjectKinds.map((kind) => [kind.code, new Set(kind.categories)]));
  const admitted = ({ admits }: Purpose): ReadonlyMap<string, ReadonlySet<string>> =>
    new Map(
      Object.entries(admits).map(([kind, codes]) => [
        kind,
        codes === 'all' ? (kinds.get(kind) ?? new Set()) : new Set(codes),
      ]),
    );
  return {
    policy,
    hash,
    reference: { hash, id: policy.id, version: policy.version },
    kinds,
    rows: new Map(policy.purposes.map((purpose) => [purpose.code, admitted(purpose)])),
    purposes: new Map(policy.purposes.map((purpose) => [purpose.code, purpose])),
    categories: new Set(policy.categories.map((category) => category.code)),
    sources: new Map(policy.sources.map((source) => [source.kind, source])),
    schemes: new Map(
      policy.categories.flatMap(({ code, scheme }) =>
        scheme === undefined ? [] : [[code, scheme]],
      ),
    ),
    boundClasses: new Set(
      policy.recipientClasses.filter((item) => item.binding !== 'by-law').map((item) => item.code),
    ),
    ...citationsOf(policy),
  };
}

function citationsOf(policy: Policy): Pick<IndexedPolicy, 'citations' | 'refusals'> {
  const cited = (clause: string): string => `${policy.id}:${clause}`;
  const operations = policy.operations.map(({ operation, clause }) => [operation, clause] as const);
  const purposes = policy.purposes.map(({ code, clause }) => [code, clause] as const);
  return {
    citations: new Map([...operations, ...purposes].map(([code, of]) => [code, cited(of)])),
    refusals: new Map(
      Object.entries(policy.refusals).map(([code, clauses]) => [code, clauses.map(cited)]),
    ),
  };
}
