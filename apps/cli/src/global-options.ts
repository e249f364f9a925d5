import type { Command } from 'commander';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly data: string;
  readonly keys?: string;
  readonly json?: boolean;
}

/** The fields that were given. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** The global options of the program a command belongs to. */
export function globalsOf(command: Command): GlobalOptions {
  return command.optsWithGlobals<GlobalOptions>();
}
