import { setTimeout } from 'node:timers/promises';
import { PURPOSE } from './made-commands.js';
import type { SealedLedger } from './sealed-ledger.js';
import type { Answered, Request, ServedLedger } from './served-ledger.js';
import { WrongAnswerError } from './wrong-answer.js';

const TICK_MS = 20;
const UNDER_WAY = 1_000;

/** What became of the requests of a load. */
export interface Loaded {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds of each answer. */
  readonly each: readonly number[];
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
}

/**
 * So many requests a second for so long, whether or not the ones before are answered, until a thousand are not: of ten,
 * four are batches of ten events, one is a single operation, two read values, three read history.
 * @throws {WrongAnswerError} for an answer other than 2xx or 5xx.
 */
export async function mixedLoad(
  served: ServedLedger,
  requests: Iterator<Request, undefined>,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<Loaded> {
  const load = new Load(served);
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  while (elapsed() < seconds) {
    while (load.sent < elapsed() * perSecond && load.underWay < UNDER_WAY)
      load.send(requests.next().value);
    await setTimeout(TICK_MS);
  }
  const taken = elapsed();
  await load.ended();
  return { requests: load.sent, seconds: taken, each: load.each, statuses: load.statuses };
}

class Load {
  sent = 0;
  readonly each: number[] = [];
  readonly statuses = new Map<number, number>();
  readonly #underWay = new Set<Promise<void>>();
  #failure: Error | undefined;

  constructor(private readonly served: ServedLedger) {}

  get underWay(): number {
    return this.#underWay.size;
  }

  send(request: Request | undefined): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (request === undefined) throw new RangeError('there is nothing more to ask');
    this.sent += 1;
    const asking: Promise<void> = this.served
      .ask(request)
      .then((answer) => this.#count(answer, request))
      .catch((error: Error) => void (this.#failure ??= error))
      .finally(() => this.#underWay.delete(asking));
    this.#underWay.add(asking);
  }

  async ended(): Promise<void> {
    await Promise.all(this.#underWay);
    if (this.#failure !== undefined) throw this.#failure;
  }

  #count({ status, ms }: Answered, { method, path }: Request): void {
    this.each.push(ms);
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status < 300 || status >= 500) return;
    const route = path.replace(/[0-9a-f-]{36}.*/u, '…');
    throw new WrongAnswerError('ours', `${method} ${route} was answered ${status}`);
  }
}

/** Endless requests about everybody of a ledger, in turn. */
export function* mixedRequests(sealed: SealedLedger): Generator<Request, undefined> {
  const { subjects, lines, operations } = sealed;
  let next = operations * lines.subjects;
  for (let n = 0; ; n += 1) {
    const subject = `/v1/subjects/${subjects[(n * 7919) % subjects.length]}`;
    const kind = n % 10;
    if (kind < 4) {
      yield { ...BATCH, body: `[${[...lines.operations(next, 10)].join(',')}]` };
      next += 10;
    } else if (kind === 4) {
      yield { method: 'POST', path: `${subject}/operations`, body: USE };
    } else {
      yield { method: 'GET', path: `${subject}/${READS[kind - 5]}` };
    }
  }
}

const BATCH = {
  method: 'POST',
  path: '/v1/events',
  type: 'application/cloudevents-batch+json',
} as const;
const USE = JSON.stringify({
  operation: 'use',
  purpose: PURPOSE.quicklid,
  basis: { code: 'KZ-CONSENT' },
  categories: ['quicklid:name'],
});
const DATA = `data?purpose=${PURPOSE.quicklid}`;
const READS = [DATA, 'audit-trail?limit=50', DATA, 'consents', 'disclosures'];
