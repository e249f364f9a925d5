import { describe, expect, it } from '@jest/globals';
import { Claims } from './claims.js';

describe('claims on ids', () => {
  it('let a second one wait until the first is released', async () => {
    const claims = new Claims();
    const order: string[] = [];
    const release = await claims.take(new Set(['a', 'b']));
    const second = claims.take(new Set(['b', 'c'])).then((done) => {
      order.push('second');
      done();
    });
    const other = await claims.take(new Set(['d']));
    order.push('other');
    other();
    order.push('first released');
    release();
    await second;
    expect(order).toEqual(['other', 'first released', 'second']);
  });

  it('hold nothing while they wait, so that two cannot wait for each other', async () => {
    const claims = new Claims();
    const first = await claims.take(new Set(['a']));
    const waiting = claims.take(new Set(['a', 'b']));
    const b = await claims.take(new Set(['b']));
    first();
    b();
    (await waiting)();
  });
});
