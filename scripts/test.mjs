// npm test: all specs over the shipped JavaScript; the last line is "N passed, N failed", from Jest's JSON result.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, build, installIfNeeded, requireNode, say } from './bootstrap.mjs';
import { summaryOf } from './summary.mjs';

requireNode();
installIfNeeded();
build();

say('testing …');
const folder = mkdtempSync(join(tmpdir(), 'pdl-jest-'));
const outputFile = join(folder, 'result.json');
const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const args = [
  '--experimental-vm-modules',
  '--no-warnings',
  jest,
  '--json',
  `--outputFile=${outputFile}`,
];
const given = process.argv.slice(2);
const named = given.some((arg) => /^(-t|--testNamePattern(=.*)?)$/.test(arg));
const { status, signal } = spawnSync(process.execPath, [...args, ...given], {
  cwd: ROOT,
  stdio: ['ignore', 'ignore', 'inherit'],
});
const { ok, lines } = summaryOf(read(outputFile), status, { named, signal });
rmSync(folder, { recursive: true });
process.exitCode = ok ? 0 : 1;
console.log(lines.join('\n'));

/** Undefined when Jest wrote none. */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
