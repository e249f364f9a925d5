import type { ActorRole, Json, Mode } from '../command/command.js';
import type { EventData, EventType } from '../event/catalogue.js';
import type { Moment, RecipientState } from '../gate/ask.js';
import type { Relied } from '../subject/relied.js';

/** What surrounds a decision on a subject: all that is neither the command nor the subject's state. */
export interface DecideContext {
  readonly mode: Mode;
  readonly actorRole: ActorRole;
  /** The emitter's claim, cut to the second. */
  readonly occurredAt: string;
  readonly occurred: Moment;
  readonly recorded: Moment;
  /** Streams read and their revisions, as they go into the event. */
  readonly read: Readonly<Record<string, string>>;
  /** Uuid of the n-th event of this command, from 0. */
  readonly eventId: (n: number) => string;
  /** Recipients named by the command, in its order; undefined where nobody knows it. */
  readonly recipients: readonly (
    { readonly id: string; readonly state: RecipientState } | undefined
  )[];
  /** The subject's operations that a late notice could overturn, in stream order: needed where a command `looksBack`. */
  readonly relied?: readonly Relied[];
  /** Ledger uuid of the contract that the command names. */
  readonly contract?: string;
}

/** An event to be: clear data, and the values to seal for it. */
export type Draft = {
  [T in EventType]: {
    readonly type: T;
    readonly data: EventData<T>;
    /** Under the subject's key. */
    readonly seal?: Readonly<Record<string, Json>> | undefined;
    /** Under the operator's key: outlives the subject. */
    readonly file?: Readonly<Record<string, Json>> | undefined;
  };
}[EventType];
