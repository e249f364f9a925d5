import { replayDigest } from '#ledger';
import { rowOf, type Row } from './figure.js';
import { seededLedger } from './seeded-ledger.js';
import type { Workbench } from './workbench.js';
import { assertSame } from './wrong-answer.js';

/** P4: every event read, hashed, decoded and folded into all views, as `pdl replay --digest` does. */
export async function measureReplay(bench: Workbench): Promise<readonly Row[]> {
  const { ledger } = await seededLedger(bench);
  const { store } = ledger.parts;
  const live = await ledger.views();
  const expected = Object.entries((await live.state()).digests);
  const { size } = await store.head();
  const outcome = await bench.measure('p4', async () => {
    const began = performance.now();
    const { events, views } = await replayDigest(store);
    const seconds = (performance.now() - began) / 1000;
    assertSame('ours', 'the number of events', events, Number(size));
    const digests = new Map(Object.entries(views));
    for (const [name, digest] of expected)
      assertSame('ours', `the digest of ${name}`, digests.get(name), digest);
    return events / seconds;
  });
  const subject = { name: 'p4', title: 'replay into all views', unit: 'events/s' };
  return [rowOf({ ...subject, bar: { of: 'ours', least: 200_000 } }, outcome)];
}
