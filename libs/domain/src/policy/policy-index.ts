import type { IdentifierScheme } from '../identifier/scheme.js';
import type { Policy, Purpose, SourceRule } from './policy.js';

/** A policy version prepared for the gate: constant-time answers. */
export interface IndexedPolicy {
  readonly policy: Policy;
  /** SHA-256 of the canonical policy, `sha256:…`. */
  readonly hash: string;
  readonly purposes: ReadonlyMap<string, Purpose>;
  /** Kind → its categories. */
  readonly kinds: ReadonlyMap<string, ReadonlySet<string>>;
  readonly categories: ReadonlySet<string>;
  /** `purpose/kind` → admitted categories. */
  readonly rows: ReadonlyMap<string, ReadonlySet<string>>;
  readonly sources: ReadonlyMap<string, SourceRule>;
  /** Category → identifier scheme that its values must pass. */
  readonly schemes: ReadonlyMap<string, IdentifierScheme>;
  /** Recipient classes that must be bound by contract before they get anything. */
  readonly boundClasses: ReadonlySet<string>;
  /** Operation → clause of the document that names it. */
  readonly operationClauses: ReadonlyMap<string, string>;
}

/** Prepares a policy; `hash` is made by the caller over the canonical bytes. */
export function indexPolicy(policy: Policy, hash: string): IndexedPolicy {
  const kinds = new Map(policy.subjectKinds.map((kind) => [kind.code, new Set(kind.categories)]));
  const rows = new Map<string, ReadonlySet<string>>();
  for (const purpose of policy.purposes) {
    for (const [kind, admitted] of Object.entries(purpose.admits)) {
      rows.set(
        `${purpose.code}/${kind}`,
        admitted === 'all' ? (kinds.get(kind) ?? new Set()) : new Set(admitted),
      );
    }
  }
  return {
    policy,
    hash,
    kinds,
    rows,
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
    operationClauses: new Map(policy.operations.map((label) => [label.operation, label.clause])),
  };
}
