import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Connection } from './connection.js';
import { failureOf } from './failure.js';
import { guardedClient } from './guarded-client.js';

describe('the connection', () => {
  let urls: string[];
  let connection: Connection;

  beforeEach(() => {
    urls = [];
    connection = new Connection('esdb://127.0.0.1:1?tls=false', (url) => {
      urls.push(url);
      return guardedClient(url);
    });
  });
  afterEach(async () => connection.close());

  const silence = failureOf(new Error('no answer'));

  it('replaces a client that failed, once, however many of its calls report it', async () => {
    const first = await connection.link();
    connection.renewAfter(silence, first);
    connection.renewAfter(silence, first);
    const second = await connection.link();
    connection.renewAfter(silence, first);
    expect(await connection.link()).toBe(second);
    expect(first.lost.aborted).toBe(true);
    expect(urls).toHaveLength(2);
  });

  it('gives no client the connection of another one, and its growing pauses', async () => {
    for (let n = 0; n < 3; n += 1) connection.renewAfter(silence, await connection.link());
    await connection.link();
    expect(new Set(urls).size).toBe(4);
  });

  it('keeps a client that was told who leads', async () => {
    const link = await connection.link();
    connection.renewAfter(failureOf({ type: 'not-leader' }), link);
    expect(await connection.link()).toBe(link);
  });

  it('gives no client any more once it is closed', async () => {
    await connection.close();
    await expect(connection.link()).rejects.toMatchObject({ code: 'CLOSED' });
  });
});
