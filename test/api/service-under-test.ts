import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, Ledger, initLedger, ledgerFiles, openLedger, shippedPolicies } from '#ledger';
import { issueToken, type TokenClaims } from '#ledger/access';
import type { EventStore } from '#event-store';
import type { Vault } from '#vault';
import { given } from '../../apps/api/src/http/given.js';
import { readConfig, type GivenConfig } from '../../apps/api/src/config/read-config.js';
import { TestClock } from '../test-clock.js';
import { describedRoute, wrongInAnswer } from './described-answers.js';
import { makeService, type Service } from '../../apps/api/src/service.js';

/** An answer as a test looks at it. */
export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How a request departs from the plain one. */
export interface Asked {
  readonly token?: string;
  readonly body?: unknown;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A real ledger in a fresh directory and a real service around it. */
export class ServiceUnderTest {
  readonly log: string[] = [];
  #tokens = new Map<string, Promise<string>>();

  private constructor(
    readonly config: ReturnType<typeof readConfig>,
    readonly clock: TestClock,
    readonly ledger: Ledger,
    readonly service: Service,
  ) {}

  get directory(): string {
    return this.config.data;
  }

  static async start(more: GivenConfig = {}): Promise<ServiceUnderTest> {
    const directory = mkdtempSync(join(tmpdir(), 'pdl-api-'));
    const clock = new TestClock();
    const files = ledgerFiles(directory);
    await initLedger({ files, clock, policies: shippedPolicies(), by: 'test' });
    const ledger = await openAt(directory, clock);
    const log: string[] = [];
    const config = configOf(directory, more);
    const service = await makeService({ ledger, config, log: { write: (l) => log.push(l) } });
    const started = new ServiceUnderTest(config, clock, ledger, service);
    log.splice(0);
    Object.assign(started, { log });
    return started;
  }

  /** Puts decorated stores under the same ledger, and a service around it. */
  async decorated(
    store: (store: EventStore) => EventStore,
    vault: (vault: Vault) => Vault = (same) => same,
  ): Promise<Service> {
    const { parts, liveViews } = this.ledger;
    const ports = { store: store(parts.store), vault: vault(parts.vault) };
    const around = new Ledger({ ...parts, ...ports }, liveViews);
    const sink = { write: (line: string) => this.log.push(line) };
    return makeService({ ledger: around, config: this.config, log: sink });
  }

  /** A token of the local issuer. */
  async token(
    claims: Omit<TokenClaims, 'actor'> & { actor?: string },
    seconds = 3600,
  ): Promise<string> {
    const name = JSON.stringify([claims, seconds]);
    const known = this.#tokens.get(name);
    if (known !== undefined) return known;
    const place = { files: ledgerFiles(this.directory) };
    const now = this.clock.now();
    const made = issueToken(place, { actor: `the ${claims.role}`, ...claims }, { now, seconds });
    const token = made.then((issued) => issued.token);
    this.#tokens.set(name, token);
    return token;
  }

  async officer(operator = 'quicklid'): Promise<string> {
    return this.token({ role: 'officer', operator });
  }

  async emitter(operator = 'quicklid'): Promise<string> {
    return this.token({ role: 'emitter', operator });
  }

  /** Asks without a socket. @throws {Error} when the answer is not as the description has it. */
  async ask(route: string, asked: Asked = {}, service = this.service): Promise<Told> {
    const [method = 'GET', url = '/'] = route.split(' ');
    const { body } = asked;
    const answer = await service.fastify.inject({
      method: method as 'GET',
      url,
      headers: headersOf(asked),
      ...given({ payload: body === undefined ? undefined : payloadOf(body) }),
    });
    const told = toldOf(answer.statusCode, answer.headers, answer.body);
    const described = describedRoute(method, url);
    const wrong = described === undefined ? [] : wrongInAnswer(described, told);
    if (wrong.length > 0) throw new Error(`not as described: ${wrong.join('; ')}`);
    return told;
  }

  /** A registered person with a consent, and values collected under it. */
  async person(values: Readonly<Record<string, string>>, operator = 'quicklid'): Promise<string> {
    const token = await this.officer(operator);
    const purpose = operator === 'quicklid' ? 'quicklid:3.1' : 'akjet:5.1';
    const registered = await this.ask('POST /v1/subjects', {
      token,
      body: { operator, kind: 'individual' },
    });
    const subject = String(registered.body['subject']);
    const body = consentOf(purpose, Object.keys(values));
    await this.ask(`POST /v1/subjects/${subject}/consents`, { token, body });
    const collected = await this.ask(`POST /v1/subjects/${subject}/operations`, {
      token,
      body: collectOf(purpose, values),
    });
    if (collected.status !== 201) throw new Error(`not collected: ${collected.text}`);
    return subject;
  }

  /** All events of a type, in order. */
  async events(type: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const found: Readonly<Record<string, unknown>>[] = [];
    for await (const batch of this.ledger.parts.store.readAll()) {
      for (const { leaf } of batch) {
        const event = JSON.parse(Buffer.from(leaf).toString()) as Readonly<Record<string, unknown>>;
        if (event['type'] === type) found.push(event);
      }
    }
    return found;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.ledger.close();
    rmSync(this.directory, { recursive: true });
  }
}

/** A consent as a caller gives it. */
export function consentOf(purpose: string, categories: readonly string[]): object {
  return {
    purpose,
    categories,
    thirdParties: false,
    crossBorder: false,
    publication: false,
    channel: 'WRITTEN',
    evidence: { kind: 'written', textSha256: 'a'.repeat(64), language: 'kk' },
  };
}

/** A collection as a caller reports it. */
export function collectOf(purpose: string, data: Readonly<Record<string, string>>): object {
  return {
    operation: 'collect',
    purpose,
    basis: { code: 'KZ-CONSENT' },
    medium: 'automated',
    dataSource: { kind: 'subject' },
    data,
  };
}

/** The ledger of a directory. */
export async function openAt(directory: string, clock: Clock): Promise<Ledger> {
  return openLedger({
    files: ledgerFiles(directory),
    clock,
    onFatal: (error) => {
      throw error;
    },
  });
}

/** An answer with its body, when it is JSON. */
export function toldOf(status: number, headers: object, text: string): Told {
  const { 'content-type': type = '' } = headers as Readonly<Record<string, unknown>>;
  const isJson = /^application\/(problem\+)?json/u.test(String(type));
  const body = (isJson ? JSON.parse(text) : {}) as Told['body'];
  return { status, headers: headers as Told['headers'], text, body };
}

/** Headers of a request. */
export function headersOf({ token, body, key, headers = {} }: Asked): Record<string, string> {
  const plain = given({
    authorization: token === undefined ? undefined : `Bearer ${token}`,
    'idempotency-key': key,
    'content-type': body === undefined ? undefined : 'application/json',
  });
  return { ...plain, ...headers };
}

function payloadOf(body: unknown): string | Buffer {
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

function configOf(directory: string, more: GivenConfig): ReturnType<typeof readConfig> {
  return readConfig({}, { data: directory, port: 0, requestsPerSecond: 0, ...more });
}
