import { WrongAnswerError } from './wrong-answer.js';

/** One side of a comparison: a round measures, checks what it measured and answers a figure in the side's unit. */
export interface Side {
  readonly name: string;
  readonly round: () => Promise<number>;
}

/** The figures of one side; `median` is what is compared. */
export interface Summary {
  readonly rounds: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** What became of a side: its figures, or why there are none. */
export type Outcome = Summary | { readonly reason: string };

/**
 * Measures all sides in turn, every other round in reverse, so that a drift of the machine meets them alike.
 * A peer that breaks is dropped with its reason; the first side is ours and must not break.
 * @throws {WrongAnswerError} when a side, also a peer, answers fast and wrong.
 */
export async function alternate(
  rounds: number,
  [ours, ...peers]: readonly [Side, ...Side[]],
  onRound: (side: string, figure: number) => void = () => undefined,
): Promise<ReadonlyMap<string, Outcome>> {
  const taken = [ours, ...peers].map((side) => new Taken(side, side === ours));
  for (let n = 0; n < rounds; n += 1) {
    for (const side of n % 2 === 0 ? taken : taken.toReversed()) await side.take(onRound);
  }
  return new Map(taken.map((side) => [side.name, side.outcome()]));
}

/** The rounds of one side so far. */
class Taken {
  readonly #figures: number[] = [];
  #reason: string | undefined;

  constructor(
    private readonly side: Side,
    private readonly isOurs: boolean,
  ) {}

  get name(): string {
    return this.side.name;
  }

  async take(onRound: (side: string, figure: number) => void): Promise<void> {
    if (this.#reason !== undefined) return;
    try {
      const figure = await this.side.round();
      this.#figures.push(figure);
      onRound(this.name, figure);
    } catch (error) {
      if (this.isOurs || error instanceof WrongAnswerError) throw error;
      this.#reason = `it failed: ${messageOf(error)}`;
    }
  }

  outcome(): Outcome {
    return this.#reason === undefined ? summarise(this.#figures) : { reason: this.#reason };
  }
}

/** Smallest, middle and largest figure; of an even number of figures the mean of the two in the middle. */
export function summarise(figures: readonly number[]): Summary {
  const sorted = figures.toSorted((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new RangeError('a summary needs a figure');
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  const median = middle.reduce((sum, figure) => sum + figure, 0) / middle.length;
  return { rounds: sorted.length, min, median, max };
}

/** Three significant digits below a thousand, whole numbers from there. */
export function rounded(figure: number): number {
  return Math.abs(figure) >= 1000 ? Math.round(figure) : Number(figure.toPrecision(3));
}

function messageOf(error: unknown): string {
  const isError = typeof error === 'object' && error !== null && 'message' in error;
  return isError ? String(error.message) : 'unknown error';
}
