/** Exit codes (contract §2): done, the answer is no, usage, environment. */
export const EXIT = { done: 0, no: 1, usage: 2, environment: 3 } as const;

/** A sentence for the user and the exit code that goes with it. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    readonly status: 1 | 2 | 3,
    message: string,
    readonly code = 'USAGE',
  ) {
    super(message);
  }
}

const STATUS: Readonly<Record<string, 1 | 2 | 3>> = {
  INVALID_REQUEST: EXIT.usage,
  INVALID_VALUE: EXIT.usage,
  ALREADY_INITIALISED: EXIT.usage,
  NOT_FOUND: EXIT.no,
  CONFLICT: EXIT.no,
  RULING_MISSING: EXIT.no,
};

/** The exit code of an error: of our own by its code, of everything else the environment's. */
export function statusOf(error: unknown): 1 | 2 | 3 {
  if (error instanceof CliError) return error.status;
  if (error instanceof Error && error.name === 'ConfigError') return EXIT.usage;
  // A store that answers NOT_FOUND misses a file: that is the environment, not an answer.
  const isAnswer = error instanceof Error && error.name === 'LedgerError';
  return (isAnswer ? STATUS[codeOf(error)] : undefined) ?? EXIT.environment;
}

/** The error's code, `BROKEN` when it has none. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'BROKEN';
}

/** The sentence of a command line that cannot be understood, with what to do. */
export function usageOf({ message }: Error): string {
  const [first = '', hint = ''] = message.replace(/^error: /u, '').split('\n');
  const meant = hint === '' ? '' : ` ${hint}`;
  return `${first.replace(/\.$/u, '')}${meant}: see "pdl --help", or --help behind a command`;
}

/** What to print of an error: its own sentence; of an unknown one only its kind, since its text may hold anything. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Error && OURS.has(error.name)) return advised(error);
  if (error instanceof Error && 'syscall' in error)
    return `${codeOf(error)} (${String(error.syscall)}): check ${placeOf(String(error.syscall))}`;
  return `internal error (${error instanceof Error ? error.name : typeof error}): please report it`;
}

function placeOf(syscall: string): string {
  const isAddress = ['listen', 'bind', 'getaddrinfo'].includes(syscall);
  return isAddress
    ? '--host, and whether --port is free'
    : 'the path, its permissions and the disk';
}

function advised(error: Error): string {
  const advice = error instanceof CliError ? undefined : ADVICE[codeOf(error)];
  return advice === undefined ? error.message : `${error.message}; ${advice}`;
}

/** What to do where the libs only know what is wrong. */
const ADVICE: Readonly<Record<string, string>> = {
  WRONG_LOG: 'put back the files that belong together',
  ROLLED_BACK: 'put back the newest copy of every file, "pdl verify" names what is wrong',
  CORRUPT: 'restore a copy, "pdl verify" names what is wrong',
  GAP: 'restore a copy, "pdl verify" names what is wrong',
  WRONG_KEY: 'put back the key directory of this ledger',
  SQLITE_TOO_OLD: 'install what the lock file names: npm ci',
  NOT_DURABLE: 'put the data directory on a local disk',
};

const OURS: ReadonlySet<string> = new Set([
  'CliError',
  'ConfigError',
  'LedgerError',
  'EventStoreError',
  'VaultError',
  'ViewError',
  'DomainError',
]);
