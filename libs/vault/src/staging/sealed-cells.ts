import { sealEnvelope } from '../sealing/envelope.js';
import type { Random } from '../sealing/random.js';
import type { StagedRow } from './staging.js';

/** The sealed columns of an envelope, whose plaintext is wiped; none of any other row. */
export function sealedCells(
  { event: eventId, cells, toSeal }: StagedRow,
  ledgerId: string,
  random: Random,
): readonly Uint8Array[] {
  if (toSeal === undefined) return [];
  const [envelope, operator, subject, , eventType, schemaVersion, generation] =
    cells as unknown as readonly [string, string, string | null, string, string, string, number];
  const place = { envelope, operator, subject, eventId, eventType, schemaVersion, generation };
  const binding = { ...place, ledgerId };
  const sealed = sealEnvelope(toSeal.key, binding, toSeal.plaintext, random);
  return [sealed.salt, sealed.keyCommitment, sealed.ciphertext];
}
