import type { Append } from '../event-store.js';

const UUIDS = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gu;
const STREAM = /^[a-z0-9][a-z0-9-]{0,127}$/u;
const TYPE = /^[A-Z][A-Za-z]{1,63}$/u;
/** A phone number, an individual identification number, a social insurance number are no shorter. */
const LONG_NUMBER = /\d{9}/u;

/** What the names on the server of all streams of a ledger begin with: two ledgers on one server never meet. */
export function streamPrefix(ledgerId: string): string {
  return `${LEDGERS}${ledgerId.replaceAll('-', '')}.`;
}

/** What the names of all streams of all ledgers begin with. */
export const LEDGERS = 'pdl.';

/**
 * The server keeps names and types when an event is erased, and shows them to its operators.
 * @throws {RangeError} when a stream's name or an event's type could hold a person's data: a defect of the caller.
 */
export function assertNothingPersonal({ stream, events }: Append): void {
  if (!STREAM.test(stream) || LONG_NUMBER.test(stream.replaceAll(UUIDS, ''))) {
    throw new RangeError('the name of a stream is a word, codes and uuids');
  }
  if (events.some(({ type }) => !TYPE.test(type))) {
    throw new RangeError('the type of an event is a word in capitals and letters');
  }
}
