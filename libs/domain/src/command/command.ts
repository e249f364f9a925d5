/** How a command is judged (design §5): asked before the act, or reported after it. */
export type Mode = 'enforce' | 'record';

/** In whose role the actor speaks (contract §4). */
export type ActorRole =
  'emitter' | 'officer' | 'auditor' | 'regulator' | 'subject' | 'admin' | 'ledger';

/** Text or structured text of the caller: a value, never in clear. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Where the command says the data come from. */
export interface DataSource {
  readonly kind: 'subject' | 'third-party' | 'public' | 'operator';
  /** Guarantee, link, snapshot hash…: caller text. */
  readonly evidence?: Json;
}

/** The basis a command relies on; codes as given, known or not. */
export interface BasisClaim {
  readonly code: string;
  /** Consent (uuid) or request it relies on. */
  readonly ref?: string;
  /** act:article. */
  readonly cite?: string;
  /** `POL-*` beside a real basis. */
  readonly label?: string;
}

/** An operation of clause 2.4 on one subject. */
export interface Operate {
  readonly kind: 'operate';
  /** As given; the gate says UNKNOWN_OPERATION. */
  readonly operation: string;
  readonly purpose?: string;
  readonly basis?: BasisClaim;
  /** Every operation but collect and clarify; absent in block, unblock, destroy: everything of the subject. */
  readonly categories?: readonly string[];
  /** collect and clarify: value by category. */
  readonly data?: Readonly<Record<string, string>>;
  readonly dataSource?: DataSource;
  /** Ledger ids, or references registered by the same source: one or several. */
  readonly recipients?: readonly string[];
  /** ISO 3166-1 alpha-2; absent means KZ. */
  readonly country?: string;
  readonly medium?: 'automated' | 'manual';
  readonly channel?: string;
  readonly strength?: 'pseudonymous' | 'anonymous';
  readonly method?: string;
  readonly reason?: string;
  readonly reasonCode?: string;
  readonly ground?: string;
  readonly act?: string;
  readonly approvedBy?: readonly string[];
  /** Documentary grounds (clarify), proof for a basis of art. 9. */
  readonly evidence?: Json;
  /** Number of the reasoned request, and its grounds (KZ-9.1). */
  readonly reference?: string;
  readonly grounds?: string;
}

/** Registration of a person under an operator. */
export interface RegisterSubject {
  readonly kind: 'register-subject';
  readonly operator: string;
  readonly subjectKind: string;
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[];
}

/** What was shown and how it was agreed to. */
export interface ConsentTerms {
  readonly purpose: string;
  readonly categories: readonly string[];
  /** ISO instant; absent: until the purpose is achieved (Law 94-V art. 8(6)). */
  readonly validUntil?: string;
  readonly thirdParties: boolean;
  readonly crossBorder: boolean;
  readonly publication: boolean;
  readonly channel: 'WRITTEN' | 'STATE_SERVICE' | 'NONSTATE_SERVICE' | 'OTHER_CONFIRMABLE';
  readonly evidence: {
    readonly kind: 'otp' | 'signature' | 'written' | 'click' | 'document' | 'implied';
    readonly textSha256?: string;
    readonly sha256?: string;
    readonly language?: string;
  };
}

/** A consent asked for, given, refused or only claimed. */
export interface RecordConsent {
  readonly kind: 'record-consent';
  readonly state: 'requested' | 'given' | 'refused' | 'claimed';
  readonly terms: ConsentTerms;
}

/** A withdrawal of one consent, or of all live consents of a purpose. */
export interface WithdrawConsent {
  readonly kind: 'withdraw-consent';
  readonly consent?: string;
  readonly purpose?: string;
}

/** A contract with the subject starts or ends. */
export interface NoteContract {
  readonly kind: 'note-contract';
  readonly change: 'started' | 'ended';
  /** The emitter's reference of the contract: caller text. */
  readonly contract: string;
}

/** A purpose was achieved or lost. */
export interface AchievePurpose {
  readonly kind: 'achieve-purpose';
  readonly purpose: string;
}

/** A hold keeps data from deletion and destruction (court, dispute, authority). */
export interface NoteHold {
  readonly kind: 'note-hold';
  readonly change: 'placed' | 'released';
  readonly reason: string;
  readonly categories?: readonly string[];
}

/** A subject's request under AKJET 8–9, QuickLid 4, Law 94-V art. 24. */
export interface ReceiveRequest {
  readonly kind: 'receive-request';
  readonly request:
    | 'information'
    | 'clarification'
    | 'blocking'
    | 'destruction'
    | 'withdrawal'
    | 'objection'
    | 'complaint';
  readonly channel: string;
  readonly receivedAt?: string;
  readonly details?: string;
}

/** Registration of a recipient; with `contractSha256` it is bound too. */
export interface RegisterRecipient {
  readonly kind: 'register-recipient';
  readonly operator: string;
  readonly name: string;
  readonly class: string;
  readonly country: string;
  readonly contractSha256?: string;
}

/** What an emitter can say in a CloudEvent (contract §3). */
export type EmitterCommand =
  | RegisterSubject
  | RegisterRecipient
  | Operate
  | RecordConsent
  | WithdrawConsent
  | NoteContract
  | AchievePurpose
  | NoteHold
  | ReceiveRequest;

/** A command as it came in: whose it is, which subject, when it happened by the emitter's word. */
export interface Submission {
  readonly source: string;
  readonly id: string;
  /** The emitter's own opaque reference of the subject (of the recipient in `register-recipient`). */
  readonly reference: string;
  /** ISO instant as given; absent: now. */
  readonly time?: string;
  readonly command: EmitterCommand;
}
