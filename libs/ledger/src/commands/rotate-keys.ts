import type { ActorRole } from '#domain';
import type { Retiring } from '#vault';
import type { Ledger } from '../ledger.js';
import { untilRecorded } from '../recording/until-recorded.js';
import { cutToSecond } from './context.js';

/** Retires key epochs and records each once, also one that an earlier call was cut off at (design §6). */
export async function rotateKeys(
  ledger: Ledger,
  which: Retiring,
  speaker: { readonly name: string },
  role: ActorRole = 'admin',
): Promise<{ readonly retired: readonly object[] }> {
  const { vault } = ledger.parts;
  await ledger.recorder.settled();
  const now = ledger.recorder.now();
  const retired: object[] = [];
  for (const { operator, epoch, survivors } of await vault.rotate(now, which)) {
    // No emitter has an empty source, so no command of one can take this id.
    const id = vault.commandId(operator, '', `epoch ${epoch}`);
    const actor = await ledger.actor(operator, speaker.name, role);
    const data = { operator, epoch, survivors, occurredAt: cutToSecond(now.toISOString()) };
    const drafts = [{ type: 'KeyEpochRetired' as const, data }];
    const isNoted = await untilRecorded(ledger, async () => {
      if ((await ledger.parts.store.findEvent(id)) !== undefined) return false;
      const tail = await ledger.subjects.tail('ledger');
      await ledger.recorder.record({ tail, drafts, eventId: () => id, actor }).durable;
      return true;
    });
    if (isNoted) retired.push({ operator, epoch, survivors });
  }
  return { retired };
}
