import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Loaded by `--import` into every thread of a process: kills it with SIGKILL in place of its n-th write. Counted is
 * what happens after the counter's file exists: calls of `node:fs` that change a file or make it durable, and SQL that
 * is not a mere read.
 */
const [counter = '', last = ''] = [process.env['KILL_COUNTER'], process.env['KILL_AT']];
const CHANGING = [
  'fdatasyncSync',
  'fsyncSync',
  'renameSync',
  'rmSync',
  'unlinkSync',
  'writeFileSync',
  'writeSync',
] as const;
const { appendFileSync, existsSync, statSync } = fs;
const open = fs.openSync as Call;
let inside = false;

for (const name of CHANGING) replace(fs, name, counted(fs[name] as Call));
replace(fs, 'openSync', (...args) => (args[1] === 'r' ? open(...args) : counted(open)(...args)));
syncBuiltinESMExports();
watchSqlite();

type Call = (...args: readonly unknown[]) => unknown;

function replace(target: object, name: string, value: Call): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

/** The native methods cannot be changed; the constructor's prototype can be another one in front of theirs. */
function watchSqlite(): void {
  const native = DatabaseSync.prototype;
  const watched = Object.create(native) as object;
  replace(watched, 'exec', function (this: unknown, sql: unknown) {
    const call = (): unknown => native.exec.call(this as never, String(sql));
    return /^PRAGMA (?!wal_checkpoint)/u.test(String(sql)) ? call() : counted(call)();
  });
  replace(watched, 'prepare', function (this: unknown, sql: unknown) {
    const statement: StatementSyncInstance = native.prepare.call(this as never, String(sql));
    replace(statement, 'run', counted(statement.run.bind(statement) as Call));
    return statement;
  });
  Object.assign(DatabaseSync, { prototype: watched });
}

/** One write however many others it is made of. */
function counted(write: Call): Call {
  return (...args) => {
    if (inside) return write(...args);
    inside = true;
    try {
      countOne();
      return write(...args);
    } finally {
      inside = false;
    }
  };
}

function countOne(): void {
  if (!existsSync(counter)) return;
  // A file, because the log has a thread of its own: appending one byte counts across all of them.
  appendFileSync(counter, '.');
  if (statSync(counter).size >= Number(last)) process.kill(process.pid, 'SIGKILL');
}
