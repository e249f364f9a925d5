import { InvalidArgumentError, Option, type Command } from 'commander';
import { LANGUAGES, type Language } from './words/language.js';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly data: string;
  readonly keys?: string;
  readonly store?: string;
  readonly database?: string;
  readonly json?: boolean;
  readonly lang?: Language;
}

/** Declares them. */
export function addGlobalOptions(program: Command): Command {
  const { PDL_DATA: data = '', PDL_STORE: store = '', PDL_KEYS: keys = '' } = process.env;
  return program
    .option('--data <dir>', 'data directory (PDL_DATA)', data === '' ? './data' : data)
    .option(
      '--keys <dir>',
      'key directory (PDL_KEYS, else DATA/keys)',
      keys === '' ? undefined : keys,
    )
    .option(
      '--store <url>',
      'server that holds the log (PDL_STORE): esdb://… or kurrentdb://…',
      store === '' ? undefined : store,
    )
    .option('--database <url>', 'postgres://… for vault and views (PDL_DATABASE)')
    .option('--json', 'compact objects, one a line, on stdout')
    .addOption(
      new Option(
        '--lang <language>',
        'of policies, refusals and certificates (default: the locale’s)',
      ).choices(LANGUAGES),
    );
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

/** Parses the ledger id of a person. */
export function uuidOf(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(text)) return text;
  throw new InvalidArgumentError('give the uuid of a person in the ledger, in lower case.');
}

/** Parses a count. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('give a whole number from 1.');
}
