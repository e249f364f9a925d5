// Installs and builds what is missing, on a machine that has nothing but Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../', import.meta.url));
const INSTALLED = join(ROOT, 'node_modules', '.pdl-lock');
const BUILT = join(ROOT, 'dist', '.pdl-sources');

/** Exits with a sentence when Node is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(`pdl needs Node 20.19 or newer, this is ${process.versions.node}\n`);
  process.exit(3);
}

/** `npm ci`, unless what is installed is what the lock file says. */
export function installIfNeeded() {
  const lock = hash([join(ROOT, 'package-lock.json')]);
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === lock) return;
  if (
    existsSync(join(ROOT, 'node_modules', '.package-lock.json')) &&
    process.env.CI === undefined
  ) {
    // Installed by hand: trusted as long as the lock is not newer.
    const installed = statSync(join(ROOT, 'node_modules', '.package-lock.json')).mtimeMs;
    if (installed >= statSync(join(ROOT, 'package-lock.json')).mtimeMs) return;
  }
  install(lock);
}

/** `npm ci`, always. */
export function install(lock = hash([join(ROOT, 'package-lock.json')])) {
  say('installing what package-lock.json names …');
  run('npm', ['ci', '--no-audit', '--no-fund']);
  writeFileSync(INSTALLED, lock);
}

/** `npm run build`, unless dist was made from these sources. */
export function buildIfNeeded() {
  const sources = hash(sourceFiles());
  if (existsSync(BUILT) && readFileSync(BUILT, 'utf8') === sources) return;
  build(sources);
}

/** `npm run build`, always. */
export function build(sources = hash(sourceFiles())) {
  say('building …');
  run('npm', ['run', '--silent', 'build']);
  writeFileSync(BUILT, sources);
}

/** Says on stderr what is going on. */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/** Runs a program to its end; ends with its exit code when that is not 0. */
function run(program, args) {
  // Their answers are not ours: everything they say goes to stderr.
  const { status } = spawnSync(program, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

function sourceFiles() {
  const files = ['package.json', 'tsconfig.json', 'tsconfig.base.json', 'nest-cli.json'].map(
    (name) => join(ROOT, name),
  );
  for (const folder of ['apps', 'libs', 'test']) {
    for (const entry of readdirSync(join(ROOT, folder), { recursive: true })) {
      if (String(entry).endsWith('.ts')) files.push(join(ROOT, folder, String(entry)));
    }
  }
  return files.sort();
}

function hash(files) {
  const digest = createHash('sha256');
  for (const file of files)
    digest.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
  return digest.digest('hex');
}
