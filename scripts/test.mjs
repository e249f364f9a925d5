// npm test: all specs over the shipped JavaScript; the last line is "N passed, N failed", from Jest's JSON result.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, build, installIfNeeded, requireNode } from './bootstrap.mjs';

requireNode();
installIfNeeded();
build();

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
const { status } = spawnSync(process.execPath, [...args, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: ['ignore', 'ignore', 'inherit'],
});
const result = read(outputFile);
rmSync(folder, { recursive: true });
const broken = result.testResults.filter(
  (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
);
const skipped = result.testResults
  .flatMap((suite) => suite.assertionResults)
  .filter(({ status: of }) => of === 'pending');
for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
if (skipped.length > 0) console.log(`${skipped.length} skipped`);
const failed = result.numFailedTests + broken.length;
process.exitCode = status === 0 && failed === 0 ? 0 : 1;
console.log(`${result.numPassedTests} passed, ${failed} failed`);

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, testResults: [] };
  }
}
