import fc from 'fast-check';
import { OPERATIONS, type Policy } from '#domain';
import { shippedPolicies } from '#ledger';
import { markedPerson } from '../marked-people.js';

/** Type and body of a CloudEvent; `@consent-2` and `@recipient-2` in it stand for what the ledger itself named. */
export type Said = readonly [type: string, data: object];

/** How many references there are; those of `STRANGERS` are never registered. */
export const PEOPLE = 14;
const STRANGERS = 2;
const RECIPIENTS = 4;

const POLICIES = shippedPolicies();
const VALUES: Readonly<Record<string, string>> = {
  'RU-INN': '500100732259',
  'RU-SNILS': '112-233-445 95',
};
const TEXT = fc.constantFrom('a reason', 'себеп: Әйгерім', 'x', '№ 7/2026 ☃');
const SHA256 = fc.constantFrom('ab'.repeat(32), '0'.repeat(64));
const INSTANT = fc.constantFrom(
  ...['2019-01-01T00:00:00Z', '2025-06-01T00:00:00+05:00', '2026-03-05T00:00:00Z'],
  ...['2026-04-01T00:00:00.5Z', '2031-01-01T00:00:00Z', '2026-02-30T00:00:00Z'],
  // Ends between what an event tells of and when it is told.
  ...['2026-03-02T08:59:59Z', '2026-03-02T09:10:00Z', '2026-03-02T12:00:00Z'],
);
const COUNTRY = fc.constantFrom('KZ', 'KZ', 'KZ', 'RU');

/** Mostly the one, sometimes the other. */
export function mostly<T, U>(usual: fc.Arbitrary<T>, seldom: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: seldom });
}

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

/** People take turns among the operators. */
export function policyOf(person: number): Policy {
  const policy = POLICIES[person % POLICIES.length];
  if (policy === undefined) throw new Error('no policy is shipped');
  return policy;
}

/** The purposes and values that a person is spoken to about; few, so that things meet. */
export function purposesOf({ purposes }: Policy): readonly string[] {
  return purposes.slice(0, 2).map(({ code }) => code);
}

function categoriesOf({ purposes, subjectKinds }: Policy): readonly string[] {
  const [kind] = subjectKinds;
  const rows = purposes.slice(0, 2).map(({ admits }) => admits[kind?.code ?? ''] ?? []);
  const inAll = (code: string): boolean => rows.every((row) => row === 'all' || row.includes(code));
  return (kind?.categories ?? []).filter(inAll).slice(0, 8);
}

/** A beginning that nothing is wrong with; strangers have none. */
export function beginningOf(person: number): readonly Said[] {
  if (person >= PEOPLE - STRANGERS) return [];
  const policy = policyOf(person);
  const [purpose] = purposesOf(policy);
  const [kind] = policy.subjectKinds;
  const categories = categoriesOf(policy);
  const scopes = { thirdParties: person > 3, crossBorder: person > 6, publication: person > 9 };
  const consent = { purpose, categories, ...scopes, channel: 'WRITTEN' };
  const data = Object.fromEntries(categories.map((code) => [code, rightOf(policy, person, code)]));
  const basis = { code: 'KZ-CONSENT' };
  const identifiers = [{ scheme: 'PHONE', value: markedPerson(person).phone }];
  return [
    ['subject.registered', { operator: policy.operator.id, kind: kind?.code, identifiers }],
    ['consent.given', { ...consent, evidence: { kind: 'written' } }],
    ['operation.collect', { purpose, basis, dataSource: { kind: 'subject' }, data }],
  ];
}

/** An end that the gate admits, whatever was before: everything that keeps a person's data is over, then they are destroyed. */
export function endOf(person: number): readonly Said[] {
  const over = purposesOf(policyOf(person)).map(
    (purpose) => ['purpose.achieved', { purpose }] as const,
  );
  return [
    ['operation.unblock', { reason: 'over' }],
    ['hold.released', { reason: 'over' }],
    ...over,
    ['operation.destroy', { ground: 'KZ-18.1', act: '7/2026' }],
  ];
}

