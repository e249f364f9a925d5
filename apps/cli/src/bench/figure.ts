import { rounded, type Outcome, type Summary } from './rounds.js';
import type { Workbench } from './workbench.js';

/** A line of the answer (contract §2); null where nothing was measured, never a guess. */
export interface Row {
  readonly name: string;
  /** What was measured. */
  readonly title: string;
  /** Median of ours. */
  readonly ours: number | null;
  /** Median of whom it was compared with. */
  readonly peer: number | null;
  /** ours / peer. */
  readonly ratio: number | null;
  readonly rounds: number;
  /** Smallest, middle and largest round of ours. */
  readonly min: number | null;
  readonly median: number | null;
  readonly max: number | null;
  readonly unit: string;
  readonly bar: string | null;
  /** Whether the bar is met; null without a bar, or where what it is about was not measured. */
  readonly ok: boolean | null;
  /** Whom `peer` is about. */
  readonly against?: string;
  /** Why there is no figure. */
  readonly reason?: string;
}

/** How a figure is measured: rows in the order in which they are printed. */
export type Measure = (bench: Workbench) => Promise<readonly Row[]>;

/** What a figure must reach (`ours` or `ratio`, at least or at most). */
export interface Bar {
  readonly of: 'ours' | 'ratio';
  readonly least?: number;
  readonly most?: number;
}

/** What a row is about. */
export interface Subject {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly bar?: Bar;
}

/** The row of a figure that stands alone. */
export function rowOf(subject: Subject, ours: Outcome): Row {
  return row(subject, ours, undefined);
}

/** The row of a figure beside somebody else's. */
export function comparedRow(subject: Subject, ours: Outcome, against: string, peer: Outcome): Row {
  return { ...row(subject, ours, peer), against };
}

/** The row of what cannot be measured yet. */
export function absentRow(subject: Subject, reason: string): Row {
  return row(subject, { reason }, undefined);
}

function row(subject: Subject, ours: Outcome, peer: Outcome | undefined): Row {
  const { name, title, unit, bar } = subject;
  const measured = figures(ours);
  const other = figures(peer);
  const ratio = measured && other && measured.median / other.median;
  const reason = reasonOf(ours) ?? reasonOf(peer);
  return {
    name,
    title,
    ours: display(measured?.median),
    peer: display(other?.median),
    ratio: display(ratio),
    ...spread(measured),
    unit,
    ...judged(bar, unit, measured?.median, ratio),
    ...(reason === undefined ? {} : { reason }),
  };
}

function spread(measured: Summary | undefined): Pick<Row, 'rounds' | 'min' | 'median' | 'max'> {
  const { rounds, min, median, max }: Partial<Summary> = measured ?? {};
  return { rounds: rounds ?? 0, min: display(min), median: display(median), max: display(max) };
}

function judged(
  wanted: Bar | undefined,
  unit: string,
  ours: number | undefined,
  ratio: number | undefined,
): Pick<Row, 'bar' | 'ok'> {
  if (wanted === undefined) return { bar: null, ok: null };
  const { of, least, most } = wanted;
  const [figure, what] = of === 'ratio' ? [ratio, '×'] : [ours, ` ${unit}`];
  const bar = least === undefined ? `≤ ${most}${what}` : `≥ ${least}${what}`;
  if (figure === undefined) return { bar, ok: null };
  return { bar, ok: figure >= (least ?? -Infinity) && figure <= (most ?? Infinity) };
}

function figures(outcome: Outcome | undefined): Summary | undefined {
  return outcome !== undefined && 'median' in outcome ? outcome : undefined;
}

function reasonOf(outcome: Outcome | undefined): string | undefined {
  return outcome !== undefined && 'reason' in outcome ? outcome.reason : undefined;
}

function display(figure: number | undefined): number | null {
  return figure === undefined ? null : rounded(figure);
}
