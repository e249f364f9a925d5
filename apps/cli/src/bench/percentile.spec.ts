import { describe, expect, it } from '@jest/globals';
import { percentile } from './percentile.js';
import { slopeOf } from './slope.js';

describe('what many figures say', () => {
  it('a percentile is the figure of the nearest rank', () => {
    const figures = Array.from({ length: 200 }, (_, n) => 200 - n);
    expect([0, 0.5, 0.99, 1].map((share) => percentile(figures, share))).toEqual([
      1, 100, 198, 200,
    ]);
    expect(percentile([7], 0.99)).toBe(7);
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });

  it('a slope is how much the figures grow, whatever lies around it', () => {
    const noise = [1, -1, -1, 1, 1, -1, -1, 1];
    const samples = noise.map((around, x) => ({ x, y: 100 + 3 * x + around }));
    expect(slopeOf(samples)).toBeCloseTo(3, 10);
    expect(slopeOf(samples.map(({ x }) => ({ x, y: 5 })))).toBe(0);
    expect(() => slopeOf(samples.slice(0, 1))).toThrow(RangeError);
  });
});
