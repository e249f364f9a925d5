import type { EmitterCommand } from '../command/command.js';
import { canonicalText } from '../event/canonical.js';
import { uuid } from '../event/clear-fields.js';
import type { LedgerEvent } from '../event/ledger-event.js';
import type { Draft } from './context.js';

/** Clear fields that come from the caller; verdicts and what the ledger picked are left out. */
const CLAIMED = [
  'operator',
  'subject',
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
  return claim(stored.data, timed) === claim(again.data, timed);
}

/**
 * Whether a repeated command says about the same thing what its first event recorded: clear fields alone do not tell a
 * hold from its release, nor which consent the command named and which one the ledger picked.
 */
export function saysTheSame(stored: LedgerEvent, again: Draft, command: EmitterCommand): boolean {
  const isOfOneKind =
    stored.type === 'OperationRefused'
      ? stored.data.command === command.kind
      : stored.type === again.type;
  return isOfOneKind && namesTheSame(stored.data, command);
}

function namesTheSame(data: object, command: EmitterCommand): boolean {
  const { basis, consents = [] } = data as Named;
  switch (command.kind) {
    case 'operate':
      return namesTheSameRef(basis?.ref, command.basis?.ref);
    case 'withdraw-consent':
      return [undefined, ...consents].includes(command.consent) || consents.length === 0;
    default:
      return true;
  }
}

/** Null stands for whatever nobody knew. */
function namesTheSameRef(stored: string | null | undefined, said: string | undefined): boolean {
  return said === undefined || uuid.fault(said) !== undefined || stored === null || stored === said;
}

interface Named {
  readonly basis?: { readonly ref?: string | null };
  readonly consents?: readonly string[];
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
