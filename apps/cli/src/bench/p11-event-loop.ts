import { rowOf, type Row } from './figure.js';
import { mixedLoad, mixedRequests } from './mixed-load.js';
import { sealedLedger } from './sealed-ledger.js';
import { whileServed } from './served-ledger.js';
import type { Workbench } from './workbench.js';

const EVENTS = 20_000;
const PER_SECOND = 200;
const MOST_SECONDS = 5;

/** P11: how long the service's event loop is held up while it answers two hundred mixed requests a second. */
export async function measureEventLoop(bench: Workbench): Promise<readonly Row[]> {
  const events = bench.events(EVENTS);
  const sealed = await sealedLedger(bench.folder(), events, 20);
  const requests = mixedRequests(sealed);
  const seconds = Math.min(MOST_SECONDS, events / 2_000);
  const outcome = await whileServed(sealed.data, async (served) => {
    await mixedLoad(served, requests, { perSecond: PER_SECOND, seconds: 1 });
    await served.look();
    return bench.measure('p11', async () => {
      await mixedLoad(served, requests, { perSecond: PER_SECOND, seconds });
      return (await served.look()).loopP99Ms;
    });
  });
  const title = `event-loop delay p99 of serve at ${PER_SECOND} mixed requests a second`;
  return [rowOf({ name: 'p11', title, unit: 'ms', bar: { of: 'ours', most: 20 } }, outcome)];
}
