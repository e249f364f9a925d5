import type { Answer, Initialised, Verification } from '#ledger';
import type { ImportSummary } from '#ledger/importing';
import type { Policy } from '#domain';
import { certificateText } from './certificate.js';
import { LABELS } from './labels.js';
import type { Language } from './language.js';
import { codeWords, refusal } from './refusal.js';
import { moment, table } from './table.js';

/** What `init` made, and what to do next. */
export function initText({ data, ledgerId, policies }: Initialised, keys: string): string {
  return [
    `a ledger was made in ${data}`,
    table([
      ['ledger', ledgerId],
      ['keys', `${keys}: without them nothing can be opened, so keep a copy elsewhere`],
      ...policies.map(({ id, version, rulings }) => [
        'policy',
        `${id} ${version} in force, with ${rulings.length} default rulings`,
      ]),
    ]),
    `next: pdl import EVENTS.ndjson --data ${data}`,
  ].join('\n');
}

/** How an import went. */
export function importText(
  summary: ImportSummary & { readonly seconds: number; readonly eventsPerSecond: number },
  language: Language,
): string {
  const { read, accepted, duplicates, refused, violations, failed } = summary;
  const counts = { accepted, duplicates, refused, violations, failed };
  const codes = Object.entries(summary.refusedByCode);
  return [
    `${read} lines in ${summary.seconds} s, ${summary.eventsPerSecond} a second`,
    table(Object.entries(counts).map(([name, count]) => [name, count])),
    ...(codes.length === 0 ? [] : [`${LABELS.refused[language]}:`]),
    ...(codes.length === 0
      ? []
      : [table(codes.map(([code, count]) => [count, code, codeWords(code, language)]))]),
  ].join('\n');
}

/** What a check of the ledger's own files found. */
export function verifyText({ ok, checked, faults }: Verification): string {
  const found = [
    ['events, each hashed again', checked.events],
    ['verdicts, each judged again', checked.verdicts],
    ['envelopes', checked.envelopes],
    ['of them destroyed', checked.destroyed],
    ['keys', checked.keys ? 'at hand' : 'absent: envelopes and the anchor MAC were left unchecked'],
    ['witnesses', 'none: internally consistent only'],
  ] as const;
  if (ok) return `ok: everything agrees\n${table(found)}`;
  return [
    `not ok: ${faults.length === 100 ? '100 or more' : faults.length} faults`,
    table(faults.map(({ item, reason }) => [item, reason])),
    'checked:',
    table(found),
  ].join('\n');
}

/** A destruction: its certificate, or why not. */
export function destroyText(
  answer: Answer,
  policies: readonly Policy[],
  language: Language,
): string {
  if (answer.certificate !== undefined) return certificateText(answer.certificate, language);
  return answer.status === 'accepted'
    ? LABELS.wouldDo[language]
    : refusal(answer, policies, language);
}

/** Views that were folded again. */
export function rebuildText(answer: {
  readonly events: number;
  readonly seconds: number;
  readonly equalsLive: boolean;
  readonly views: Readonly<Record<string, string>>;
}): string {
  return [
    answer.equalsLive
      ? `equal: ${answer.events} events folded again in ${answer.seconds} s gave the live views byte for byte`
      : 'DIFFERENT: the live views were wrong, the rebuilt ones stand now; run pdl verify',
    table(Object.entries(answer.views)),
  ].join('\n');
}

/** Key epochs, and those that went. */
export function keysText(answer: {
  readonly retired?: readonly object[];
  readonly epochs: readonly {
    readonly operator: string;
    readonly epoch: number;
    readonly createdAt: string;
    readonly retireBy: string | null;
    readonly subjects: number;
  }[];
}): string {
  const rows = answer.epochs.map(({ operator, epoch, createdAt, retireBy, subjects }) => [
    operator,
    epoch,
    moment(createdAt),
    moment(retireBy),
    subjects,
  ]);
  const gone = answer.retired?.length;
  return [
    ...(gone === undefined ? [] : [`${gone} key epochs retired`]),
    table([['operator', 'epoch', 'since (UTC)', 'retire by (UTC)', 'subjects'], ...rows]),
  ].join('\n');
}
