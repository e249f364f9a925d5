import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const PRELOAD = new URL('./sqlite/kill-at-write.js', import.meta.url).href;

/** Runs a program that kills itself with its n-th write to a store, counted in a file that is removed afterwards. */
export async function runToWrite(
  write: number,
  counter: string,
  words: readonly string[],
): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  const child = spawn(process.execPath, ['--no-warnings', '--import', PRELOAD, ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, KILL_COUNTER: counter, KILL_AT: String(write) },
  });
  const [code, signal] = await new Promise<readonly [number | null, string | null]>((resolve) =>
    child.once('exit', (...end) => resolve(end)),
  );
  rmSync(counter);
  return { code, signal };
}
