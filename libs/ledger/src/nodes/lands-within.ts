/**
 * The longest (ms) that an event may take from its `recordedAt` into a log that several nodes write: queue, tries and
 * pauses altogether. Who would take longer gives up. So another node's event may stand behind it that was recorded up to so
 * much later, and what has been pending for longer never comes.
 */
export const LANDS_WITHIN_MS = 120_000;

/** How much of that (ms) may be over when an event is handed to the log: the rest is the log's own patience. */
export const HANDED_OVER_WITHIN_MS = 60_000;
