// A green suite does not prove that the built programs start: this does.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './bootstrap.mjs';

const help = spawnSync(process.execPath, ['scripts/pdl.mjs', '--help'], {
  cwd: ROOT,
  encoding: 'utf8',
});
if (help.status !== 0 || !help.stdout.includes('import'))
  throw new Error('the built command line does not start');

const data = join(mkdtempSync(join(tmpdir(), 'pdl-started-')), 'data');
const init = spawnSync(process.execPath, ['scripts/pdl.mjs', '--data', data, 'init'], {
  cwd: ROOT,
});
if (init.status !== 0) throw new Error('the built command line makes no ledger');

const main = 'dist/apps/api/src/main.js';
const api = spawn(process.execPath, [main, '--data', data, '--port', '0'], {
  cwd: ROOT,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const line = await new Promise((resolve, reject) => {
  api.stdout.once('data', (chunk) => resolve(String(chunk).split('\n')[0]));
  api.once('exit', () => reject(new Error('the built api does not start')));
});
const { listening } = JSON.parse(line);
const answer = await fetch(`${listening}/health/live`);
if (!answer.ok) throw new Error(`the built api answers ${answer.status}`);
api.removeAllListeners('exit');
const ended = new Promise((resolve) => api.once('exit', resolve));
api.kill('SIGTERM');
const status = await ended;
if (status !== 0) throw new Error(`the built api ends with ${status}`);
rmSync(join(data, '..'), { recursive: true });
console.log('the built command line and api start and stop');
