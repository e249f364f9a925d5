import fc from 'fast-check';

/** The seed of this run: `PDL_SEED` repeats one that a failure named. */
export const SEED = Number(process.env['PDL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** An endless supply of one thing, always the same for the same seed. */
export function* drawn<T>(arbitrary: fc.Arbitrary<T>, seed = SEED): Generator<T, never> {
  for (let round = seed; ; round += 1) {
    yield* fc.sample(arbitrary, { seed: round, numRuns: 256 });
  }
}
