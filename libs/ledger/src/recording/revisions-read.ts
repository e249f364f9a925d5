/** What a decision reads that reads nothing but its own stream. */
export const NOTHING_READ: Readonly<Record<string, string>> = {};

type Revisions = Readonly<Record<string, bigint>>;

const KNOWN = new WeakMap<object, Revisions>();

/**
 * Revisions as the log takes them, by stream. The same object for the same object: most decisions read the same, and a
 * batch on its way to the writer's thread then holds it once.
 */
export function revisionsOf(read: Readonly<Record<string, string>>): Revisions {
  const known = KNOWN.get(read);
  if (known !== undefined) return known;
  const revisions: Record<string, bigint> = {};
  for (const [stream, revision] of Object.entries(read)) revisions[stream] = BigInt(revision);
  KNOWN.set(read, revisions);
  return revisions;
}
