import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';

/** An event as the server gives it out. */
export interface Arrival {
  readonly id: string;
  /** Its name on the server. */
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly leaf: Uint8Array;
  /** Of $all; means nothing in reads of one stream, where not every server says it. */
  readonly commit: number;
  readonly prepare: number;
}

/** Position of $all; opaque, increasing. */
export type Place = Pick<Arrival, 'commit' | 'prepare'>;

/** Undefined for a link to an event that is gone. */
export function arrivalOf(resolved: ResolvedEvent | AllStreamResolvedEvent): Arrival | undefined {
  const { event } = resolved;
  if (event === undefined) return undefined;
  const { id, streamId: stream, type, position } = event;
  return {
    id,
    stream,
    revision: Number(event.revision),
    type,
    // JSON is of others: our leaves are stored as the bytes that they are.
    leaf: event.isJson ? new Uint8Array() : event.data,
    commit: Number(position?.commit ?? 0n),
    prepare: Number(position?.prepare ?? 0n),
  };
}

/** Whether a place comes after another one. */
export function isAfter(one: Place, other: Place): boolean {
  return one.commit > other.commit || (one.commit === other.commit && one.prepare > other.prepare);
}

/** A place as the client takes it. */
export function positionOf({ commit, prepare }: Place): { commit: bigint; prepare: bigint } {
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}
