/** One fault: `item` is an id, a position or a file, never content. */
export interface Fault {
  readonly item: string;
  readonly reason: string;
}

/** What an unreadable store says of itself. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}
