import {
  SCHEMA_VERSION,
  assertClear,
  decide,
  decideRegistration,
  evolve,
  initialState,
  type DecideContext,
  type Draft,
  type LedgerEvent,
  type RecipientState,
  type SubjectCommand,
  type SubjectState,
} from '#domain';
import type { Governance } from '#ledger';

/** Operators of the shipped policies. */
export type Operator = 'akjet' | 'quicklid';

/** A recipient that commands may name. */
export interface KnownRecipient {
  readonly id: string;
  readonly state: RecipientState;
}

/** What surrounds the decisions on made-up subjects. */
export interface Surroundings {
  readonly governance: Governance;
  readonly operator: Operator;
  readonly recipient: KnownRecipient;
  readonly ledgerId: string;
  /** ISO instant in milliseconds that every event carries. */
  readonly recordedAt: string;
}

/** Uuid of a made-up subject, wherever one stands for all. */
export const MADE_SUBJECT = '5b1ec700-0000-4000-8000-000000000000';
/** When everything happens: both shipped policies are in force. */
const OCCURRED_AT = '2026-03-02T09:00:00Z';

/** A subject told by commands: its events are the gate's own, only their values were never sealed. */
export class MadeSubject {
  readonly events: LedgerEvent[] = [];
  #state: SubjectState = initialState;

  constructor(private readonly surroundings: Surroundings) {
    const { operator } = surroundings;
    const command = {
      kind: 'register-subject',
      operator,
      subjectKind: 'individual',
      identifiers: [],
    } as const;
    this.#take([decideRegistration(command, MADE_SUBJECT, this.context())]);
  }

  /** As its events tell it. */
  get state(): SubjectState {
    return this.#state;
  }

  /** What the next command is decided with; a command that names a recipient names the known one. */
  context(command?: SubjectCommand): DecideContext {
    const { governance, operator, recipient } = this.surroundings;
    const at = Date.parse(OCCURRED_AT);
    const named = command?.kind === 'operate' ? (command.recipients ?? []) : [];
    return {
      mode: 'enforce',
      actorRole:
        command?.kind === 'operate' && command.operation === 'destroy' ? 'officer' : 'emitter',
      occurredAt: OCCURRED_AT,
      occurred: governance.momentAt(operator, at),
      recorded: governance.momentAt(operator, at + 1000),
      read: { [`policy-${operator}`]: String(governance.revision(operator)) },
      eventId: (n) => idOf(this.events.length + n),
      recipients: named.map((name) => (name === recipient.id ? recipient : undefined)),
    };
  }

  /** Decides on commands, one after the other. */
  tell(...commands: readonly SubjectCommand[]): this {
    for (const command of commands) this.#take(decide(command, this.#state, this.context(command)));
    return this;
  }

  #take(drafts: readonly Draft[]): void {
    for (const draft of drafts) {
      const event = this.#event(draft);
      assertClear(event);
      this.events.push(event);
      this.#state = evolve(this.#state, event);
    }
  }

  #event(draft: Draft): LedgerEvent {
    const { ledgerId, recordedAt } = this.surroundings;
    const id = idOf(this.events.length);
    const { type, data } = draft;
    return {
      v: 1,
      ledgerId,
      stream: `subject-${MADE_SUBJECT}`,
      revision: String(this.events.length),
      prev: '',
      id,
      type,
      data: { ...data, ...sealed('sealed', draft.seal, id), ...sealed('filed', draft.file, id) },
      metadata: {
        actor: idOf(0),
        actorRole: 'emitter',
        correlationId: id,
        recordedAt,
        schemaVersion: SCHEMA_VERSION,
        ledgerId,
      },
    } as LedgerEvent;
  }
}

/** Uuid of the n-th event of the made-up subject. */
export function idOf(n: number): string {
  return `e0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

function sealed(name: 'sealed' | 'filed', values: Draft['seal'], envelope: string): object {
  const categories = Object.keys(values ?? {});
  if (categories.length === 0) return {};
  const commitments = Object.fromEntries(categories.map((key) => [key, COMMITMENT]));
  return { [name]: { envelope, commitments } };
}

const COMMITMENT = 'A'.repeat(43);
