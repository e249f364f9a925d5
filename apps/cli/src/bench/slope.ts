/** A figure at a moment. */
export interface Sample {
  readonly x: number;
  readonly y: number;
}

/** By how much y grows with x: least squares. */
export function slopeOf(samples: readonly Sample[]): number {
  if (samples.length < 2) throw new RangeError('a slope needs two samples');
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [x, y] = [mean((sample) => sample.x), mean((sample) => sample.y)];
  return mean((sample) => (sample.x - x) * (sample.y - y)) / mean((sample) => (sample.x - x) ** 2);
}
