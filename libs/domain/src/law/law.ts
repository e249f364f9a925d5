import type { Trilingual } from '../policy/policy.js';

/** When a row of the law is in force. Dates are days at 00:00 Asia/Almaty, as ISO days. */
export interface InForce {
  readonly from: string;
  /** First day on which it is no longer in force; absent: still in force. */
  readonly until?: string;
  /** The source gives the date only roughly. */
  readonly approximate?: true;
}

/** How well the text behind a row is known (`law.md`: C, C2, I). */
export type SourceStatus = 'confirmed' | 'secondary' | 'reading';

/** A lawful basis (Law 94-V art. 7–9, 16). */
export interface BasisRow {
  readonly code: string;
  readonly clause: string;
  readonly inForce: InForce;
  readonly status: SourceStatus;
  readonly name: Trilingual;
  /** What a command must bring: a consent, an act:article citation, a reasoned request (reference and grounds), other evidence. */
  readonly requires: readonly ('consent' | 'citation' | 'reasoned-request' | 'evidence')[];
  /** A scope of consent or a transfer ground: never `basis.code` by itself. */
  readonly use: 'basis' | 'consent-scope' | 'transfer-ground' | 'source';
  /** Set when it may not be relied on (text unread). */
  readonly disabled?: true;
  readonly dpv: readonly string[];
}

/** A duty with a term (`law.md` §6). */
export interface DutyRow {
  readonly code: string;
  readonly clause: string;
  readonly inForce: InForce;
  readonly status: SourceStatus;
  readonly name: Trilingual;
  readonly trigger: string;
  /** Working days in Asia/Almaty; null: no number in the text. */
  readonly workingDays: number | null;
  readonly severity: 'LAW' | 'POLICY';
}

/** A term of the Law (`law.md` §3), with the DPV term it corresponds to. */
export interface DefinitionRow {
  readonly term: string;
  readonly clause: string;
  readonly inForce: InForce;
  readonly status: SourceStatus;
  readonly words: { readonly kk: string; readonly ru: string };
  readonly meaning: Trilingual;
  readonly dpv: readonly string[];
}

/** A field that a consent must hold (Law 94-V art. 8(4)). */
export interface ConsentFieldRow {
  readonly field: string;
  readonly clause: string;
  readonly inForce: InForce;
  readonly required: boolean;
  readonly iso27560: string;
}

/** A retention rule of the law (`law.md` §9). */
export interface RetentionRow {
  readonly code: string;
  readonly clause: string;
  readonly inForce: InForce;
  readonly status: SourceStatus;
  readonly name: Trilingual;
  readonly trigger: string;
  /** ISO 8601 duration; null: at once or per list. */
  readonly term: string | null;
}

/** A change of the law that opens a new regime. */
export interface RegimeRow {
  /** ISO day: the regime's id. */
  readonly id: string;
  readonly act: string;
  readonly change: Trilingual;
  readonly approximate?: true;
  readonly status: SourceStatus;
}

/** A known change whose text nobody read: shown as a finding, never applied. */
export interface UnreadChange {
  readonly from: string;
  readonly act: string;
  readonly note: Trilingual;
}

/** All rows of the law, dated. */
export interface Law {
  readonly regimes: readonly RegimeRow[];
  readonly unread: readonly UnreadChange[];
  readonly bases: readonly BasisRow[];
  readonly duties: readonly DutyRow[];
  readonly definitions: readonly DefinitionRow[];
  readonly consentFields: readonly ConsentFieldRow[];
  readonly retention: readonly RetentionRow[];
}

/** The law on one day: the rows in force then. */
export interface Regime {
  /** ISO day of the last change. */
  readonly id: string;
  readonly bases: readonly BasisRow[];
  readonly duties: readonly DutyRow[];
  readonly definitions: readonly DefinitionRow[];
  readonly consentFields: readonly ConsentFieldRow[];
  readonly retention: readonly RetentionRow[];
}
