import type { ActorRole } from '../command/command.js';
import type { Fact } from '../event/clear-fields.js';
import type { IndexedPolicy } from '../policy/policy-index.js';
import type { Regime } from '../law/law.js';
import type { Operation } from './operation.js';

/** What is asked of the gate: an operation of 2.4, or one of the other commands that it judges. */
export type AskKind =
  | Operation
  | 'unknown'
  | 'registration'
  | 'consent'
  | 'contract'
  | 'purpose-end'
  | 'withdrawal'
  | 'hold';

/**
 * The clear half of a command, exactly as its event carries it, so that a replay asks the same question.
 * In `purpose`, `basis.code`, `recipient` and `ground`, null stands for a code that nobody knows.
 */
export interface Ask {
  readonly kind: AskKind;
  readonly purpose?: string | null | undefined;
  readonly basis?:
    | {
        readonly code: string | null;
        readonly ref?: string | null | undefined;
        readonly cite?: string | undefined;
        readonly label?: string | undefined;
      }
    | undefined;
  /** Known categories; absent: everything of the subject. */
  readonly categories?: readonly string[] | undefined;
  readonly dataSource?: { readonly kind: string } | undefined;
  readonly recipient?: string | null | undefined;
  readonly country?: string | undefined;
  readonly strength?: 'pseudonymous' | 'anonymous' | undefined;
  readonly ground?: string | null | undefined;
  /** Consents a withdrawal names; resolved by the caller from consent or purpose. */
  readonly consents?: readonly string[] | undefined;
  readonly facts: readonly Fact[];
  readonly actorRole: ActorRole;
}

/** What was in force at one moment. */
export interface Moment {
  /** Milliseconds. */
  readonly at: number;
  readonly policy: IndexedPolicy | null;
  readonly regime: Regime | null;
  /** Citable hash of the regime's rows. */
  readonly regimeHash: string | null;
}

/** A recipient as its stream tells it. */
export interface RecipientState {
  readonly operator: string;
  readonly class: string;
  readonly country: string;
  readonly bound: boolean;
}
