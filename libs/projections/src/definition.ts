import type { ViewDefinition } from './view.js';

/** Format of stored views; those of another format are rebuilt. */
const VIEWS_FORMAT = 1;

/** What the meta rows must say for the tables to be those of these views. */
export function definitionOf<E>(views: readonly ViewDefinition<E>[], ledgerId: string): string {
  return JSON.stringify([
    VIEWS_FORMAT,
    ledgerId,
    views.map(({ name, version, columns, indexes }) => [name, version, columns, indexes]),
  ]);
}
