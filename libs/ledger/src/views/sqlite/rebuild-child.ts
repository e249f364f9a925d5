import { writeFileSync } from 'node:fs';
import { SqliteEventStore } from '#event-store/sqlite';
import { ledgerFiles } from '../../stores/ledger-files.js';
import { LiveViews } from '../live-views.js';
import { placeOf } from './made-log-file.js';

/** A process that brings views to the log's end and rebuilds them, and may be killed at any write; see kill-at-write. */
const [directory = '', ledgerId = ''] = process.argv.slice(2);
const files = ledgerFiles(directory);
const store = await SqliteEventStore.open({ file: files.log, mode: 'read', ledgerId });
// From here on every write counts.
writeFileSync(process.env['KILL_COUNTER'] ?? '', '', { flag: 'a' });
const live = await LiveViews.open({ place: placeOf(files.views, ledgerId) }, store);
await live.catchUp(store);
await live.rebuild(store, {});
await live.close();
await store.close();
