import { it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { eventStoreContract } from '../testing/event-store-contract.js';
import { OnDouble } from '../testing/eventstoredb/index.js';
import { DEFAULT_TIMING } from './timing.js';

const url = process.env['PDL_TEST_EVENTSTORE'] ?? '';
const title =
  'EventStoreDbEventStore on a real server (skipped where PDL_TEST_EVENTSTORE names none)';

if (url !== '') {
  // Each test is a ledger of its own, so that a server can be used again.
  eventStoreContract(title, async () => {
    const on = new OnDouble();
    const options = { ledgerId: randomUUID(), isBesideOthers: true, timing: DEFAULT_TIMING };
    return {
      open: async () => on.store(url, options),
      remove: async () => on.end(),
      durable: true,
    };
  });
} else if (process.env['PDL_REQUIRE_CONTAINERS'] === '1') {
  it(title, () => {
    throw new Error(
      'PDL_TEST_EVENTSTORE names no server, and PDL_REQUIRE_CONTAINERS=1 asks for one',
    );
  });
} else {
  it.skip(title, () => undefined);
}
