import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError, EXIT } from '../exit.js';
import { say } from '../output.js';
import { alternate, rounded, type Outcome, type Side } from './rounds.js';

/** How long to measure. */
export interface BenchSize {
  /** Absent: each figure's own. */
  readonly events?: number;
  readonly rounds: number;
  /** Of a soak. */
  readonly minutes: number;
}

/** tmpfs and ramfs: an fsync there is a word, not an act. */
const IN_MEMORY: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);

/** A directory of its own on a real disk, the size of the run, and what is kept from one figure to the next. */
export class Workbench {
  readonly #directory: string;
  readonly #kept = new Map<string, { readonly close: () => Promise<void> }>();
  #folders = 0;

  /** @throws {CliError} IN_MEMORY when the temporary directory cannot be durable. */
  constructor(readonly size: BenchSize) {
    if (IN_MEMORY.has(statfsSync(tmpdir()).type)) {
      throw new CliError(
        EXIT.environment,
        'the temporary directory is in memory, where nothing is durable: set TMPDIR to a folder on a disk',
        'IN_MEMORY',
      );
    }
    this.#directory = mkdtempSync(join(tmpdir(), 'pdl-bench-'));
    // A PostgreSQL that may not run as root must get to its folder.
    chmodSync(this.#directory, 0o711);
  }

  /** An empty folder, gone at the end. */
  folder(): string {
    this.#folders += 1;
    const folder = join(this.#directory, String(this.#folders));
    mkdirSync(folder);
    return folder;
  }

  /** How many events to measure with. */
  events(byDefault: number): number {
    return this.size.events ?? byDefault;
  }

  /** Alternating rounds, told on stderr. */
  async alternate(
    figure: string,
    sides: readonly [Side, ...Side[]],
  ): Promise<ReadonlyMap<string, Outcome>> {
    return alternate(this.size.rounds, sides, (side, value) =>
      say(`${figure} ${side} ${rounded(value)}`),
    );
  }

  /** Rounds of ours alone. */
  async measure(figure: string, round: () => Promise<number>): Promise<Outcome> {
    const [ours] = (await this.alternate(figure, [{ name: 'ours', round }])).values();
    return ours ?? { reason: 'no round was run' };
  }

  /** What several figures need, made once. */
  async keep<T extends { readonly close: () => Promise<void> }>(
    key: string,
    make: () => Promise<T>,
  ): Promise<T> {
    const kept = this.#kept.get(key) as T | undefined;
    if (kept !== undefined) return kept;
    const made = await make();
    this.#kept.set(key, made);
    return made;
  }

  async close(): Promise<void> {
    for (const kept of this.#kept.values()) await kept.close();
    // A checkpoint may still hold files of a log that was closed just now.
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
