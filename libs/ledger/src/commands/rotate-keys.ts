import type { Ledger } from '../ledger.js';
import { cutToSecond } from './context.js';

/** Retires due key epochs and records each once, also one that an earlier call was cut off at (design §6). */
export async function rotateKeys(
  ledger: Ledger,
  force: boolean,
  speaker: { readonly name: string },
): Promise<{ readonly retired: readonly object[] }> {
  const { vault } = ledger.parts;
  await ledger.recorder.settled();
  const now = ledger.recorder.now();
  const retired: object[] = [];
  for (const { operator, epoch, survivors } of await vault.rotate(now, { force })) {
    // No emitter has an empty source, so no command of one can take this id.
    const id = vault.commandId(operator, '', `epoch ${epoch}`);
    if ((await ledger.parts.store.findEvent(id)) !== undefined) continue;
    const tail = await ledger.subjects.tail('ledger');
    const actor = await ledger.actor(operator, speaker.name, 'admin');
    const data = { operator, epoch, survivors, occurredAt: cutToSecond(now.toISOString()) };
    const drafts = [{ type: 'KeyEpochRetired' as const, data }];
    await ledger.recorder.record({ tail, drafts, eventId: () => id, actor }).durable;
    retired.push({ operator, epoch, survivors });
  }
  return { retired };
}
