import type { Policy, Ruling } from './policy.js';
import { policyShapeFaults } from './policy-shape.js';

/** What a check of a policy document can find. */
export type PolicyFindingCode =
  | 'SHAPE'
  | 'DUPLICATE_CODE'
  | 'UNKNOWN_CODE'
  | 'UNKNOWN_CLAUSE'
  | 'UNKNOWN_OPTION'
  | 'RULING_MISSING'
  | 'CONTRADICTION';

/** One finding; an error keeps the version from being put in force, a note is shown. */
export interface PolicyFinding {
  readonly code: PolicyFindingCode;
  readonly severity: 'error' | 'note';
  readonly path: string;
  readonly message: string;
}

/** Checks a policy document: its form, its references, and a ruling for every contradiction that blocks (design §5). */
export function checkPolicy(document: unknown): readonly PolicyFinding[] {
  const shape = shapeFindings(document);
  if (shape.length > 0) return shape;
  // Its shape was found to be that of a policy.
  const policy = document as Policy;
  return [
    ...referenceFindings(policy),
    ...clauseFindings(policy),
    ...citedFindings(policy),
    ...rulingFindings(policy),
  ];
}

/** Codes of blocking contradictions that no ruling decides. */
export function missingRulings(
  policy: Pick<Policy, 'contradictions'>,
  rulings: readonly Ruling[],
): readonly string[] {
  const ruled = new Set(rulings.map(({ contradiction }) => contradiction));
  return policy.contradictions
    .filter(({ blocking, code }) => blocking && !ruled.has(code))
    .map(({ code }) => code);
}

function shapeFindings(document: unknown): readonly PolicyFinding[] {
  return policyShapeFaults(document).map((path) =>
    error(
      'SHAPE',
      path,
      path === ''
        ? 'the document is not an object: start from one of the shipped policies'
        : `${path} is missing, unknown or not of its form: compare it with a shipped policy`,
    ),
  );
}

function referenceFindings(policy: Policy): readonly PolicyFinding[] {
  const categories = new Set(policy.categories.map(({ code }) => code));
  const kinds = new Map(policy.subjectKinds.map((kind) => [kind.code, new Set(kind.categories)]));
  const unknown = policy.subjectKinds.flatMap((kind) =>
    kind.categories
      .filter((code) => !categories.has(code))
      .map((code) =>
        error(
          'UNKNOWN_CODE',
          `subjectKinds.${kind.code}`,
          `${code} is not a category of this policy`,
        ),
      ),
  );
  const cells = policy.purposes.flatMap((purpose) =>
    Object.entries(purpose.admits).flatMap(([kind, admitted]) => {
      const path = `purposes.${purpose.code}.admits.${kind}`;
      const of = kinds.get(kind);
      if (of === undefined)
        return [error('UNKNOWN_CODE', path, `${kind} is not a subject kind of this policy`)];
      return admitted === 'all'
        ? []
        : admitted.filter((code) => !of.has(code)).map((code) => notOfKind(path, code, kind));
    }),
  );
  return [
    ...CODED.flatMap((name) => duplicates(name, policy[name])),
    ...duplicates(
      'clauses',
      policy.clauses.map(({ number }) => ({ code: number })),
    ),
    ...unknown,
    ...cells,
  ];
}

function notOfKind(path: string, code: string, kind: string): PolicyFinding {
  return error('UNKNOWN_CODE', path, `${code} is not a category of ${kind}`);
}

function duplicates(
  path: string,
  items: readonly { readonly code: string }[],
): readonly PolicyFinding[] {
  const seen = new Set<string>();
  return items
    .filter(({ code }) => seen.size === seen.add(code).size)
    .map(({ code }) => error('DUPLICATE_CODE', path, `${code} stands twice`));
}

/** What is cited must be in the document. */
function citedFindings(policy: Policy): readonly PolicyFinding[] {
  const numbers = new Set(policy.clauses.map(({ number }) => number));
  const cited = [
    ...CITING.flatMap((name) => policy[name].map(({ clause }) => [name, clause] as const)),
    ...policy.contradictions.flatMap(({ clauses }) =>
      clauses.map((clause) => ['contradictions', clause] as const),
    ),
    ...Object.values(policy.refusals).flatMap((clauses) =>
      clauses.map((clause) => ['refusals', clause] as const),
    ),
    ['crossBorder', policy.crossBorder.clause] as const,
  ];
  return cited
    .filter(([, clause]) => !numbers.has(clause))
    .map(([path, clause]) =>
      error('UNKNOWN_CLAUSE', path, `cites clause ${clause}, which the document does not have`),
    );
}

const CODED = [
  'subjectKinds',
  'categories',
  'purposes',
  'recipientClasses',
  'contradictions',
] as const;
const CITING = [
  'subjectKinds',
  'categories',
  'purposes',
  'bases',
  'retention',
  'recipientClasses',
  'sources',
  'operations',
  'profile',
] as const;

/** A clause that points to one that does not exist is a contradiction: it must be on the list (C-01). */
function clauseFindings(policy: Policy): readonly PolicyFinding[] {
  const numbers = new Set(policy.clauses.map(({ number }) => number));
  const known = new Set(policy.contradictions.flatMap(({ clauses }) => clauses));
  return policy.clauses.flatMap(({ number, refersTo = [] }) =>
    refersTo
      .filter((target) => !numbers.has(target) && !known.has(number))
      .map((target) =>
        error(
          'UNKNOWN_CLAUSE',
          `clauses.${number}`,
          `points to clause ${target}, which does not exist, and no contradiction says so`,
        ),
      ),
  );
}

function rulingFindings(policy: Policy): readonly PolicyFinding[] {
  const missing = new Set(missingRulings(policy, policy.rulings));
  const options = new Map(
    policy.contradictions.map((item) => [item.code, new Set(item.options.map(({ code }) => code))]),
  );
  const wrong = policy.rulings
    .filter(({ contradiction, option }) => options.get(contradiction)?.has(option) !== true)
    .map(({ contradiction, option }) =>
      error(
        'UNKNOWN_OPTION',
        `rulings.${contradiction}`,
        `${option} is not an option of ${contradiction}`,
      ),
    );
  const contradictions = policy.contradictions.map(({ code, defect }): PolicyFinding => {
    const path = `contradictions.${code}`;
    return missing.has(code)
      ? error('RULING_MISSING', path, `${code} needs a ruling before activation: ${defect.en}`)
      : { code: 'CONTRADICTION', severity: 'note', path, message: `${code}: ${defect.en}` };
  });
  return [...wrong, ...contradictions];
}

function error(code: PolicyFindingCode, path: string, message: string): PolicyFinding {
  return { code, severity: 'error', path, message };
}
