import { openConnection } from './connection.js';
import { LogReader } from './log-reader.js';

/**
 * The leaves of a log file that is open and was compared with its anchor elsewhere: for threads that fold parts of it.
 * Every leaf is hashed again.
 */
export class LeafFile {
  readonly #reader: LogReader;

  /** @throws {EventStoreError} as opening the log does. */
  constructor(file: string) {
    this.#reader = new LogReader(openConnection(file, 'read'));
  }

  /** Leaves of events `from` … `to`−1. @throws {EventStoreError} GAP or CORRUPT naming the ordinal. */
  *read(from: number, to: number): Iterable<Uint8Array> {
    for (const leaves of this.#reader.leaves(from, to)) yield* leaves;
  }

  close(): void {
    this.#reader.close();
  }
}
