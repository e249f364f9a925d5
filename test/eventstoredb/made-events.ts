const CONSENT = {
  purpose: 'quicklid:3.1',
  categories: ['quicklid:name', 'quicklid:phone'],
  thirdParties: false,
  crossBorder: false,
  publication: false,
  channel: 'WRITTEN',
  evidence: { kind: 'written', language: 'kk' },
};
const OPERATION = { purpose: 'quicklid:3.1', basis: { code: 'KZ-CONSENT' }, medium: 'automated' };
const COLLECT = {
  ...OPERATION,
  dataSource: { kind: 'subject' },
  data: { 'quicklid:name': 'Аманова Айгүл', 'quicklid:phone': '+77000000001' },
};
const USE = { ...OPERATION, categories: ['quicklid:name'] };
const DESTROY = { ground: 'KZ-18.1', act: 'act 7', approvedBy: ['officer a', 'officer b'] };

/** What becomes of one person, in turn: the last use of each is refused. */
const LIVES: readonly (readonly (readonly [type: string, data: object])[])[] = [
  [
    ['operation.use', USE],
    ['consent.withdrawn', { purpose: 'quicklid:3.1' }],
    ['operation.use', USE],
  ],
  [
    ['operation.block', { reason: 'a complaint', reasonCode: 'violation-reported' }],
    ['operation.use', USE],
  ],
  [
    ['purpose.achieved', { purpose: 'quicklid:3.1' }],
    ['operation.destroy', DESTROY],
    ['operation.use', USE],
  ],
];

/** CloudEvents of so many people, one a line; a third of them is destroyed in the end. */
export function madeEvents(people: number): string {
  const lines: string[] = [];
  for (let person = 0; person < people; person += 1) {
    const life = [
      ['subject.registered', { operator: 'quicklid', kind: 'individual' }],
      ['consent.given', CONSENT],
      ['operation.collect', COLLECT],
      ...(LIVES[person % LIVES.length] ?? []),
    ] as const;
    for (const [type, data] of life) {
      const id = String(lines.length);
      const time = `2024-09-30T19:45:${String(lines.length % 60).padStart(2, '0')}Z`;
      const place = { specversion: '1.0', id, source: 'urn:made', subject: `case-${person}`, time };
      lines.push(JSON.stringify({ ...place, type: `kz.pdl.${type}.v1`, data }));
    }
  }
  return lines.join('\n');
}
