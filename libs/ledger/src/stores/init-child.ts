import { SystemClock } from '../clock.js';
import { shippedPolicies } from '../governance/shipped-policies.js';
import { initLedger } from './init-ledger.js';
import { ledgerFiles } from './ledger-files.js';

/** A process that makes a ledger and may be killed at any of its writes; see kill-at-write. */
const [directory = ''] = process.argv.slice(2);

await initLedger({
  files: ledgerFiles(directory),
  clock: new SystemClock(),
  policies: shippedPolicies(),
  by: 'test',
});
