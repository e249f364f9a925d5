import type { Operate, RecordConsent, SubjectCommand } from '#domain';
import type { Operator } from './made-subject.js';

/** What a backend of an operator sends, as often as it sends it. */
export interface MadeCommands {
  readonly consent: RecordConsent;
  readonly collect: Operate;
  readonly withdrawal: SubjectCommand;
  readonly block: Operate;
  readonly destruction: Operate;
  /** An operation on the name, under the operator's purpose and the consent. */
  readonly on: (operation: string, more?: Partial<Operate>) => Operate;
}

/** The purpose that made-up subjects consent to: contacts and identity. */
export const PURPOSE: Readonly<Record<Operator, string>> = {
  akjet: 'akjet:5.2',
  quicklid: 'quicklid:3.1',
};

/** Commands of one operator. */
export function madeCommands(operator: Operator): MadeCommands {
  const purpose = PURPOSE[operator];
  const values = {
    [`${operator}:name`]: 'Аманова Айгүл Қайратқызы',
    [`${operator}:iin`]: '791119300072',
    [`${operator}:phone`]: '+77000000001',
    [`${operator}:email`]: 'aigul@example.com',
  };
  const operation = (name: string, more: Partial<Operate>): Operate => ({
    kind: 'operate',
    operation: name,
    purpose,
    basis: { code: 'KZ-CONSENT' },
    medium: 'automated',
    ...more,
  });
  return {
    consent: consentTo(purpose, Object.keys(values)),
    collect: operation('collect', { data: values, dataSource: { kind: 'subject' } }),
    withdrawal: { kind: 'withdraw-consent', purpose },
    block: { kind: 'operate', operation: 'block', reason: 'a complaint' },
    destruction: {
      kind: 'operate',
      operation: 'destroy',
      ground: 'KZ-24.1.5',
      act: 'act 1',
    },
    on: (name, more = {}) => operation(name, { categories: [`${operator}:name`], ...more }),
  };
}

function consentTo(purpose: string, categories: readonly string[]): RecordConsent {
  return {
    kind: 'record-consent',
    state: 'given',
    terms: {
      purpose,
      categories,
      validUntil: '2035-01-01T00:00:00Z',
      thirdParties: true,
      crossBorder: false,
      publication: true,
      channel: 'OTHER_CONFIRMABLE',
      evidence: { kind: 'otp', textSha256: 'a'.repeat(64), language: 'kk' },
    },
  };
}
