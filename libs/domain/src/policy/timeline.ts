import { DomainError } from '../domain-error.js';
import type { LedgerEvent } from '../event/ledger-event.js';
import type { Policy, Ruling } from './policy.js';
import { indexPolicy, type IndexedPolicy } from './policy-index.js';

/** When a policy version came into force. */
export interface Activation {
  readonly policy: IndexedPolicy;
  /** Milliseconds. */
  readonly effectiveFrom: number;
}

/** An operator's governance as its `policy-` stream tells it. */
export interface Timeline {
  /** Code of the operator, null until registered. */
  readonly operator: string | null;
  /** Published versions, by `id/version`. */
  readonly published: ReadonlyMap<string, IndexedPolicy>;
  /** Issued rulings, by `id/version`. */
  readonly rulings: ReadonlyMap<string, readonly Ruling[]>;
  /** In stream order. */
  readonly activations: readonly Activation[];
}

/** Of an operator that nobody registered yet. */
export const EMPTY_TIMELINE: Timeline = {
  operator: null,
  published: new Map(),
  rulings: new Map(),
  activations: [],
};

/**
 * The timeline after one more event of a `policy-` stream.
 * @throws {DomainError} OUT_OF_ORDER when a version is activated that was never published.
 */
export function evolveTimeline(timeline: Timeline, event: LedgerEvent): Timeline {
  switch (event.type) {
    case 'OperatorRegistered':
      return { ...timeline, operator: event.data.operator };
    case 'PolicyPublished': {
      // The publisher checked the document's shape before it was appended.
      const policy = indexPolicy(event.data.document as Policy, event.data.hash);
      return {
        ...timeline,
        published: withEntry(timeline.published, versionKey(event.data), policy),
      };
    }
    case 'RulingIssued': {
      const { contradiction, option } = event.data;
      const key = versionKey(event.data);
      const issued = [...(timeline.rulings.get(key) ?? []), { contradiction, option }];
      return { ...timeline, rulings: withEntry(timeline.rulings, key, issued) };
    }
    case 'PolicyActivated':
      return { ...timeline, activations: [...timeline.activations, activation(timeline, event)] };
    default:
      return timeline;
  }
}

/** The policy in force at an instant: of those effective by then, the one that took effect last. */
export function policyAt(timeline: Timeline, at: number): IndexedPolicy | null {
  let last: Activation | undefined;
  for (const candidate of timeline.activations) {
    if (candidate.effectiveFrom > at) continue;
    if (last === undefined || candidate.effectiveFrom >= last.effectiveFrom) last = candidate;
  }
  return last?.policy ?? null;
}

/** Key of a version in a timeline. */
export function versionKey({
  id,
  version,
}: {
  readonly id: string;
  readonly version: string;
}): string {
  return `${id}/${version}`;
}

function activation(timeline: Timeline, event: LedgerEvent<'PolicyActivated'>): Activation {
  const policy = timeline.published.get(versionKey(event.data));
  if (policy === undefined) {
    throw new DomainError(
      'OUT_OF_ORDER',
      'a policy version was activated that was never published',
    );
  }
  return { policy, effectiveFrom: Date.parse(event.data.effectiveFrom) };
}

function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map(map).set(key, value);
}
