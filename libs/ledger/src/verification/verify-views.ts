import { existsSync } from 'node:fs';
import { SqliteViewStore } from '#projections/sqlite';
import type { LedgerFiles } from '../stores/ledger-files.js';
import { VIEWS } from '../views/views.js';
import type { Fault } from './fault.js';

/** Views that know more events than the log holds: the log is an older one. Views that are missing or others are rebuilt. */
export function verifyViews(
  { files, ledgerId }: { readonly files: LedgerFiles; readonly ledgerId: string },
  events: bigint,
  faults: Fault[],
): void {
  if (!existsSync(files.views)) return;
  const views = SqliteViewStore.open({ file: files.views, views: VIEWS, ledgerId, mode: 'read' });
  if (views === 'stale') return;
  const position = views.position();
  views.close();
  if (position <= events) return;
  faults.push({
    item: 'views',
    reason: `hold ${position} events, the log ${events}: an older log was put back`,
  });
}
