import type { Policy, Ruling } from './policy.js';

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

const LISTS = [
  'subjectKinds',
  'categories',
  'purposes',
  'bases',
  'retention',
  'recipientClasses',
  'sources',
  'operations',
  'profile',
  'clauses',
  'contradictions',
  'rulings',
  'laws',
] as const;
const TEXTS = ['id', 'version', 'inForceFrom'] as const;
const OBJECTS = ['title', 'operator', 'text', 'crossBorder', 'refusals'] as const;

/** Checks a policy document: its form, its references, and a ruling for every contradiction that blocks (design §5). */
export function checkPolicy(document: unknown): readonly PolicyFinding[] {
  const shape = shapeFindings(document);
  if (shape.length > 0) return shape;
  // Every list and object that is read below was found to be one.
  const policy = document as Policy;
  return [...referenceFindings(policy), ...clauseFindings(policy), ...rulingFindings(policy)];
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
  if (typeof document !== 'object' || document === null) {
    return [error('SHAPE', '', 'the document is not an object')];
  }
  const fields = document as Readonly<Record<string, unknown>>;
  return [
    ...LISTS.filter((name) => !Array.isArray(fields[name])).map((name) =>
      shapeError(name, 'a list'),
    ),
    ...TEXTS.filter((name) => typeof fields[name] !== 'string').map((name) =>
      shapeError(name, 'text'),
    ),
    ...OBJECTS.filter((name) => !isObject(fields[name])).map((name) =>
      shapeError(name, 'an object'),
    ),
  ];
}

function shapeError(path: string, what: string): PolicyFinding {
  return error('SHAPE', path, `${path} must be ${what}`);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
    ...duplicates('categories', policy.categories),
    ...duplicates('purposes', policy.purposes),
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
