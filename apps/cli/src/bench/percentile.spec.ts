import { describe, expect, it } from '@jest/globals';
import { percentile } from './percentile.js';

describe('what many figures say', () => {
  it('a percentile is the figure of the nearest rank', () => {
    const figures = Array.from({ length: 200 }, (_, n) => 200 - n);
    expect([0, 0.5, 0.99, 1].map((share) => percentile(figures, share))).toEqual([
      1, 100, 198, 200,
    ]);
    expect(percentile([7], 0.99)).toBe(7);
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});
