/** One setting: where it comes from, what it means. */
interface Setting<T> {
  readonly env: string;
  readonly fallback: T;
  readonly means: string;
  /** The value of a text, undefined when it is none. */
  readonly parse: (text: string) => T | undefined;
}

function text(env: string, fallback: string, means: string): Setting<string> {
  return { env, fallback, means, parse: (given) => (given === '' ? undefined : given) };
}

function optionalText(env: string, means: string): Setting<string | null> {
  return { env, fallback: null, means, parse: (given) => (given === '' ? null : given) };
}

function optionalUrl(env: string, schemes: RegExp, means: string): Setting<string | null> {
  const parse = (given: string): string | null | undefined =>
    given === '' ? null : schemes.test(given) && URL.canParse(given) ? given : undefined;
  return { env, fallback: null, means, parse };
}

function oneOf<T extends string>(
  env: string,
  fallback: NoInfer<T>,
  choices: readonly T[],
  what: string,
): Setting<T> {
  const means = `${what}: ${choices.join(', ')}`;
  return { env, fallback, means, parse: (given) => choices.find((choice) => choice === given) };
}

function whole(env: string, fallback: number, range: Range, means: string): Setting<number> {
  const parse = (given: string): number | undefined => {
    const value = /^\d{1,12}$/u.test(given) ? Number(given) : Number.NaN;
    return value >= range.from && value <= range.to ? value : undefined;
  };
  return { env, fallback, means, parse };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function flag(env: string, fallback: boolean, means: string): Setting<boolean> {
  const parse = (given: string): boolean | undefined =>
    ({ true: true, false: false })[given as 'true'];
  return { env, fallback, means, parse };
}

/** What is never held among the settings: they say only whether it is set. */
function secret(env: string, means: string): Setting<boolean> {
  return { env, fallback: false, means, parse: (given) => (given === '' ? undefined : true) };
}

const MIB = 1024 * 1024;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

/** Every setting of the service; `pdl serve --print-config` prints it. Names and meanings are fixed. */
export const SETTINGS = {
  data: text('PDL_DATA', './data', 'data directory'),
  store: optionalText('PDL_STORE', 'URL of the server that holds the log; none: DATA'),
  keys: optionalText('PDL_KEYS', 'key directory; none: DATA/keys'),
  passphrase: secret(
    'PDL_PASSPHRASE',
    'passphrase of the root key, not empty; shown is only whether there is one',
  ),
  database: optionalUrl(
    'PDL_DATABASE',
    /^postgres(ql)?:/u,
    'postgres://… for vault and views; none: the data directory',
  ),
  host: text('PDL_HOST', '127.0.0.1', 'address to listen on'),
  port: whole('PDL_PORT', 3000, { from: 0, to: 65_535 }, 'port to listen on; 0 picks one'),
  issuer: optionalUrl(
    'PDL_ISSUER',
    /^https?:/u,
    'URL of an OpenID provider whose tokens are taken',
  ),
  audience: text('PDL_AUDIENCE', 'pdl', 'audience that a token must name'),
  localIssuer: flag('PDL_LOCAL_ISSUER', true, 'whether tokens of "pdl token" are taken'),
  logLevel: oneOf('PDL_LOG_LEVEL', 'info', LOG_LEVELS, 'what is logged at least'),
  requestsPerSecond: whole(
    'PDL_REQUESTS_PER_SECOND',
    1_000,
    { from: 0, to: 1_000_000 },
    'requests a second of one bearer; 0: any number',
  ),
  connections: whole('PDL_CONNECTIONS', 1_024, { from: 1, to: 65_535 }, 'connections at a time'),
  diskReserveBytes: whole(
    'PDL_DISK_RESERVE',
    256 * MIB,
    { from: 0, to: 999_999_999_999 },
    'bytes of free disk below which the service is not ready',
  ),
  viewLag: whole(
    'PDL_VIEW_LAG',
    100_000,
    { from: 0, to: 999_999_999_999 },
    'events that the views may be behind before the service is not ready',
  ),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

type ValueOf<S> = S extends Setting<infer T> ? T : never;

/** The settings as one run has them. */
export type ServiceConfig = {
  readonly [K in keyof typeof SETTINGS]: ValueOf<(typeof SETTINGS)[K]>;
};

/** Under which name Nest injects the settings. */
export const CONFIG = Symbol('service config');
