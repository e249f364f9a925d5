import { afterAll, beforeAll, describe, it } from '@jest/globals';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Certified } from '#event-store/testing/eventstoredb';
import { OwnPostgresql, programsAtHand } from '../../apps/cli/src/bench/peers/own-postgresql.js';

/** The server of one suite. */
export class ServerForTests {
  #own: OwnPostgresql | undefined;
  #folder = '';
  #databases = 0;

  get own(): OwnPostgresql {
    if (this.#own === undefined) throw new Error('the server is not started');
    return this.#own;
  }

  async start(): Promise<void> {
    this.#folder = mkdtempSync(join(tmpdir(), 'pdl-postgresql-'));
    chmodSync(this.#folder, 0o711);
    const made = await OwnPostgresql.make(this.#folder);
    if ('reason' in made) throw new Error(made.reason);
    this.#own = made;
  }

  async stop(): Promise<void> {
    await this.#own?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Url of a fresh database. */
  async database(): Promise<string> {
    this.#databases += 1;
    return databaseAt(this.own.url, `pdl_${this.#databases}`);
  }

  /** Makes a user `visitor`, whose password is asked for, as the server's own user's is not. Restarts the server. */
  async askPasswords(): Promise<void> {
    await this.run("CREATE ROLE visitor LOGIN PASSWORD 'right'");
    await this.own.stop();
    const rules = join(this.own.data, 'pg_hba.conf');
    const others = readFileSync(rules, 'utf8');
    writeFileSync(rules, `host all visitor 127.0.0.1/32 scram-sha-256\n${others}`);
    await this.own.start();
  }

  /** Speaks TLS too from now on, and shows this certificate. Restarts the server. */
  async show({ certificate, key }: Certified): Promise<void> {
    const { data } = this.own;
    const { uid, gid } = statSync(data);
    await this.own.stop();
    for (const [name, text] of Object.entries({ 'server.crt': certificate, 'server.key': key })) {
      const path = join(data, name);
      rmSync(path, { force: true });
      writeFileSync(path, text, { mode: 0o600 });
      chownSync(path, uid, gid);
    }
    appendFileSync(join(data, 'postgresql.auto.conf'), 'ssl = on\n');
    if (!(await this.own.start())) throw new Error('the server does not start with TLS');
  }

  /** The url for whoever trusts this certificate alone, by the name in the url. */
  trusting({ certificate }: Certified, url: string): string {
    const file = join(this.#folder, 'trusted.pem');
    writeFileSync(file, certificate);
    const secure = new URL(url);
    secure.searchParams.set('sslmode', 'verify-full');
    secure.searchParams.set('sslrootcert', file);
    return secure.href;
  }

  /** Asks until a statement has rows. */
  async until(sql: string, url: string): Promise<void> {
    while ((await this.run(sql, url)).length === 0);
  }

  /** Rows of a statement, from a session of its own. */
  async run(sql: string, url = this.own.url): Promise<readonly Record<string, unknown>[]> {
    return rowsAt(url, sql);
  }
}

/** Makes a database beside another one, and answers its url. */
export async function databaseAt(server: string, name: string): Promise<string> {
  await rowsAt(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Rows of a statement, from a session of its own. */
export async function rowsAt(
  url: string,
  sql: string,
): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A suite with a real server of its own; PDL_REQUIRE_CONTAINERS=1 makes its absence a failure. */
export function onPostgres(name: string, body: (server: ServerForTests) => void): void {
  const title = `${name} (skipped where no PostgreSQL is installed)`;
  if (programsAtHand() === undefined && process.env['PDL_REQUIRE_CONTAINERS'] === '1') {
    it(title, () => {
      throw new Error('no PostgreSQL at hand, and PDL_REQUIRE_CONTAINERS=1 asks for one');
    });
    return;
  }
  const suite = programsAtHand() === undefined ? describe.skip : describe;
  suite(title, () => {
    const server = new ServerForTests();
    beforeAll(async () => server.start());
    afterAll(async () => server.stop());
    body(server);
  });
}
