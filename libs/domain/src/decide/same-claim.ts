import { canonicalText } from '../event/canonical.js';
import type { LedgerEvent } from '../event/ledger-event.js';
import type { Draft } from './context.js';

/** Clear fields that come from the caller; verdicts and what the ledger picked are left out. */
const CLAIMED = [
  'operator',
  'subjectKind',
  'occurredAt',
  'mode',
  'facts',
  'operation',
  'purpose',
  'categories',
  'medium',
  'dataSource',
  'recipient',
  'country',
  'strength',
  'reasonCode',
  'ground',
  'validUntil',
  'thirdParties',
  'crossBorder',
  'publication',
  'channel',
  'evidenceKind',
  'language',
  'contract',
  'request',
  'schemes',
  'class',
] as const;

/**
 * Whether a repeated command claims in clear what its first event recorded (design §3, Idempotency). `again` is what
 * the command would make now; `timed` is false when it named no time of its own.
 */
export function sameClaim(stored: LedgerEvent, again: Draft, timed: boolean): boolean {
  const isSame = claim(stored.data, timed) === claim(again.data, timed);
  return isSame && namesNoOther(referenceIn(stored.data), referenceIn(again.data));
}

/** What was not named may have been picked. */
function namesNoOther(stored: string | undefined, again: string | undefined): boolean {
  return stored === undefined || again === undefined || stored === again;
}

function referenceIn(data: object): string | undefined {
  return (data as { readonly basis?: { readonly ref?: string } }).basis?.ref;
}

function claim(data: object, timed: boolean): string {
  const fields = data as Readonly<Record<string, unknown>>;
  const claimed = CLAIMED.filter((name) => timed || name !== 'occurredAt').map((name) => [
    name,
    fields[name] ?? null,
  ]);
  return canonicalText([claimed, basisOf(fields['basis'])]);
}

/** Without the reference, which the ledger may have picked. */
function basisOf(basis: unknown): unknown {
  if (typeof basis !== 'object' || basis === null) return null;
  const { code, cite, label } = basis as Readonly<Record<string, unknown>>;
  return [code ?? null, cite ?? null, label ?? null];
}
