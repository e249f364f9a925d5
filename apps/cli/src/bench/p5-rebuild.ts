import { foldedLogOf, rebuild } from '#ledger';
import { rowOf, type Row } from './figure.js';
import { seededLedger } from './seeded-ledger.js';
import type { Workbench } from './workbench.js';
import { assertSame } from './wrong-answer.js';

const MILLION = 1_000_000;

/** P5: all views folded again beside the live ones, compared with them and swapped, as `pdl rebuild` does. */
export async function measureRebuild(bench: Workbench): Promise<readonly Row[]> {
  const { ledger } = await seededLedger(bench);
  const { size } = await ledger.parts.store.head();
  const outcome = await bench.measure('p5', async () => {
    await ledger.views();
    const began = performance.now();
    const rebuilt = await rebuild(foldedLogOf(ledger));
    const seconds = (performance.now() - began) / 1000;
    assertSame('ours', 'the number of events', rebuilt.events, Number(size));
    assertSame('ours', 'equal to live', String(rebuilt.equalsLive), 'true');
    return (seconds / rebuilt.events) * MILLION;
  });
  const title = 'rebuild of all views, compared with the live ones';
  const subject = { name: 'p5', title, unit: 's per 1,000,000 events' };
  return [rowOf({ ...subject, bar: { of: 'ours', most: 20 } }, outcome)];
}
