import { describe, expect, it } from '@jest/globals';
import { alternate, rounded, summarise, type Side } from './rounds.js';
import { WrongAnswerError } from './wrong-answer.js';

/** A side that answers these figures in turn and notes when it was asked. */
function sideOf(name: string, figures: readonly number[], asked: string[] = []): Side {
  const left = [...figures];
  return {
    name,
    round: async () => {
      asked.push(name);
      return left.shift() ?? NaN;
    },
  };
}

describe('rounds', () => {
  it('takes the middle figure, of an even number the mean of the two in the middle', () => {
    expect(summarise([9, 1, 5])).toEqual({ rounds: 3, min: 1, median: 5, max: 9 });
    expect(summarise([10, 2, 4, 6])).toEqual({ rounds: 4, min: 2, median: 5, max: 10 });
    expect(summarise([7])).toEqual({ rounds: 1, min: 7, median: 7, max: 7 });
    expect(() => summarise([])).toThrow(RangeError);
  });

  it('asks all sides in turn, every other round in reverse', async () => {
    const asked: string[] = [];
    const sides = [sideOf('ours', [1, 3, 2], asked), sideOf('a', [4, 5, 6], asked)] as const;
    const outcomes = await alternate(3, [sides[0], sides[1]]);
    expect(asked).toEqual(['ours', 'a', 'a', 'ours', 'ours', 'a']);
    expect(outcomes.get('ours')).toEqual({ rounds: 3, min: 1, median: 2, max: 3 });
    expect(outcomes.get('a')).toEqual({ rounds: 3, min: 4, median: 5, max: 6 });
  });

  it('drops a peer that breaks with its reason, and goes on', async () => {
    const broken: Side = {
      name: 'broken',
      round: async () => {
        throw new Error('SQLITE_BUSY');
      },
    };
    const outcomes = await alternate(2, [sideOf('ours', [1, 2]), broken]);
    expect(outcomes.get('broken')).toEqual({ reason: 'it failed: SQLITE_BUSY' });
    expect(outcomes.get('ours')).toMatchObject({ rounds: 2 });
  });

  it('ends the run when we break, or when any side was fast and wrong', async () => {
    const failing = (error: Error): Side => ({
      name: 'failing',
      round: async () => {
        throw error;
      },
    });
    await expect(alternate(1, [failing(new Error('full'))])).rejects.toThrow('full');
    const wrong = failing(new WrongAnswerError('a peer', 'an event is missing'));
    await expect(alternate(1, [sideOf('ours', [1]), wrong])).rejects.toMatchObject({
      status: 1,
      message: 'a peer answered wrongly: an event is missing',
    });
  });

  it('shows no more digits than were measured', () => {
    expect([0.123456, 14.8951, 17538.4].map(rounded)).toEqual([0.123, 14.9, 17538]);
  });
});
