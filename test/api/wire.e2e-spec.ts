import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ROLE_TABLE } from '../../apps/api/src/access/role-table.js';
import { LIMITS } from '../../apps/api/src/http/limits.js';
import { makeService, type Service } from '../../apps/api/src/service.js';
import { ServiceUnderTest } from './service-under-test.js';

const VALUE = 'Зызықұмов Өмірбек';
/** What a path may carry: it is told nowhere. */
const MARK = 'zyzmark';
const BODY = '{"operator":"quicklid","kind":"individual"}';

describe('what comes over the wire', () => {
  let pdl: ServiceUnderTest;
  let service: Service;
  let port: number;
  let token: string;
  const watch = { ms: 0 };

  beforeAll(async () => {
    pdl = await ServiceUnderTest.start();
    const stopwatch = { nowMs: () => watch.ms };
    const { ledger, config, log } = pdl;
    service = await makeService({
      ledger,
      config,
      log: { write: (line) => log.push(line) },
      stopwatch,
    });
    port = Number(new URL(await service.listen(config)).port);
    token = await pdl.officer();
  });
  afterAll(async () => {
    await service.stop();
    await pdl.stop();
  });

  const size = async (): Promise<bigint> => (await pdl.ledger.parts.store.head()).size;
  const opened = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  const lines = (...more: readonly string[]): string =>
    [
      ...['POST /v1/subjects HTTP/1.1', 'Host: x', `Authorization: Bearer ${token}`],
      ...['Content-Type: application/json', ...more, '', ''],
    ].join('\r\n');

  /** Everything that is answered until the connection ends. */
  async function answered(socket: Socket): Promise<string> {
    const pieces: Buffer[] = [];
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    await once(socket, 'close');
    return Buffer.concat(pieces).toString();
  }

  const length = `Content-Length: ${BODY.length}`;
  const smuggled = `POST /v1/subjects HTTP/1.1\r\nHost: x\r\n${length}\r\n\r\n${BODY}`;
  const SMUGGLING: readonly (readonly [string, () => string])[] = [
    [
      'a length and chunks',
      () => `${lines(length, 'Transfer-Encoding: chunked')}0\r\n\r\n${smuggled}`,
    ],
    ['two lengths', () => `${lines(length, 'Content-Length: 3')}${BODY}`],
    ['a length that is a list', () => `${lines(`${length}, 3`)}${BODY}`],
    ['a length with a sign', () => `${lines(`Content-Length: +${BODY.length}`)}${BODY}`],
    ['chunks by another name', () => `${lines('Transfer-Encoding: xchunked')}0\r\n\r\n${smuggled}`],
    ['chunks that are not the last coding', () => lines('Transfer-Encoding: chunked, gzip')],
    ['lines that end in LF alone', () => `${lines(length).replaceAll('\r\n', '\n')}${BODY}`],
    ['a bare LF within a header', () => `${lines(`X: a\n${length}`)}${BODY}`],
    ['a folded header', () => `${lines('X: a\r\n b', length)}${BODY}`],
    ['a space before the colon', () => `${lines(`Content-Length : ${BODY.length}`)}${BODY}`],
    ['no host', () => `${lines(length).replace('Host: x\r\n', '')}${BODY}`],
    [
      'a chunk size that is none',
      () => `${lines('Transfer-Encoding: chunked')}0x2\r\n{}\r\n0\r\n\r\n`,
    ],
    ['a NUL in a header', () => `${lines('X: a\0b', length)}${BODY}`],
    ['no HTTP', () => `${VALUE}\r\n\r\n`],
  ];
  it.each(SMUGGLING)('with %s is refused once, and ends the connection', async (_what, bytes) => {
    const before = await size();
    const socket = await opened();
    socket.write(bytes());
    const said = await answered(socket);
    expect(said).toMatch(/^HTTP\/1\.1 400 /u);
    expect(said.match(/HTTP\/1\.1/gu)).toHaveLength(1);
    expect(said).not.toContain(VALUE);
    expect(await size()).toBe(before);
  });

  const UNREADABLE = [
    `/v1/subjects/${MARK}%zz/data?purpose=quicklid:3.1`,
    `/v1/subjects/${MARK}%E0%A4%A/data`,
    `/docs/${MARK}%`,
    `/${MARK}%ff`,
    MARK,
    `x:${MARK}`,
  ];
  it.each(UNREADABLE)(
    'with the path %s is a wrong request, and nothing of it is told',
    async (path) => {
      const socket = await opened();
      const head = [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close', '', ''];
      socket.write(head.join('\r\n'));
      const said = await answered(socket);
      expect(said).toMatch(/^HTTP\/1\.1 400 [\s\S]+application\/problem\+json/u);
      const [, body = ''] = said.split('\r\n\r\n');
      expect(JSON.parse(body)).toEqual({
        status: 400,
        title: expect.any(String),
        detail: expect.any(String),
        code: 'INVALID_REQUEST',
        errors: [{ path: '', message: expect.any(String) }],
      });
      expect(said + pdl.log.join('')).not.toContain(MARK);
    },
  );

  it('with an id of any length is looked up', async () => {
    const path = `/v1/subjects/${MARK.repeat(100)}/consents`;
    const told = await pdl.ask(`GET ${path}`, { token });
    expect(told).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(told.text).not.toContain(MARK);
  });

  it('with headers that are too long is refused before they end', async () => {
    const socket = await opened();
    socket.write(lines(`X: ${'x'.repeat(LIMITS.headerBytes)}`));
    expect(await answered(socket)).toMatch(/^HTTP\/1\.1 413 [\s\S]+"detail":"[\s\S]+TOO_LARGE/u);
  });

  it('with a length that is too much, or packed, is refused before the body comes', async () => {
    for (const [header, status] of [
      [`Content-Length: ${LIMITS.bodyBytes + 1}`, 413],
      ['Content-Length: 20\r\nContent-Encoding: gzip', 415],
      ['Content-Length: 20\r\nContent-Encoding: br', 415],
    ] as const) {
      const socket = await opened();
      socket.write(lines(header));
      const [first] = (await once(socket, 'data')) as [Buffer];
      expect(first.toString()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `, 'u'));
      socket.destroy();
    }
  });

  it('with a body that does not come is cut off after its time, and no sooner', async () => {
    const socket = await opened();
    let isClosed = false;
    const ended = once(socket, 'close').then(() => (isClosed = true));
    socket.write(lines(length));
    socket.write(BODY.slice(0, 9));
    // Another request goes the whole way: by then the first has been seen.
    await fetch(`http://127.0.0.1:${port}/health/live`);
    watch.ms += LIMITS.bodyMs - 1;
    await fetch(`http://127.0.0.1:${port}/health/live`);
    expect(isClosed).toBe(false);
    watch.ms += 2;
    await ended;
  });

  it('has its times and sizes from the list of limits', () => {
    const { server } = service.fastify;
    expect(server).toMatchObject({
      headersTimeout: LIMITS.headersMs,
      keepAliveTimeout: LIMITS.keepAliveMs,
      maxRequestsPerSocket: LIMITS.requestsPerSocket,
      maxConnections: pdl.config.connections,
      requestTimeout: 0,
    });
  });

  const METHODS = ['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'QUERY'];
  it.each(METHODS)('as %s is refused by every route', async (method) => {
    const subject = await pdl.person({ 'quicklid:name': VALUE });
    const before = await size();
    for (const route of Object.keys(ROLE_TABLE)) {
      const path = route.slice(route.indexOf(' ') + 1).replaceAll(/:\w+/gu, subject);
      const socket = await opened();
      const head = [
        `${method} ${path}?purpose=quicklid:3.1 HTTP/1.1`,
        ...['Host: x', `Authorization: Bearer ${token}`, 'Connection: close', '', ''],
      ];
      socket.write(head.join('\r\n'));
      const said = await answered(socket);
      expect([route, said]).toEqual([route, expect.not.stringContaining(VALUE)]);
      // CONNECT has no answer: the connection ends.
      expect([route, said]).toEqual([route, expect.stringMatching(/^($|HTTP\/1\.1 4\d\d )/u)]);
    }
    expect(await size()).toBe(before);
  });
});
