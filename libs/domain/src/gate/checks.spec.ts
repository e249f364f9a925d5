import { describe, expect, it } from '@jest/globals';
import { CHECKS } from './checks.js';
import { OPERATIONS, classOf, isOperation } from './operation.js';

/** The table of contract §3, written down a second time: its groups, and of which each code is asked. */
const DAILY = 'collect record systematise accumulate store clarify retrieve use';
const TRANSFER = 'provide disseminate grant-access';
const PROTECTIVE = 'block unblock delete destroy';
const ALL = `${DAILY} ${TRANSFER} depersonalise ${PROTECTIVE} consent contract purpose-end`;
const BASIS = `${DAILY} ${TRANSFER} depersonalise`;
const ASKED: Readonly<Record<string, string>> = {
  UNKNOWN_OPERATION: 'unknown',
  DESTROYED: `${ALL} withdrawal hold registration unknown`,
  POLICY_NOT_ACTIVE: ALL,
  PURPOSE_NOT_DECLARED: ALL,
  CATEGORY_NOT_FOR_SUBJECT_KIND: `${ALL} hold`,
  CATEGORY_NOT_ADMITTED: `${BASIS} consent contract purpose-end`,
  DELETED: `record systematise accumulate store clarify retrieve use ${TRANSFER} depersonalise`,
  BLOCKED: `collect record systematise accumulate clarify retrieve use ${TRANSFER} depersonalise delete destroy`,
  HOLD_IN_FORCE: 'delete destroy depersonalise',
  RETENTION_EXPIRED: `collect record systematise accumulate clarify retrieve use ${TRANSFER}`,
  SOURCE_NOT_PERMITTED: 'collect clarify',
  STORAGE_OUTSIDE_KZ: DAILY,
  NO_LAWFUL_BASIS: BASIS,
  BASIS_EVIDENCE_MISSING: BASIS,
  CONSENT_WITHDRAWN: BASIS,
  CONSENT_EXPIRED: BASIS,
  CONSENT_UNPROVEN: BASIS,
  CONSENT_NOT_GIVEN: `${BASIS} withdrawal`,
  RECIPIENT_UNKNOWN: 'provide grant-access',
  RECIPIENT_NOT_BOUND: 'provide grant-access',
  REASONED_REQUEST_MISSING: 'provide',
  CROSS_BORDER_NOT_PERMITTED: TRANSFER,
  THIRD_PARTY_CONSENT_MISSING: 'provide grant-access',
  DISSEMINATION_CONSENT_MISSING: 'disseminate',
  EVIDENCE_MISSING: 'clarify depersonalise destroy',
};

describe('the table of the gate', () => {
  it.each(CHECKS)('asks $code of what the contract says', ({ code, asked }) => {
    expect([...asked].sort()).toEqual(ASKED[code]?.split(' ').sort());
  });

  it('knows the 16 operations of clause 2.4, in their groups', () => {
    const grouped = (of: string): readonly string[] =>
      OPERATIONS.filter((operation) => classOf(operation) === of);
    expect(grouped('daily')).toEqual(DAILY.split(' '));
    expect(grouped('transfer')).toEqual(TRANSFER.split(' '));
    expect(grouped('depersonalise')).toEqual(['depersonalise']);
    expect(grouped('protective')).toEqual(PROTECTIVE.split(' '));
    expect(OPERATIONS).toHaveLength(16);
    expect(OPERATIONS.every(isOperation)).toBe(true);
    expect(isOperation('teleport')).toBe(false);
  });
});
