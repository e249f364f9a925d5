import type { Migration } from '#ledger';
import { table, type Cell } from './table.js';

/** What a migration did and proved, or would do. */
export function migrationText(answer: Migration): string {
  const { ok, dryRun, verified, firstFault } = answer;
  return [
    firstFault === null ? headline(ok, dryRun) : `not ok: ${firstFault.item}: ${firstFault.reason}`,
    table([
      ...rowsOf(answer),
      ['verified', `${verified.events} events, ${verified.verdicts} verdicts`],
    ]),
    ...nextOf(answer),
  ].join('\n');
}

function headline(ok: boolean, dryRun: boolean): string {
  if (dryRun) return ok ? 'can be moved; nothing was moved' : 'cannot be moved';
  return ok
    ? 'moved: everything is there, equal and verified'
    : 'not moved: the files are as they were';
}

function rowsOf({ log, vault }: Migration): readonly (readonly Cell[])[] {
  const rows: (readonly Cell[])[] = [];
  if (log !== null) {
    rows.push(['events', `${log.events}, of them there before: ${log.there}`]);
    rows.push(['running hash', log.hash], ...refusal('event store', log.refused));
  }
  if (vault !== null) {
    const counts = Object.entries(vault.rows).map(([name, count]) => `${name} ${count}`);
    rows.push(['rows of the vault', counts.join(', ')], ...refusal('database', vault.refused));
  }
  return rows;
}

function refusal(target: string, refused: string | null): readonly (readonly Cell[])[] {
  return refused === null ? [] : [[target, refused]];
}

function nextOf({ ok, dryRun, left, vault, log }: Migration): readonly string[] {
  if (!ok || dryRun) return [];
  const named = [...(log === null ? [] : ['--store']), ...(vault === null ? [] : ['--database'])];
  const hasVault = left.some((name) => name.startsWith('vault'));
  const copy = hasVault ? '; the vault is a copy: remove it when the new one has a backup' : '';
  return [
    ...(named.length === 0 ? [] : [`from now on name the new places by ${named.join(' and ')}`]),
    ...(left.length === 0 ? [] : [`left behind, no longer read: ${left.join(', ')}${copy}`]),
  ];
}
