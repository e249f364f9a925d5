import { describe, expect, it } from '@jest/globals';

interface Summary {
  readonly ok: boolean;
  readonly lines: readonly string[];
}
const { summaryOf } = (await import(
  new URL('../../scripts/summary.mjs', import.meta.url).href
)) as {
  summaryOf(
    result: object | undefined,
    status: number | null,
    how?: { readonly named?: boolean; readonly signal?: string },
  ): Summary;
};

const suite = (...tests: readonly (readonly [string, string])[]): object => ({
  testResults: [
    {
      name: 'a.spec.js',
      status: tests.some(([, status]) => status === 'failed') ? 'failed' : 'passed',
      assertionResults: tests.map(([fullName, status]) => ({ fullName, status })),
    },
  ],
});
const broken = { testResults: [{ name: 'a.spec.js', status: 'failed', assertionResults: [] }] };

describe('the closing line of npm test', () => {
  it.each([
    ['all pass', suite(['a', 'passed'], ['b', 'passed']), 0, '2 passed, 0 failed'],
    ['one fails', suite(['a', 'passed'], ['b', 'failed']), 1, '1 passed, 1 failed'],
    ['a suite does not load', broken, 1, '0 passed, 1 failed'],
    ['no test is found', { testResults: [] }, 1, '0 passed, 1 failed'],
    ['no test is found and Jest does not mind', { testResults: [] }, 0, '0 passed, 1 failed'],
    ['all are skipped', suite(['a (skipped where it rains)', 'pending']), 0, '0 passed, 1 failed'],
    ['a skip has no reason', suite(['a', 'passed'], ['b', 'pending']), 0, '1 passed, 1 failed'],
    ['Jest dies after its result', suite(['a', 'passed']), null, '1 passed, 1 failed'],
    ['Jest writes no result', undefined, 1, '0 passed, 1 failed'],
  ])('counts honestly when %s', (_when, result, status, line) => {
    const { ok, lines } = summaryOf(result, status);
    expect([ok, lines.at(-1)]).toEqual([line.endsWith(' 0 failed'), line]);
  });

  it('names what ended Jest when it wrote no result', () => {
    expect(summaryOf(undefined, null, { signal: 'SIGKILL' }).lines).toEqual([
      'failed: Jest wrote no result, it ended with SIGKILL',
      '0 passed, 1 failed',
    ]);
  });

  it('asks no reason of those that were not chosen by name', () => {
    const { lines } = summaryOf(suite(['a', 'passed'], ['b', 'pending']), 0, { named: true });
    expect(lines).toEqual(['1 passed, 0 failed']);
  });

  it('says of each skipped test where it is skipped, on a line of its own', () => {
    const { ok, lines } = summaryOf(
      suite(['a', 'passed'], ['mounts (skipped where there is no tmpfs)', 'pending']),
      0,
    );
    expect([ok, lines]).toEqual([
      true,
      ['skipped: mounts (skipped where there is no tmpfs)', '1 skipped', '1 passed, 0 failed'],
    ]);
  });
});
