import type { EventStore } from '#event-store';
import type { Vault } from '#vault';

/** When a call of a port fails. */
export const MOMENTS = ['before', 'after', 'late', 'from then on'] as const;

/** Which call of a request fails, when, and with which error. */
export interface Strike {
  /** How many calls are let through first. */
  readonly after: number;
  /** `after`: its effect is there, its answer is not; `late`: it fails only many turns later. */
  readonly when: (typeof MOMENTS)[number];
  /** What the port's own contract lets it throw. */
  readonly error: (port: Port) => Error;
}

/** Ports that a test lets fail. */
export type Port = 'store' | 'vault';

/** Calls that touch a disk; the others compute, or only note what a later one writes. */
const FAILING: Readonly<Record<Port, ReadonlySet<string>>> = {
  store: new Set<keyof EventStore>([
    ...(['append', 'readStream', 'readAll', 'readAt', 'head', 'headAt'] as const),
    ...(['streamHead', 'findEvent', 'findEvents'] as const),
  ]),
  vault: new Set<keyof Vault>(['ahead', 'resolve', 'commit', 'open', 'same', 'lookup', 'actor']),
};

/** Calls that answer without a promise: they fail at once. */
const AT_ONCE: ReadonlySet<string> = new Set(['readStream', 'readAll', 'resolve']);

/** Real ports, of which one call after another is made to fail. */
export class StrikingPorts {
  /** Calls that failed so far. */
  struck = 0;
  /** Calls of the request under way that could fail. */
  calls = 0;
  #strike: Strike | undefined;

  /** Sees every call before it is made. */
  constructor(private readonly seen: (method: string, args: readonly unknown[]) => void) {}

  /** Lets one call of what follows fail; undefined: none. */
  arm(strike: Strike | undefined): void {
    this.calls = 0;
    this.#strike = strike;
  }

  /** The same port, with faults. */
  around<T extends EventStore | Vault>(name: Port, port: T): T {
    return new Proxy(port, {
      get: (target, property): unknown => {
        const member: unknown = Reflect.get(target, property, target);
        if (typeof member !== 'function') return member;
        const call = (...args: unknown[]): unknown => Reflect.apply(member, target, args);
        const method = String(property);
        return (...args: unknown[]): unknown => {
          this.seen(method, args);
          return FAILING[name].has(method)
            ? this.#call(name, method, () => call(...args))
            : call(...args);
        };
      },
    });
  }

  #call(port: Port, method: string, call: () => unknown): unknown {
    const strike = this.#due();
    if (strike === undefined) return call();
    this.struck += 1;
    const error = strike.error(port);
    if (AT_ONCE.has(method)) throw error;
    return failing(strike.when, call, error);
  }

  #due(): Strike | undefined {
    const strike = this.#strike;
    this.calls += 1;
    if (strike === undefined || this.calls <= strike.after) return undefined;
    if (strike.when !== 'from then on') this.#strike = undefined;
    return strike;
  }
}

async function failing(when: Strike['when'], call: () => unknown, error: Error): Promise<never> {
  if (when === 'after') await call();
  if (when === 'late') await manyTurns();
  throw error;
}

async function manyTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
