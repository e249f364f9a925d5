import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { SystemClock, ledgerFiles } from '#ledger';
import { issueToken, type TokenClaims } from '#ledger/access';
import { Child, type Seen } from './child.js';

/** An answer of the service. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  /** From sending until all of it was there. */
  readonly ms: number;
}

/** A request as a caller makes it. */
export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly type?: string;
}

const CONNECTIONS = 64;
/** The service ends a connection that has been idle for five seconds: one that is about to end must not be asked. */
const IDLE_MS = 3_000;
const DAY = 86_400;
const OFFICER = { role: 'officer', operator: 'quicklid', actor: 'bench' } as const;

/** A ledger behind `pdl serve`, in a process of its own, asked over connections that are kept. */
export class ServedLedger {
  readonly #agent = new Agent({
    keepAlive: true,
    maxSockets: CONNECTIONS,
    timeout: IDLE_MS,
  });

  private constructor(
    private readonly child: Child,
    private readonly url: URL,
    private readonly token: string,
  ) {}

  /** Serves the ledger of a directory that nobody has open, and asks it as the bearer of these claims. */
  static async start(data: string, claims: TokenClaims): Promise<ServedLedger> {
    const now = new SystemClock().now();
    const { token } = await issueToken({ files: ledgerFiles(data) }, claims, { now, seconds: DAY });
    const settings = { PDL_LOG_LEVEL: 'warn', PDL_REQUESTS_PER_SECOND: '0' };
    const child = new Child(data, ['serve', '--port', '0'], settings);
    const { listening } = await child.answer();
    return new ServedLedger(child, new URL(String(listening)), token);
  }

  async ask({ method, path, body, type = 'application/json' }: Request): Promise<Answered> {
    const began = performance.now();
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': type };
    const sending = request(new URL(path, this.url), { method, headers, agent: this.#agent });
    const answering = new Promise<IncomingMessage>((resolve, reject) => {
      sending.once('response', resolve);
      sending.once('error', reject);
    });
    sending.end(body);
    const response = await answering;
    const answer = await text(response);
    return { status: response.statusCode ?? 0, text: answer, ms: performance.now() - began };
  }

  /** What the service says of itself now. */
  async look(): Promise<Seen> {
    return this.child.look();
  }

  /** Ends it as an operator does. @throws {WrongAnswerError} unless it ends well. */
  async stop(): Promise<Seen> {
    this.#agent.destroy();
    return this.child.end('SIGTERM');
  }

  /** Ends it if it still runs. */
  kill(): void {
    this.#agent.destroy();
    this.child.kill();
  }
}

/** Serves a ledger while something is measured; asked as an officer of one operator unless told otherwise. */
export async function whileServed<T>(
  data: string,
  measure: (served: ServedLedger) => Promise<T>,
  claims: TokenClaims = OFFICER,
): Promise<T> {
  const served = await ServedLedger.start(data, claims);
  try {
    const measured = await measure(served);
    await served.stop();
    return measured;
  } finally {
    served.kill();
  }
}