/** Anything that an emitter may say of a person, right or wrong. */
export function saidOf(person: number): fc.Arbitrary<Said> {
  const policy = policyOf(person);
  const weighted = (weight: number, arbitrary: fc.Arbitrary<Said>) => ({ weight, arbitrary });
  const consents = (state: string) => said(`consent.${state}`, consentUnder(policy));
  return fc.oneof(
    weighted(person < PEOPLE - STRANGERS ? 4 : 0, registered(person)),
    weighted(6, consents('given')),
    weighted(1, fc.constantFrom('requested', 'refused', 'claimed').chain(consents)),
    weighted(1, said('consent.withdrawn', withdrawalUnder(policy))),
    weighted(12, operation(policy, person, fc.constant('collect'))),
    weighted(14, operation(policy, person, fc.constantFrom(...OPERATIONS, 'use', 'unblock'))),
    weighted(1, operation(policy, person, fc.constantFrom('sell', 'destroy'))),
    weighted(3, relation(policy)),
    weighted(2, recipient(policy)),
  );
}

function said(type: string, data: fc.Arbitrary<object>): fc.Arbitrary<Said> {
  return data.map((body) => [type, body] as const);
}

function registered(person: number): fc.Arbitrary<Said> {
  const { iin, phone, email } = markedPerson(person);
  const policy = policyOf(person);
  const value = (right: string, wrong: string) => mostly(fc.constant(right), fc.constant(wrong));
  const identifiers = fc.tuple(
    fc.record({ scheme: fc.constant('KZ-IIN'), value: value(iin, '900101300010') }),
    fc.record({ scheme: fc.constant('PHONE'), value: value(phone, 'none') }),
    fc.record({ scheme: fc.constant('EMAIL'), value: fc.constant(email) }),
  );
  const kinds = policy.subjectKinds.map(({ code }) => code);
  const body = fc.record({
    operator: mostly(fc.constant(policy.operator.id), fc.constantFrom('akjet', 'nobody')),
    kind: mostly(fc.constant(kinds[0]), fc.constantFrom(...kinds, 'martian')),
    identifiers: identifiers.chain((all) => fc.subarray(all)),
  });
  return said('subject.registered', body);
}

function consentUnder(policy: Policy): fc.Arbitrary<object> {
  const evidence = fc.record(
    {
      kind: fc.constantFrom('otp', 'written', 'written', 'implied'),
      textSha256: SHA256,
      language: fc.constant('kk'),
    },
    { requiredKeys: ['kind'] },
  );
  return fc.record({
    purpose: purposeUnder(policy),
    categories: mostly(fc.constant(categoriesOf(policy)), categoriesUnder(policy)),
    validUntil: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, INSTANT),
    thirdParties: fc.boolean(),
    crossBorder: fc.boolean(),
    publication: fc.boolean(),
    channel: fc.constantFrom('WRITTEN', 'OTHER_CONFIRMABLE'),
    evidence,
  });
}

function withdrawalUnder(policy: Policy): fc.Arbitrary<object> {
  return fc.oneof(
    fc.record({ purpose: purposeUnder(policy) }),
    fc.nat(40).map((n) => ({ consent: `@consent-${n}` })),
  );
}

function operation(
  policy: Policy,
  person: number,
  operations: fc.Arbitrary<string>,
): fc.Arbitrary<Said> {
  const what = fc.record({
    purpose: purposeUnder(policy),
    basis: basisUnder(policy),
    medium: fc.constant('automated'),
    country: mostly(fc.constant(undefined), COUNTRY),
    evidence: maybe(fc.constantFrom<unknown>('a paper', { pages: [1, 2] })),
    method: maybe(TEXT),
    reason: maybe(TEXT),
    reasonCode: maybe(fc.constantFrom('violation-reported', 'violation-not-confirmed')),
    grounds: maybe(TEXT),
    channel: maybe(TEXT),
    strength: maybe(fc.constantFrom('pseudonymous', 'anonymous')),
  });
  const scope = fc.record({ categories: categoriesUnder(policy) });
  return operations.chain((name) => {
    const more = { collect: brought(policy, person), clarify: brought(policy, person) };
    const own = { ...more, provide: given(), 'grant-access': given(), destroy: ended() };
    const bodies = [what, ...('collect clarify'.includes(name) ? [] : [scope])];
    const all = name in own ? [...bodies, own[name as keyof typeof own]] : bodies;
    return said(
      `operation.${name}`,
      fc.tuple(...all).map((parts) => Object.assign({}, ...parts)),
    );
  });
}

