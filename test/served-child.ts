import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SystemClock, ledgerFiles, openLedger } from '#ledger';

const CLI = fileURLToPath(new URL('../../scripts/pdl.mjs', import.meta.url));

/** A service in a process of its own. */
export interface Served {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Serves a data directory; `places` are options that say where its other parts are. Resolves when the service listens. */
export async function serveIn(
  directory: string,
  port: string,
  places: readonly string[] = [],
): Promise<Served> {
  const args = [CLI, '--data', directory, ...places, 'serve', '--port', port];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, url: (JSON.parse(line) as { listening: string }).listening };
}

/** Ends a process at once; resolves when it is gone. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Positions of all registrations in the log. */
export async function registeredIn(directory: string): Promise<readonly bigint[]> {
  const ledger = await openLedger({
    files: ledgerFiles(directory),
    clock: new SystemClock(),
    onFatal: (error) => {
      throw error;
    },
  });
  const found: bigint[] = [];
  for await (const batch of ledger.parts.store.readAll())
    for (const { type, ordinal } of batch) if (type === 'SubjectRegistered') found.push(ordinal);
  await ledger.close();
  return found;
}
