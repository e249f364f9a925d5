import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('./migrate-child.js', import.meta.url));

/** A migration in another process, and how that ended. */
export interface OtherMigration {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/** Migrates in another process, which kills itself when a stage has come so far, if one is named. */
export function migrating(
  directory: string,
  to: { readonly store?: string; readonly database?: string },
  stage = '',
  at = 0,
): OtherMigration {
  const words = [CHILD, directory, JSON.stringify(to), stage, String(at)];
  const child = spawn(process.execPath, ['--no-warnings', ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  return { child, ended };
}
