import type { KeyDirectory } from '#vault';
import type { LedgerFiles } from '../stores/ledger-files.js';
import type { Fault } from '../verification/fault.js';
import type { Verification } from '../verification/verify-ledger.js';

/** What is moved where. */
export interface MigrateOptions {
  /** Where the stores are. */
  readonly from: LedgerFiles;
  /** Where they are to be; the same directory and keys. */
  readonly to: LedgerFiles;
  readonly now: Date;
  readonly passphrase?: string;
  /** Looks at everything and changes nothing, also beside a writer. */
  readonly dryRun?: boolean;
  readonly onProgress?: (progress: MigrationProgress) => void;
}

/** What takes long; `leaving` is the end, when the directory is told that its stores are elsewhere. */
export type MigrationStage = 'log' | 'log-proof' | 'vault' | 'leaving';

/** How far a stage is. */
export interface MigrationProgress {
  readonly stage: MigrationStage;
  readonly done: number;
  readonly total: number;
}

/** The log: how many events, their running hash (hex), and why the target cannot be used, if so. */
export interface LogReport {
  readonly events: number;
  /** Of them in the target before this run. */
  readonly there: number;
  readonly hash: string;
  readonly refused: string | null;
}

/** The vault: how many rows by table, and why the target cannot be used, if so. */
export interface VaultReport {
  readonly rows: Readonly<Record<string, number>>;
  /** Rows in the target before this run. */
  readonly there: number;
  readonly refused: string | null;
}

/** What a migration did and proved, or (dry run) what it would do. */
export interface Migration {
  readonly ok: boolean;
  readonly dryRun: boolean;
  readonly ledgerId: string;
  /** Null where it stays, or was moved by an earlier run. */
  readonly log: LogReport | null;
  readonly vault: VaultReport | null;
  /** What the check of the whole ledger in its new places went through; of the source when that was not sound, or dry. */
  readonly verified: Verification['checked'];
  readonly firstFault: Fault | null;
  /** Names of the files that are left in the directory and are no longer read. */
  readonly left: readonly string[];
}

/** What the moves of a migration share. */
export interface Moving extends MigrateOptions {
  readonly ledgerId: string;
  readonly keys: KeyDirectory;
}

/** One store on its way. */
export interface Move<Report> {
  /** Looks at source and target, and changes neither. */
  look(): Promise<Report>;
  /**
   * Copies what the target lacks and proves both equal.
   * @throws {LedgerError} CONFLICT; the errors of both stores: nothing is lost, the next run goes on.
   */
  copy(): Promise<Report>;
}
