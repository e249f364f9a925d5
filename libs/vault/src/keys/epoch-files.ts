import type { EpochStatus, Retiring, VaultFault } from '../vault.js';
import type { KeyDirectory } from './key-directory.js';

/** A key file of an epoch that the vault does not use: retired, begun and cut off, or of another vault. */
export interface Stray {
  readonly operator: string;
  readonly epoch: number;
  readonly kind: 'retired' | 'begun' | 'newer';
}

/** Key files of epochs that the vault does not use; `isBegun` says whether it noted that it was making one. */
export function straysOf(
  directory: KeyDirectory,
  epochs: readonly EpochStatus[],
  isBegun: (operator: string, epoch: number) => boolean,
): readonly Stray[] {
  return directory.epochFiles().flatMap(({ operator, epoch }): readonly Stray[] => {
    const inUse = epochs.filter((each) => each.operator === operator).map((each) => each.epoch);
    if (inUse.includes(epoch)) return [];
    if (epoch < Math.max(...inUse)) return [{ operator, epoch, kind: 'retired' }];
    return [{ operator, epoch, kind: isBegun(operator, epoch) ? 'begun' : 'newer' }];
  });
}

/**
 * Shreds key files that wrap nothing: of a retired epoch that came back, and of one that was begun and cut off. Any
 * other that is newer than this vault may be the key of the right one, when an older copy was put in its place.
 */
export function shredStrays(directory: KeyDirectory, strays: readonly Stray[]): void {
  for (const { operator, epoch, kind } of strays) {
    if (kind !== 'newer') directory.retireEpoch(operator, epoch);
  }
}

/** Number of an operator's next epoch: never one that was used, here or by a key file. */
export function nextEpoch(
  directory: KeyDirectory,
  epochs: readonly EpochStatus[],
  operator: string,
): number {
  const used = [...epochs, ...directory.epochFiles()];
  const numbers = used.filter((each) => each.operator === operator).map(({ epoch }) => epoch);
  return Math.max(0, ...numbers) + 1;
}

const STRAY = {
  retired: 'the key file of a retired epoch is there: any start shreds it',
  begun: 'a rotation was cut off: any start clears it away',
  newer: 'the key of an epoch that this vault never had: an older vault was put back',
} as const;

/** Epoch files without an epoch (a retired one that came back), epochs without a file, overdue ones, loose modes. */
export function keyFaults(
  directory: KeyDirectory,
  epochs: readonly EpochStatus[],
  strays: readonly Stray[],
  now: Date,
): readonly VaultFault[] {
  const named = (list: readonly { operator: string; epoch: number }[]): Set<string> =>
    new Set(list.map(({ operator, epoch }) => `epoch-${operator}-${epoch}`));
  const files = named(directory.epochFiles());
  const faults = [
    ...strays.map(({ operator, epoch, kind }) => ({
      item: `epoch-${operator}-${epoch}`,
      reason: STRAY[kind],
    })),
    ...[...named(epochs)]
      .filter((name) => !files.has(name))
      .map((item) => ({ item, reason: 'the key file of an epoch in use is missing' })),
    ...epochs
      .filter(({ operator, epoch }) => isDamaged(directory, files, operator, epoch))
      .map(({ operator, epoch }) => ({
        item: `epoch-${operator}-${epoch}`,
        reason: 'the key file of an epoch in use is damaged: restore a copy of it',
      })),
    ...directory
      .looseFiles()
      .map((item) => ({ item, reason: 'others may read this key file: set its mode to 0600' })),
  ];
  const overdue = epochs.filter(
    ({ retireBy }) => retireBy !== null && retireBy <= now.toISOString(),
  );
  return [
    ...faults,
    ...overdue.map(({ operator, epoch }) => ({
      item: `epoch-${operator}-${epoch}`,
      reason: 'its retirement is overdue: run keys rotate',
    })),
  ];
}

function isDamaged(
  directory: KeyDirectory,
  files: ReadonlySet<string>,
  operator: string,
  epoch: number,
): boolean {
  return files.has(`epoch-${operator}-${epoch}`) && !directory.holdsEpoch(operator, epoch);
}

/** Epochs that a rotation retires. */
export function toRetire(
  epochs: readonly EpochStatus[],
  now: Date,
  which: Retiring,
): readonly EpochStatus[] {
  const soon = new Date(now.getTime() + HOUR_MS).toISOString();
  return epochs.filter(
    ({ retireBy }) =>
      which === 'all' || (retireBy !== null && (which === 'due' || retireBy <= soon)),
  );
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** When an epoch is to be retired that a destruction at this moment was the first under (design §6): an ISO instant. */
export function retireBy(destroyedAt: Date): string {
  return new Date(destroyedAt.getTime() + DAY_MS).toISOString();
}
