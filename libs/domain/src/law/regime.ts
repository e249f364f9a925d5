import { startOfAlmatyDay } from '../calendar/almaty-day.js';
import type { BasisRow, InForce, Law, Regime, RegimeRow } from './law.js';

/** A law prepared for questions by time: its regimes with the instants at which they begin, oldest first. */
export interface LawIndex {
  readonly law: Law;
  readonly regimes: readonly { readonly sinceMs: number; readonly regime: Regime }[];
}

/** Computes every regime of a law once; `regimeAt` then only looks one up. */
export function indexLaw(law: Law): LawIndex {
  const rows = [...law.regimes].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { law, regimes: rows.map((row) => begun(law, row)) };
}

/** The law at an instant; a regime begins at 00:00 Asia/Almaty. Undefined before the first regime: no law, so no basis either. */
export function regimeAt(index: LawIndex, at: Date): Regime | undefined {
  const atMs = at.getTime();
  return index.regimes.findLast((entry) => entry.sinceMs <= atMs)?.regime;
}

/** The row of a basis code in a regime; undefined when the code was not in force then. A disabled row is returned: the caller refuses it. */
export function basisOf(regime: Regime, code: string): BasisRow | undefined {
  let rows = BASES.get(regime);
  if (rows === undefined) BASES.set(regime, (rows = new Map(regime.bases.map(byCode))));
  return rows.get(code);
}

/** Beside the regime, which is hashed as it stands. */
const BASES = new WeakMap<Regime, ReadonlyMap<string, BasisRow>>();
const byCode = (row: BasisRow): readonly [string, BasisRow] => [row.code, row];

function begun(law: Law, { id }: RegimeRow): LawIndex['regimes'][number] {
  return {
    sinceMs: startOfAlmatyDay(id),
    regime: {
      id,
      bases: inForceOn(law.bases, id),
      duties: inForceOn(law.duties, id),
      definitions: inForceOn(law.definitions, id),
      consentFields: inForceOn(law.consentFields, id),
      retention: inForceOn(law.retention, id),
    },
  };
}

/** ISO days compare as text. */
function inForceOn<Row extends { readonly inForce: InForce }>(
  rows: readonly Row[],
  day: string,
): readonly Row[] {
  return rows.filter(
    ({ inForce: { from, until } }) => from <= day && (until === undefined || day < until),
  );
}
