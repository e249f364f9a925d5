import { randomUUID } from 'node:crypto';
import type { Ledger } from '../ledger.js';
import { cutToSecond } from './context.js';

/** Retires due key epochs and records each (design §6). */
export async function rotateKeys(
  ledger: Ledger,
  force: boolean,
  speaker: { readonly name: string },
): Promise<{ readonly retired: readonly object[] }> {
  const { vault } = ledger.parts;
  await ledger.recorder.settled();
  const now = ledger.recorder.now();
  const retired = await vault.rotate(now, { force });
  for (const { operator, epoch, survivors } of retired) {
    const id = randomUUID();
    const tail = await ledger.subjects.tail('ledger');
    const actor = await ledger.actor(operator, speaker.name, 'admin');
    const data = { operator, epoch, survivors, occurredAt: cutToSecond(now.toISOString()) };
    const drafts = [{ type: 'KeyEpochRetired' as const, data }];
    await ledger.recorder.record({ tail, operator, drafts, eventId: () => id, actor }).durable;
  }
  return { retired };
}
