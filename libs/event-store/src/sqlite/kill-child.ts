import { NO_STREAM, type NewEvent } from '../event-store.js';
import { SqliteEventStore } from './sqlite-event-store.js';

/** A process that appends until it is killed; each acknowledged id goes to stdout, nothing else. */
const [file = '', from = '0', bytes = '0'] = process.argv.slice(2);
const padding = 'x'.repeat(Number(bytes));
const store = await SqliteEventStore.open({
  file,
  mode: 'write',
  ledgerId: '11111111-1111-4111-8111-111111111111',
  anchorKey: new Uint8Array(32).fill(7),
});

await Promise.all(Array.from({ length: 16 }, async (_, lane) => append(lane)));

async function append(lane: number): Promise<never> {
  const stream = `lane-${from}-${lane}`;
  for (let n = 0; ; n += 1) {
    const id = `${Number(from).toString(16).padStart(8, '0')}-0000-4000-8${lane.toString(16).padStart(3, '0')}-${n.toString(16).padStart(12, '0')}`;
    const event: NewEvent = {
      id,
      type: 'DataUsed',
      leaf: new TextEncoder().encode(`{"id":"${id}","padding":"${padding}"}`),
    };
    const { firstOrdinal } = await store.append({
      stream,
      expectedRevision: n === 0 ? NO_STREAM : BigInt(n - 1),
      events: [event],
    });
    process.stdout.write(`${firstOrdinal} ${id}\n`);
  }
}
