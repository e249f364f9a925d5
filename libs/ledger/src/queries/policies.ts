import { policyAt, tableOf, type IndexedPolicy, type Policy, type Ruling } from '#domain';
import type { Ledger } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';

/** A published version, by name. */
export interface PolicySummary {
  readonly id: string;
  readonly version: string;
  readonly hash: string;
  readonly operator: string;
  readonly inForce: boolean;
}

/** A published version with everything the gate reads. */
export interface PolicyAnswer extends PolicySummary {
  readonly rulings: readonly Ruling[];
  readonly document: Policy;
  /** Purpose × subject kind → categories admitted. */
  readonly table: readonly {
    readonly purpose: string;
    readonly kind: string;
    readonly categories: readonly string[];
  }[];
}

/** Published versions of all operators, or of one. */
export function showPolicies(
  ledger: Ledger,
  operator?: string,
): { readonly policies: readonly PolicySummary[] } {
  return { policies: published(ledger, operator).map(({ summary }) => summary) };
}

/**
 * The version of a policy that is in force, else the one published last; or the version that is named.
 * @throws {LedgerError} NOT_FOUND.
 */
export function showPolicy(
  ledger: Ledger,
  id: string,
  asked: { readonly operator?: string; readonly version?: string },
): PolicyAnswer {
  const versions = published(ledger, asked.operator).filter(
    ({ summary }) => summary.id === id && (asked.version ?? summary.version) === summary.version,
  );
  const found = versions.find(({ summary }) => summary.inForce) ?? versions.at(-1);
  if (found === undefined) throw new LedgerError('NOT_FOUND', 'no such policy is published here');
  const { policy } = found.indexed;
  const table = tableOf(found.indexed);
  return { ...found.summary, rulings: found.rulings, document: policy, table };
}

interface Published {
  readonly summary: PolicySummary;
  readonly indexed: IndexedPolicy;
  readonly rulings: readonly Ruling[];
}

function published(ledger: Ledger, only: string | undefined): readonly Published[] {
  const { governance } = ledger.parts;
  const now = ledger.recorder.now().getTime();
  return governance
    .operators()
    .filter((operator) => (only ?? operator) === operator)
    .flatMap((operator) => {
      const timeline = governance.timeline(operator);
      const current = policyAt(timeline, now);
      return [...timeline.published].map(([key, indexed]): Published => {
        const { id, version } = indexed.policy;
        const inForce = indexed === current;
        const summary = { id, version, hash: indexed.hash, operator, inForce };
        return { summary, indexed, rulings: timeline.rulings.get(key) ?? [] };
      });
    });
}
