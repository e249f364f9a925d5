import pg from 'pg';
import { ViewError } from '../view-error.js';

/** Sessions with the database; one that breaks is replaced at the next use. */
export function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: 5_000,
    application_name: 'pdl-views',
  });
  pool.on('error', () => undefined);
  // Also while it is lent out and waits for no answer: whoever uses it next hears of it.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * Runs in one transaction, which `begin` begins; nothing of it stays when it throws.
 * @throws {ViewError} ACCESS_DENIED, TLS, IO.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  begin: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect().catch(rethrown);
  let broken = false;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw translated(cause);
  } finally {
    client.release(broken);
  }
}

/** Rejects with the views' own error. */
export function rethrown(cause: unknown): never {
  throw translated(cause);
}

/** Whether what was asked for is not there, or is not what it was: the rows, not the way to them. */
export function isDamage(cause: unknown): boolean {
  return cause instanceof ViewError && /^(?:42(?!501)|22|XX)/u.test(codeOf(cause.cause));
}

function translated(cause: unknown): ViewError {
  if (cause instanceof ViewError) return cause;
  const file = unreadableFileOf(cause);
  if (file !== undefined) {
    const message = `a certificate file of the database cannot be read: ${file}`;
    return new ViewError('TLS', message, { cause });
  }
  const code = codeOf(cause);
  if (/^(?:28|3D000|42501)/u.test(code)) {
    return new ViewError('ACCESS_DENIED', `the database lets us not in (${code})`, { cause });
  }
  if (isTls(code, cause)) {
    return new ViewError('TLS', `no safe connection to the database (${code})`, { cause });
  }
  return new ViewError(
    'IO',
    `the database cannot be used (${code}): check that it runs, and its URL`,
    { cause },
  );
}

/** The driver reads the files that its URL names when it connects; it reads no others. */
function unreadableFileOf(cause: unknown): string | undefined {
  const { syscall, path = '', code = '' } = (cause ?? {}) as NodeJS.ErrnoException;
  return syscall === 'open' ? `${path} (${code})` : undefined;
}

const NO_TLS = 'The server does not support SSL connections';

function isTls(code: string, cause: unknown): boolean {
  const isPlain = cause instanceof Error && cause.message === NO_TLS;
  return isPlain || /TLS|SSL|CERT|SIGNATURE|ISSUER/u.test(code);
}

/** SQLSTATE or system's code; no text of the database, which may quote what it was sent. */
function codeOf(cause: unknown): string {
  const hasCode = typeof cause === 'object' && cause !== null && 'code' in cause;
  return hasCode ? String(cause.code) : 'connection lost';
}
