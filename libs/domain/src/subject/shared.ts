/** How many lists are kept; what comes later is not shared. */
const KEPT = 4096;
const CODES = new Map<string, string>();
const LISTS = new Map<string, readonly string[]>();
const SETS = new Map<string, ReadonlySet<string>>();

/** The same code as one string for everybody: each event that is read brings its own. */
export function sharedCode(code: string): string {
  return shared(CODES, code, () => code);
}

/**
 * The same codes as one frozen list for everybody: codes of a policy come in few combinations, and every state of every
 * subject would hold its own.
 */
export function sharedList(codes: readonly string[]): readonly string[] {
  return shared(LISTS, JSON.stringify(codes), () => Object.freeze(codes.map(sharedCode)));
}

/** The same codes as one set for everybody. */
export function sharedSet(codes: readonly string[]): ReadonlySet<string> {
  return shared(SETS, JSON.stringify(codes), () => new Set(codes.map(sharedCode)));
}

function shared<T>(kept: Map<string, T>, name: string, make: () => T): T {
  const found = kept.get(name);
  if (found !== undefined) return found;
  const made = make();
  if (kept.size < KEPT) kept.set(name, made);
  return made;
}
