/** One fault: `item` is an id, a position or a file, never content. */
export interface Fault {
  readonly item: string;
  readonly reason: string;
}

/** The reasons of those checks that do not hold, in their order. */
export function reasonsOf(
  checks: readonly (readonly [holds: boolean, reason: string])[],
): string[] {
  return checks.filter(([holds]) => !holds).map(([, reason]) => reason);
}

/** What an unreadable store says of itself. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}