function brought(policy: Policy, person: number): fc.Arbitrary<object> {
  return fc.record({
    data: categoriesUnder(policy).chain((codes) =>
      fc
        .tuple(...codes.map((code) => valueOf(policy, person, code)))
        .map((values) => Object.fromEntries(codes.map((code, n) => [code, values[n]]))),
    ),
    dataSource: mostly(
      fc.constant({ kind: 'subject' }),
      fc.record({ kind: fc.constantFrom('public', 'third-party'), evidence: maybe(TEXT) }),
    ),
  });
}

function valueOf(policy: Policy, person: number, code: string): fc.Arbitrary<string> {
  const right = rightOf(policy, person, code);
  const other = right.includes('№') ? `${right}, moved` : '123456789012';
  return mostly(fc.constant(right), fc.constant(other));
}

function rightOf({ categories }: Policy, person: number, code: string): string {
  const scheme = categories.find((category) => category.code === code)?.scheme ?? '';
  if (scheme === '') return `${code} № ${person}`;
  return scheme === 'KZ-IIN' ? markedPerson(person).iin : (VALUES[scheme] ?? '');
}

function given(): fc.Arbitrary<object> {
  const one = fc.nat(RECIPIENTS).map((n) => `firm-${n}`);
  const known = fc.nat(RECIPIENTS).map((n) => `@recipient-${n}`);
  return fc.record({ recipient: fc.oneof(one, known, fc.array(known, { maxLength: 3 })) });
}

function ended(): fc.Arbitrary<object> {
  return fc.record({
    ground: fc.constantFrom('KZ-18.1', 'KZ-18.2', 'KZ-24.1.5', 'KZ-99'),
    act: mostly(TEXT, fc.constant(undefined)),
    approvedBy: maybe(fc.array(TEXT, { maxLength: 2 })),
    // Mostly of one category: who is destroyed as a whole says little from then on.
    categories: mostly(fc.constantFrom(['akjet:name'], ['quicklid:name']), fc.constant(undefined)),
  });
}

function relation(policy: Policy): fc.Arbitrary<Said> {
  const contract = fc.constantFrom('7/2026', '8/2026').map((name) => ({ contract: name }));
  const hold = fc.record({ reason: TEXT, categories: maybe(categoriesUnder(policy)) });
  const request = fc.record({
    kind: fc.constantFrom('information', 'destruction', 'complaint'),
    channel: TEXT,
    receivedAt: maybe(INSTANT),
    details: maybe(TEXT),
  });
  return fc.oneof(
    said('contract.started', contract),
    said('contract.ended', contract),
    said('purpose.achieved', fc.record({ purpose: purposeUnder(policy) })),
    said('hold.placed', hold),
    said('hold.released', hold),
    said('request.received', request),
  );
}

function recipient({ operator, recipientClasses }: Policy): fc.Arbitrary<Said> {
  const body = fc.record({
    operator: fc.constant(operator.id),
    name: TEXT,
    class: fc.constantFrom(...recipientClasses.map(({ code }) => code)),
    country: COUNTRY,
    contractSha256: maybe(SHA256),
  });
  return said('recipient.registered', body);
}

function purposeUnder(policy: Policy): fc.Arbitrary<string> {
  const known = fc.constantFrom(...purposesOf(policy));
  return mostly(known, fc.constantFrom('akjet:5.6-mailing', 'quicklid:3.6', 'quicklid:no-such'));
}

function categoriesUnder(policy: Policy): fc.Arbitrary<readonly string[]> {
  const known = fc.subarray([...categoriesOf(policy)], { minLength: 1, maxLength: 4 });
  return mostly(known, fc.constantFrom(['akjet:name', 'quicklid:no-such'], ['quicklid:image']));
}

function basisUnder({ bases }: Policy): fc.Arbitrary<object | undefined> {
  const consent = fc.record({ code: fc.constant('KZ-CONSENT'), ref: maybe(CONSENT_REF) });
  const law = fc.record({
    code: fc.constantFrom('KZ-9.1', 'KZ-9.2', 'KZ-9.5', 'KZ-0', bases[0]?.code ?? ''),
    cite: maybe(fc.constantFrom('94-V:9', 'nonsense')),
    label: maybe(fc.constantFrom(...bases.map(({ code }) => code))),
  });
  const plain = fc.constant({ code: 'KZ-CONSENT' });
  return fc.oneof(
    { weight: 8, arbitrary: plain },
    { weight: 1, arbitrary: consent },
    { weight: 3, arbitrary: law },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

const CONSENT_REF = fc.nat(40).map((n) => `@consent-${n}`);
