import { createHash } from 'node:crypto';
import {
  EMPTY_TIMELINE,
  LAW,
  canonicalBytes,
  decodeEvent,
  evolveTimeline,
  indexLaw,
  policyAt,
  regimeAt,
  type IdentifierScheme,
  type LedgerEvent,
  type Moment,
  type Regime,
  type Timeline,
} from '#domain';
import type { EventStore } from '#event-store';

const LAW_INDEX = indexLaw(LAW);
const REGIME_HASHES = new Map<Regime, string>();

/** What is in force for an operator, at any time and as of any revision of its `policy-` stream. */
export class Governance {
  readonly #read = new Map<string, Readonly<Record<string, string>>>();
  /** Operator → timeline after each revision. */
  readonly #timelines = new Map<string, Timeline[]>();
  readonly #schemes = new WeakMap<Timeline, ReadonlyMap<string, IdentifierScheme>>();

  /** Loads the `policy-` streams of these operators. */
  static async load(store: EventStore, operators: readonly string[]): Promise<Governance> {
    const governance = new Governance();
    for (const operator of operators) {
      for await (const batch of store.readStream(policyStream(operator))) {
        for (const recorded of batch) governance.evolve(decodeEvent(recorded.leaf));
      }
    }
    return governance;
  }

  /** Takes in what was recorded since, here or by another node. */
  async catchUp(store: EventStore): Promise<void> {
    for (const operator of this.operators()) {
      const next = BigInt(this.revision(operator) + 1);
      for await (const batch of store.readStream(policyStream(operator), next)) {
        for (const recorded of batch) this.evolve(decodeEvent(recorded.leaf));
      }
    }
  }

  /** Takes in one more event; those of other streams are ignored, and those that were taken in before. */
  evolve(event: LedgerEvent): void {
    if (!event.stream.startsWith('policy-')) return;
    const operator = event.stream.slice('policy-'.length);
    const timelines = this.#timelines.get(operator) ?? [];
    if (Number(event.revision) < timelines.length) return;
    timelines.push(evolveTimeline(timelines.at(-1) ?? EMPTY_TIMELINE, event));
    this.#timelines.set(operator, timelines);
  }

  /** Codes of registered operators. */
  operators(): readonly string[] {
    return [...this.#timelines.keys()];
  }

  /** Whether an operator is registered. */
  isOperator(operator: string): boolean {
    return this.#timelines.has(operator);
  }

  /** Revision of an operator's `policy-` stream. */
  revision(operator: string): number {
    return (this.#timelines.get(operator)?.length ?? 0) - 1;
  }

  /** What every decision under an operator's policies reads, and at which revision; one object as long as they stay. */
  read(operator: string): Readonly<Record<string, string>> {
    const known = this.#read.get(operator);
    const revision = String(this.revision(operator));
    const stream = policyStream(operator);
    if (known?.[stream] === revision) return known;
    const read = { [stream]: revision };
    this.#read.set(operator, read);
    return read;
  }

  /** An operator's timeline, today's or as of a revision. */
  timeline(operator: string, revision?: number): Timeline {
    const timelines = this.#timelines.get(operator) ?? [];
    return timelines.at(revision ?? -1) ?? EMPTY_TIMELINE;
  }

  /** Identifier schemes that values of an operator's categories must pass, by any published version. */
  schemes(operator: string): ReadonlyMap<string, IdentifierScheme> {
    const timeline = this.timeline(operator);
    const known = this.#schemes.get(timeline);
    if (known !== undefined) return known;
    const all = [...timeline.published.values()].reverse();
    const schemes = new Map(all.flatMap((policy) => [...policy.schemes]));
    this.#schemes.set(timeline, schemes);
    return schemes;
  }

  /** Policy and regime in force at an instant (ms), by today's governance or as of a revision. */
  momentAt(operator: string, at: number, revision?: number): Moment {
    const regime = regimeAt(LAW_INDEX, new Date(at)) ?? null;
    const policy = policyAt(this.timeline(operator, revision), at);
    return { at, policy, regime, regimeHash: regime === null ? null : hashOfRegime(regime) };
  }
}

/** The stream of an operator's policies. */
export function policyStream(operator: string): string {
  return `policy-${operator}`;
}

/** `sha256:` and the hex hash of canonical JSON. */
export function publishedHashOf(value: unknown): string {
  return `sha256:${createHash('sha256').update(canonicalBytes(value)).digest('hex')}`;
}

function hashOfRegime(regime: Regime): string {
  const known = REGIME_HASHES.get(regime);
  if (known !== undefined) return known;
  const hash = publishedHashOf(regime);
  REGIME_HASHES.set(regime, hash);
  return hash;
}
