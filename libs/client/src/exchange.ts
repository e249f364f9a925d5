import type { Access } from './access.js';
import { LedgerProblem, type Problem } from './ledger-problem.js';

const REQUEST_MS = 30_000;

/** A request as it is sent. */
export interface Message {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends once; the body of the answer. @throws {LedgerProblem} for whatever is not an answer of 2xx. */
export async function exchange(access: Access, message: Message): Promise<unknown> {
  const { status, type, text } = await received(access, message);
  const body = /^application\/(problem\+)?json\b/u.test(type) ? parsed(text) : text;
  if (status >= 200 && status < 300 && body !== undefined) return body;
  if (type.startsWith('application/problem+json') && isProblem(body)) {
    throw new LedgerProblem(body.code, status, body);
  }
  throw new LedgerProblem('UNREADABLE', status);
}

interface Received {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

async function received(access: Access, { path, headers, ...rest }: Message): Promise<Received> {
  const authorization = `Bearer ${await tokenOf(access)}`;
  const { url, requestMs = REQUEST_MS, fetch = globalThis.fetch } = access;
  try {
    const signal = AbortSignal.timeout(requestMs);
    const all = { ...rest, headers: { ...headers, authorization }, signal };
    const answer = await fetch(new URL(path, url), all);
    const type = answer.headers.get('content-type') ?? '';
    return { status: answer.status, type, text: await answer.text() };
  } catch {
    throw new LedgerProblem('UNREACHABLE');
  }
}

async function tokenOf({ token }: Access): Promise<string> {
  try {
    return await token();
  } catch {
    throw new LedgerProblem('NO_TOKEN');
  }
}

/** Undefined when it is no JSON: the error of the platform would quote it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(body: unknown): body is Problem {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/u.test(code);
}
