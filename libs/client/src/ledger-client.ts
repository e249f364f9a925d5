import type { Access } from './access.js';
import { exchange } from './exchange.js';
import type { Asked, Route, Told } from './routes.js';

/** Calls of the service, each with the types of its description. */
export class LedgerClient {
  constructor(private readonly access: Access) {}

  /**
   * Asks once. What was not answered may have been recorded: with a `key` it can be asked again.
   * @throws {LedgerProblem} the service's, or UNREACHABLE, or UNREADABLE.
   */
  async ask<R extends Route>(route: R, asked: Asked<R>): Promise<Told<R>> {
    const [method = '', template = ''] = route.split(' ');
    const { path = {}, query = {}, body, key }: Loose = asked;
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { ...json, ...(key === undefined ? {} : { 'idempotency-key': key }) };
    const message = { method, path: filled(template, path) + queryOf(query), headers };
    const sent = body === undefined ? message : { ...message, body: JSON.stringify(body) };
    return (await exchange(this.access, sent)) as Told<R>;
  }
}

type Fields = Readonly<Record<string, string | number | undefined>>;

/** The parts of any call. */
interface Loose {
  readonly path?: Fields;
  readonly query?: Fields;
  readonly body?: unknown;
  readonly key?: string;
}

function filled(template: string, path: Fields): string {
  return template.replaceAll(/\{(\w+)\}/gu, (_, name: string) =>
    encodeURIComponent(String(path[name])),
  );
}

function queryOf(query: Fields): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = String(new URLSearchParams(Object.fromEntries(given) as Record<string, string>));
  return text === '' ? '' : `?${text}`;
}
