/** A short text in the three languages in which people read. */
export interface Trilingual {
  readonly kk: string;
  readonly ru: string;
  readonly en: string;
}

/** A clause of the published document by its number, with one sentence of our own. */
export interface Clause {
  /** As printed, without the final dot: `6.2.13`. Unnumbered parts of a clause get a suffix: `6.1-term`. */
  readonly number: string;
  readonly summary: Trilingual;
  /** Numbers of clauses of the same document that the text points to. */
  readonly refersTo?: readonly string[];
}

/** A kind of personal data that the policy names. */
export interface Category {
  /** `operator:name`. */
  readonly code: string;
  readonly clause: string;
  /** Number of the entry in the clause's list; two codes may share one (C-02). */
  readonly entry: number;
  readonly name: { readonly kk: string; readonly ru: string };
  /** Identifier scheme whose check digits a value must pass. */
  readonly scheme?: 'KZ-IIN' | 'RU-INN' | 'RU-SNILS';
  /** Needs elevated access: medical, financial, biometric data. */
  readonly restricted?: true;
  /** Identifies by a biological feature when used so (Law 94-V art. 1(1)). */
  readonly biometric?: true;
  /** Law that demands keeping it beyond the purpose, as act:article (C-05); absent: none. */
  readonly retentionLawRef?: string;
  /** Not admitted until the file registers fields by name (C-19). */
  readonly unregistered?: true;
}

/** Who the data are about. */
export interface SubjectKind {
  readonly code: string;
  readonly clause: string;
  readonly name: Trilingual;
  /** Category codes in the document's order. */
  readonly categories: readonly string[];
}

/** What the operator declared that it processes data for, and the row of the purpose × category × kind table. */
export interface Purpose {
  readonly code: string;
  readonly clause: string;
  readonly name: Trilingual;
  /** Subject kinds → admitted categories; the literal `all` stands for every category of that kind. */
  readonly admits: Readonly<Record<string, readonly string[] | 'all'>>;
  /** Only depersonalised data may be processed (QuickLid 3.6). */
  readonly depersonalisedOnly?: true;
  /** Operations that a block does not stop under this purpose (contract §3, BLOCKED). */
  readonly freeWhenBlocked?: readonly string[];
}

/** A basis as the document words it: a label, mapped to what the Law knows. */
export interface PolicyBasis {
  readonly code: string;
  readonly clause: string;
  readonly name: Trilingual;
  /** Codes of the Law's bases that it can stand for; empty: never a basis by itself (C-08). */
  readonly lawCodes: readonly string[];
}

/** When keeping ends. */
export interface RetentionRule {
  readonly code: string;
  readonly clause: string;
  /** What starts the term. */
  readonly anchor: 'purpose-achieved' | 'contract-ended' | 'consent-ended';
  /** ISO 8601 duration, whole years or days (`P5Y`, `P0D`). */
  readonly term: string;
  readonly note: Trilingual;
}

/** Whom data may be given to. */
export interface RecipientClass {
  readonly code: string;
  readonly clause: string;
  readonly name: Trilingual;
  /** Bound by a contract before it gets anything (Law 94-V art. 10(1)), or by the law itself (state bodies). */
  readonly binding: 'contract' | 'by-law';
}

/** Where data may come from. */
export interface SourceRule {
  readonly kind: 'subject' | 'third-party' | 'public' | 'operator';
  readonly clause: string;
  readonly permitted: boolean;
  /** Needs evidence beside it (third party's guarantee, source link). */
  readonly evidence: boolean;
}

/** A word of clause 2.4 (or its like) in the document's sense beside the Law's; the Law's decides (C-24). */
export interface OperationLabel {
  /** Code of the operation in this system. */
  readonly operation: string;
  /** Whether the document's own list of operations names it. */
  readonly listed: boolean;
  readonly clause: string;
  readonly word: { readonly kk: string; readonly ru?: string };
}

/** Where the document departs from the Law: shown, never followed. */
export interface ProfileDifference {
  readonly term: 'block' | 'depersonalise' | 'transfer' | 'delete' | 'destroy' | 'processing';
  readonly clause: string;
  readonly policySense: Trilingual;
  readonly lawSense: Trilingual;
  /** Citation of the Law, act:article. */
  readonly law: string;
}

/** A defect of the document and how it can be ruled on (`clauses.md` §3). */
export interface Contradiction {
  /** `C-01` … `C-26`. */
  readonly code: string;
  /** The policy version cannot be activated without a ruling. */
  readonly blocking: boolean;
  readonly clauses: readonly string[];
  readonly defect: Trilingual;
  readonly options: readonly { readonly code: string; readonly text: Trilingual }[];
}

/** A choice among a contradiction's options. */
export interface Ruling {
  readonly contradiction: string;
  readonly option: string;
}

/** A published policy made executable: everything the gate reads, with its clause beside it. */
export interface Policy {
  readonly id: string;
  readonly version: string;
  /** ISO instant from which the first version is in force. */
  readonly inForceFrom: string;
  readonly title: Trilingual;
  readonly operator: {
    readonly id: string;
    readonly name: string;
    readonly bin: string | null;
    readonly country: string;
    /** Clause 2.4 or its like: roles the company has by its own words. */
    readonly roles: readonly ('owner' | 'operator')[];
    readonly contacts: readonly string[];
  };
  /** The published document: SHA-256 of its bytes (64 hex) and its languages. */
  readonly text: { readonly sha256: string; readonly languages: readonly string[] };
  /** Acts that the document names as its frame. */
  readonly laws: readonly string[];
  readonly subjectKinds: readonly SubjectKind[];
  readonly categories: readonly Category[];
  readonly purposes: readonly Purpose[];
  readonly bases: readonly PolicyBasis[];
  readonly retention: readonly RetentionRule[];
  readonly recipientClasses: readonly RecipientClass[];
  readonly sources: readonly SourceRule[];
  /** Whether the document authorises transfers abroad at all (C-10). */
  readonly crossBorder: { readonly permitted: boolean; readonly clause: string };
  readonly operations: readonly OperationLabel[];
  readonly profile: readonly ProfileDifference[];
  readonly clauses: readonly Clause[];
  /** Refusal code → clauses of this document that a refusal with it names. */
  readonly refusals: Readonly<Record<string, readonly string[]>>;
  readonly contradictions: readonly Contradiction[];
  /** Default rulings, shipped and named. */
  readonly rulings: readonly Ruling[];
}
