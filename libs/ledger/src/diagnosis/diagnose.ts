import { existsSync, readdirSync, statSync, statfsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { inspectLog } from '#event-store/sqlite';
import type { LedgerFiles } from '../stores/ledger-files.js';
import { leftIn } from '../migration/leave.js';
import { readIdentity } from '../stores/identity.js';
import { keyEpochs } from '../queries/key-epochs.js';
import { assertNotMoved } from '../stores/moved-away.js';
import { readLog } from '../stores/open-log.js';
import { readViews, type LedgerPlace } from '../stores/places.js';

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly value: string | number;
}

/** Bytes below which a disk is called full. */
const RESERVE = 256 * 1024 * 1024;

/**
 * Looks at everything around a ledger that can make it fail, beside a running writer; without keys all but the epochs.
 * @throws {LedgerError} NO_LEDGER.
 */
export async function diagnose(
  files: LedgerFiles,
  { now, passphrase }: { readonly now: Date; readonly passphrase?: string },
): Promise<{ readonly ok: boolean; readonly checks: readonly Check[] }> {
  const { ledgerId } = readIdentity(files);
  const checks = [
    nodeCheck(),
    timeZoneCheck(),
    diskCheck(files),
    ...leftCheck(files),
    ...keyChecks(files),
    await epochCheck(files, now, passphrase),
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

/** What a migration left is a copy that no destruction reaches; only the retired epoch does. */
function leftCheck(files: LedgerFiles): readonly Check[] {
  const left = leftIn(files).join(', ');
  const value = `warning: ${left}: remove what a migration left when its new place has a backup`;
  return left === '' ? [] : [{ name: 'left-behind', ok: true, value }];
}

function keyChecks({ directory, keys }: LedgerFiles): readonly Check[] {
  if (!existsSync(keys))
    return ['key-modes', 'key-place'].map((name) => ({
      name,
      ok: false,
      value: 'the key directory is missing: name it by --keys, or put it back',
    }));
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

/** A destruction is complete on a stolen backup only when the epoch that wrapped the key is gone (design §6). */
async function epochCheck(
  files: LedgerFiles,
  now: Date,
  passphrase: string | undefined,
): Promise<Check> {
  try {
    const epochs = await keyEpochs(files, passphrase === undefined ? {} : { passphrase });
    const due = epochs.flatMap(({ retireBy }) => (retireBy === null ? [] : [retireBy]));
    const overdue = due.filter((by) => Date.parse(by) < now.getTime());
    if (overdue.length > 0) {
      const value = `${overdue.length} overdue: run "pdl keys rotate"`;
      return { name: 'key-epochs', ok: false, value };
    }
    const [first] = [...due].sort();
    const value =
      first === undefined
        ? 'none is due'
        : `due by ${first}: "pdl keys rotate" retires it now, "pdl serve" in the hour before`;
    return { name: 'key-epochs', ok: true, value };
  } catch (error) {
    return { name: 'key-epochs', ok: false, value: messageOf(error) };
  }
}

function logChecks(files: LedgerFiles): readonly Check[] {
  const { log, store } = files;
  // A server fsyncs by its own settings; whether it can be reached, `store` says.
  if (store !== undefined) return [];
  try {
    assertNotMoved(files, 'log');
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
    return ['sqlite', 'durability'].map((name) => ({ name, ok: false, value: messageOf(error) }));
  }
}

async function storeChecks(files: LedgerFiles, ledgerId: string): Promise<readonly Check[]> {
  try {
    const store = await readLog(files, ledgerId);
    const { size } = await store.head();
    await store.close();
    return [
      { name: 'store', ok: true, value: `${size} events` },
      await viewsCheck({ files, ledgerId }, size),
    ];
  } catch (error) {
    return ['store', 'views'].map((name) => ({ name, ok: false, value: messageOf(error) }));
  }
}

const UNUSABLE = { stale: 'absent or of another version', damaged: 'damaged' } as const;

async function viewsCheck(place: LedgerPlace, size: bigint): Promise<Check> {
  return readViews(place, async (views) => {
    if (typeof views === 'string') {
      const value = `${UNUSABLE[views]}: rebuilt at the next start`;
      return { name: 'views', ok: views === 'stale', value };
    }
    const lag = size - (await views.position());
    return lag < 0n
      ? { name: 'views', ok: false, value: 'ahead of the log: an older log was put back' }
      : { name: 'views', ok: true, value: `${lag} events behind, brought up at the next read` };
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}
