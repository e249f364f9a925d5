/** The person that the examples are about; whoever tries them puts a registered one in its place. */
export const EXAMPLE_SUBJECT = '00000000-0000-4000-8000-000000000001';

const consent = {
  purpose: 'quicklid:3.1',
  categories: ['quicklid:name', 'quicklid:iin'],
  thirdParties: false,
  crossBorder: false,
  publication: false,
  channel: 'OTHER_CONFIRMABLE',
  evidence: { kind: 'otp', textSha256: 'a'.repeat(64), language: 'kk' },
};

/** Bodies by the role table's name of the route: a test sends each of them. */
export const EXAMPLES: Readonly<Record<string, object>> = {
  'subjects-register': {
    operator: 'quicklid',
    kind: 'individual',
    identifiers: [{ scheme: 'KZ-IIN', value: '791119300072' }],
  },
  'consents-record': consent,
  operations: {
    operation: 'collect',
    purpose: 'quicklid:3.1',
    basis: { code: 'KZ-CONSENT' },
    medium: 'automated',
    dataSource: { kind: 'subject' },
    data: { 'quicklid:name': 'Қайырбекұлы Ерасыл' },
  },
  lookups: { scheme: 'KZ-IIN', value: '791119300072', purpose: 'quicklid:3.1' },
  'recipients-register': {
    operator: 'quicklid',
    name: 'ТОО «Кредитное бюро»',
    class: 'quicklid:7.1.1',
    country: 'KZ',
  },
  'recipients-bind': { contractSha256: 'b'.repeat(64) },
  events: {
    specversion: '1.0',
    id: '1',
    source: 'urn:loans',
    type: 'kz.pdl.subject.registered.v1',
    subject: 'case-173688',
    time: '2024-09-30T19:45:13Z',
    data: { operator: 'quicklid', kind: 'individual' },
  },
  'consents-withdraw': {},
};

const { data: registered, ...registering } = EXAMPLES['events'] as { readonly data: object };
const next = { ...registering, id: '2', type: 'kz.pdl.consent.given.v1' };

/** A stream of events, one a line, and what is answered to it: a test sends it. */
export const EXAMPLE_LINES = {
  events: linesOf([
    { ...registering, data: registered },
    { ...next, data: consent },
  ]),
  results: linesOf(
    ['1', '2'].map((id) => ({ id, status: 'accepted', event: EXAMPLE_SUBJECT, position: '12' })),
  ),
};

function linesOf(objects: readonly object[]): string {
  return objects.map((each) => `${JSON.stringify(each)}\n`).join('');
}
