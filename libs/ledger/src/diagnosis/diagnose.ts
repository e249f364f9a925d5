import { existsSync, readdirSync, statSync, statfsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { LedgerEvent } from '#domain';
import { SqliteEventStore, inspectLog } from '#event-store/sqlite';
import { SqliteViewStore } from '#projections/sqlite';
import type { LedgerFiles } from '../stores/ledger-files.js';
import { readIdentity } from '../stores/identity.js';
import { VIEWS } from '../views/views.js';

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly value: string | number;
}

/** Bytes below which a disk is called full. */
const RESERVE = 256 * 1024 * 1024;

/**
 * Looks at everything around a ledger that can make it fail, beside a running writer and without keys.
 * @throws {LedgerError} NO_LEDGER.
 */
export async function diagnose(
  files: LedgerFiles,
): Promise<{ readonly ok: boolean; readonly checks: readonly Check[] }> {
  const { ledgerId } = readIdentity(files);
  const checks = [
    nodeCheck(),
    timeZoneCheck(),
    diskCheck(files),
    ...keyChecks(files),
    ...logChecks(files),
    ...(await storeChecks(files, ledgerId)),
  ];
  return { ok: checks.every(({ ok }) => ok), checks };
}

function nodeCheck(): Check {
  const { node } = process.versions;
  return {
    name: 'node',
    ok: node.localeCompare('20.19', 'en', { numeric: true }) >= 0,
    value: node,
  };
}

/** Deadlines are counted on this clock; time zone data that is too old has it an hour ahead. */
function timeZoneCheck(): Check {
  const offset = new Intl.DateTimeFormat('en', {
    timeZone: 'Asia/Almaty',
    timeZoneName: 'longOffset',
  })
    .formatToParts(new Date())
    .find(({ type }) => type === 'timeZoneName')?.value;
  return { name: 'time-zone', ok: offset === 'GMT+05:00', value: `Asia/Almaty ${offset}` };
}

function diskCheck({ directory }: LedgerFiles): Check {
  const { bavail, bsize } = statfsSync(directory);
  return { name: 'disk', ok: bavail * bsize >= RESERVE, value: bavail * bsize };
}

function keyChecks({ directory, keys }: LedgerFiles): readonly Check[] {
  if (!existsSync(keys))
    return [{ name: 'keys', ok: false, value: 'the key directory is missing' }];
  const loose = readdirSync(keys).filter((name) => (statSync(join(keys, name)).mode & 0o077) !== 0);
  const isInside = resolve(keys).startsWith(`${resolve(directory)}${sep}`);
  return [
    {
      name: 'key-modes',
      ok: loose.length === 0,
      value: loose.length === 0 ? '0600' : `others may read ${loose.join(', ')}: set mode 0600`,
    },
    {
      name: 'key-place',
      ok: true,
      value: isInside
        ? 'warning: inside the data directory, so that every copy of it copies the keys (--keys DIR)'
        : 'apart from the data directory',
    },
  ];
}

function logChecks({ log }: LedgerFiles): readonly Check[] {
  try {
    const { sqlite, journalMode, synchronous } = inspectLog(log);
    return [
      { name: 'sqlite', ok: true, value: sqlite },
      {
        name: 'durability',
        ok: true,
        value: `journal_mode=${journalMode} synchronous=${synchronous}`,
      },
    ];
  } catch (error) {
    return [{ name: 'sqlite', ok: false, value: messageOf(error) }];
  }
}

async function storeChecks(files: LedgerFiles, ledgerId: string): Promise<readonly Check[]> {
  try {
    const store = await SqliteEventStore.open({ file: files.log, mode: 'read', ledgerId });
    const { size } = await store.head();
    await store.close();
    return [
      { name: 'store', ok: true, value: `${size} events` },
      viewsCheck(files, ledgerId, size),
    ];
  } catch (error) {
    return [{ name: 'store', ok: false, value: messageOf(error) }];
  }
}

function viewsCheck({ views }: LedgerFiles, ledgerId: string, size: bigint): Check {
  const opened = SqliteViewStore.open<LedgerEvent>({
    file: views,
    views: VIEWS,
    ledgerId,
    mode: 'read',
  });
  if (opened === 'stale') {
    return {
      name: 'views',
      ok: true,
      value: 'absent or of another version: rebuilt at the next start',
    };
  }
  const lag = size - opened.position();
  opened.close();
  return lag < 0n
    ? { name: 'views', ok: false, value: 'ahead of the log: an older log was put back' }
    : { name: 'views', ok: true, value: `${lag} events behind, brought up at the next read` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}
