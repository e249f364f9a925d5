import type { Policy, PolicyFinding } from '#domain';
import { LABELS } from './labels.js';
import type { Language } from './language.js';
import { listed, moment, table, type Cell } from './table.js';

/** A policy version for people: everything the gate reads, with its clauses. */
export function policyText(policy: Policy, hash: string, language: Language): string {
  const { title, id, version } = policy;
  const sections: readonly (readonly [keyof typeof LABELS, readonly (readonly Cell[])[]])[] = [
    ['kinds', policy.subjectKinds.map(({ code, clause, name }) => [code, clause, name[language]])],
    ['purposes', policy.purposes.map(({ code, name }) => [code, name[language]])],
    ['categories', categories(policy, language)],
    ['admitted', admitted(policy, language)],
    ['bases', policy.bases.map(({ code, clause, name }) => [code, clause, name[language]])],
    ['recipients', policy.recipientClasses.map(({ code, name }) => [code, name[language]])],
    ['retention', policy.retention.map(({ code, clause, note }) => [code, clause, note[language]])],
    ['profile', policy.profile.map((item) => [item.term, item.clause, item.lawSense[language]])],
    ['contradictions', contradictions(policy, language)],
    ['clauses', policy.clauses.map(({ number, summary }) => [number, summary[language]])],
  ];
  return [
    `${id} ${version}: ${title[language]}`,
    table(identity(policy, hash, language)),
    ...sections.map(([heading, rows]) => `\n${LABELS[heading][language]}\n${table(rows)}`),
  ].join('\n');
}

/** What a check found, errors first. */
export function findingsText(
  findings: readonly PolicyFinding[],
  policy: Partial<Policy>,
  language: Language,
): string {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const notes = findings.filter(({ severity }) => severity === 'note');
  const row = (finding: PolicyFinding): readonly Cell[] => [
    finding.severity,
    finding.code,
    finding.path,
    messageOf(finding, policy, language),
  ];
  return [
    errors.length === 0
      ? 'ok: it can be published and put in force'
      : `not ok: it cannot be put in force before the ${errors.length} errors are gone`,
    table([...errors, ...notes].map(row)),
  ].join('\n');
}

function messageOf(finding: PolicyFinding, policy: Partial<Policy>, language: Language): string {
  const code = /^contradictions\.(?<code>C-\d\d)$/u.exec(finding.path)?.groups?.['code'];
  const named = policy.contradictions?.find((item) => item.code === code);
  return named === undefined ? finding.message : named.defect[language];
}

function identity(
  { operator, text, inForceFrom }: Policy,
  hash: string,
  language: Language,
): readonly (readonly Cell[])[] {
  const bin = operator.bin === null ? '' : ` (KZ-BIN ${operator.bin})`;
  return [
    [LABELS.operator[language], `${operator.id}: ${operator.name}${bin}`],
    [LABELS.inForceFrom[language], `${moment(inForceFrom)} UTC`],
    [LABELS.text[language], `sha256:${text.sha256} (${listed(text.languages)})`],
    ['hash', hash],
  ];
}

/** The document names categories in Kazakh and Russian only. */
function categories(policy: Policy, language: Language): readonly (readonly Cell[])[] {
  return policy.categories.map(({ code, clause, entry, name }) => {
    const names = language === 'en' ? [name.kk, name.ru] : [name[language]];
    return [code, `${clause} №${entry}`, ...names];
  });
}

function admitted(policy: Policy, language: Language): readonly (readonly Cell[])[] {
  const short = (code: string): string => code.slice(code.indexOf(':') + 1);
  return policy.purposes.flatMap(({ code, admits }) =>
    Object.entries(admits).map(([kind, row]) => {
      if (row === 'all') return [code, kind, LABELS.everything[language]];
      return [code, kind, row.length === 0 ? LABELS.nothing[language] : listed(row.map(short))];
    }),
  );
}

function contradictions(policy: Policy, language: Language): readonly (readonly Cell[])[] {
  return policy.contradictions.flatMap(({ code, blocking, clauses, defect, options }) => {
    const ruled = policy.rulings.find(({ contradiction }) => contradiction === code);
    const chosen = options.find((option) => option.code === ruled?.option);
    const answer =
      chosen === undefined ? LABELS.noRuling[language] : `${chosen.code}: ${chosen.text[language]}`;
    return [
      [blocking ? `${code} ⛔` : code, `${defect[language]} (${listed(clauses)})`],
      ['', `→ ${answer}`],
    ];
  });
}
