import { readFileSync } from 'node:fs';

/** Options that the client knows and that may stand in a connection string here. */
const KNOWN: ReadonlySet<string> = new Set([
  'connectionname',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
  'maxdiscoverattempts',
  'nodepreference',
  'tls',
  'tlscafile',
  'usercertfile',
  'userkeyfile',
]);
/** Those that name a file: of one that it cannot read the client does not say which. */
const FILES: ReadonlySet<string> = new Set(['tlscafile', 'usercertfile', 'userkeyfile']);

/**
 * A connection string as the client takes it: `kurrentdb://` becomes `esdb://`. Options are checked here, since the client
 * prints the whole string, password included, when it does not know one.
 * @throws {RangeError} naming the option, and the file that cannot be read, never the string.
 */
export function checkedConnectionString(url: string): string {
  const [head = '', query = ''] = url
    .trim()
    .replace(/^kurrentdb/u, 'esdb')
    .split('?');
  if (!/^esdb(?:\+discover)?:\/\/[^/]/u.test(head)) {
    throw new RangeError(
      'a store is esdb://… or kurrentdb://…, with +discover before :// for a cluster',
    );
  }
  for (const [option, value] of new URLSearchParams(query)) {
    // `throwOnAppendFailure=false` answers conflicts with a wrong revision; deadlines are ignored or depend on clocks.
    if (!KNOWN.has(flat(option))) {
      throw new RangeError(
        `the store's connection string has an option that is not known here: ${option}`,
      );
    }
    if (FILES.has(flat(option))) assertReadable(option, value);
  }
  return query === '' ? head : `${head}?${query}`;
}

function assertReadable(option: string, file: string): void {
  try {
    readFileSync(file);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    throw new RangeError(`${option} names a file that cannot be read: ${file} (${code})`);
  }
}

const CLIENTS_KEEP_ALIVE_MS = 10_000;

/**
 * The string for the n-th client of a process. gRPC shares a connection among channels of the same options, and with it
 * the pause before it connects again, which grows: one millisecond of difference keeps them apart.
 */
export function withOwnConnection(url: string, n: number): string {
  const given = /(?<=[?&]keep[_-]?alive[_-]?interval=)\d+/iu;
  if (given.test(url)) return url.replace(given, (interval) => String(Number(interval) + n));
  return `${url}${url.includes('?') ? '&' : '?'}keepAliveInterval=${CLIENTS_KEEP_ALIVE_MS + n}`;
}

function flat(option: string): string {
  return option.toLowerCase().replaceAll(/[_-]/gu, '');
}
