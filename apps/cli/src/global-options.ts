import type { Command } from 'commander';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly data: string;
  readonly keys?: string;
  readonly json?: boolean;
}

/** The global options of the program a command belongs to. */
export function globalsOf(command: Command): GlobalOptions {
  return command.optsWithGlobals<GlobalOptions>();
}
