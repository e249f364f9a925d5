/** Rows as aligned columns, two spaces apart, each line indented; nothing in them can command the terminal. */
export function table(rows: readonly (readonly Cell[])[], indent = 2): string {
  const texts = rows.map((row) => row.map(visible));
  const widths: number[] = [];
  for (const row of texts) {
    row.forEach((text, column) => {
      widths[column] = Math.max(widths[column] ?? 0, lengthOf(text));
    });
  }
  return texts.map((row) => `${' '.repeat(indent)}${line(row, widths)}`).join('\n');
}

/** What a column holds; nothing shows as a dash. */
export type Cell = string | number | bigint | null | undefined;

/**
 * Values come from outside: control characters, which move cursors and rename windows, and invisible ones, which turn
 * the reading direction, are shown as their numbers.
 */
export function visible(cell: Cell): string {
  if (cell === null || cell === undefined || cell === '') return '–';
  return String(cell).replaceAll(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (hidden) => `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** An instant to the second, as people read it; UTC. */
export function moment(iso: string | null | undefined): string {
  return iso === null || iso === undefined ? '–' : iso.slice(0, 19).replace('T', ' ');
}

/** A list as one cell. */
export function listed(items: readonly string[] | null | undefined): string {
  return (items ?? []).join(', ');
}

function line(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((text, column) =>
      column === row.length - 1
        ? text
        : text.padEnd(text.length + (widths[column] ?? 0) - lengthOf(text)),
    )
    .join('  ')
    .trimEnd();
}

function lengthOf(text: string): number {
  return [...text].length;
}
