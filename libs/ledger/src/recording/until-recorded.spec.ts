import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  ConsentTerms,
  Operate,
  Policy,
  RegisterRecipient,
  RegisterSubject,
  SubjectCommand,
} from '#domain';
import type { Answer } from '../commands/answer.js';
import { bindRecipient } from '../commands/bind-recipient.js';
import { activatePolicy, publishPolicy } from '../commands/govern.js';
import { registerAt } from '../commands/register-at.js';
import { submitOn } from '../commands/submit-on.js';
import { Governance } from '../governance/governance.js';
import { shippedPolicies } from '../governance/shipped-policies.js';
import { Ledger } from '../ledger.js';
import { showTrail } from '../queries/history.js';
import { readData } from '../queries/read-data.js';
import { ledgerInFolder } from '../testing/ledger-in.js';

const OPERATOR = 'quicklid';
const PURPOSE = 'quicklid:3.1';
const CATEGORIES = ['quicklid:name'];
const OFFICER = { name: 'officer', role: 'officer', mode: 'enforce' } as const;
const TERMS: ConsentTerms = {
  purpose: PURPOSE,
  categories: CATEGORIES,
  thirdParties: true,
  crossBorder: false,
  publication: false,
  channel: 'OTHER_CONFIRMABLE',
  evidence: { kind: 'otp', language: 'kk' },
};
const OPERATE = { kind: 'operate', purpose: PURPOSE, basis: { code: 'KZ-CONSENT' } } as const;

describe('a node beside another one on the same stores', () => {
  let end: () => Promise<void>;
  let ledger: Ledger;
  let other: Ledger;
  let subject: string;
  beforeAll(async () => {
    ({ ledger, end } = await ledgerInFolder());
    // With a memory of its own.
    const governance = await Governance.load(ledger.parts.store, ledger.parts.keys.operators());
    other = new Ledger({ ...ledger.parts, governance }, ledger.liveViews);
    subject = await registered(ledger, {
      kind: 'register-subject',
      operator: OPERATOR,
      subjectKind: 'individual',
      identifiers: [],
    });
    await submitted(ledger, { kind: 'record-consent', state: 'given', terms: TERMS });
    const data = { 'quicklid:name': 'Айгүл' };
    await submitted(ledger, { ...OPERATE, operation: 'collect', data });
  });
  afterAll(async () => end());

  const registered = async (
    on: Ledger,
    command: RegisterSubject | RegisterRecipient,
  ): Promise<string> => {
    const { subject: id = '' } = await registerAt(on, { command }, OFFICER);
    return id;
  };
  const submitted = async (on: Ledger, command: SubjectCommand): Promise<Answer> =>
    submitOn(on, { operator: OPERATOR, subject, command }, OFFICER);
  const used = async (on: Ledger, more: Partial<Operate> = {}): Promise<Answer> =>
    submitted(on, { ...OPERATE, operation: 'use', categories: CATEGORIES, ...more });
  const officer = async (): Promise<Parameters<typeof readData>[2]> =>
    ledger.actor(OPERATOR, 'officer', 'officer');

  it('answers reads of values and of history that the other one overtook', async () => {
    const query = { operator: OPERATOR, subject, purpose: PURPOSE };
    for (const on of [ledger, other, ledger, other]) {
      expect(await readData(on, query, await officer())).toMatchObject({
        data: { 'quicklid:name': { value: 'Айгүл' } },
      });
      await showTrail(on, query, await officer());
    }
  });

  it('judges by the policy that the other one activated', async () => {
    const [policy] = shippedPolicies().filter(({ id }) => id === OPERATOR);
    const next = { ...(policy as Policy), version: '2026-11-01' };
    expect(await used(ledger)).toMatchObject({ status: 'accepted' });
    await publishPolicy(other, next, 'admin');
    const again = activatePolicy(ledger, { id: OPERATOR, version: next.version, rulings: [] }, 'b');
    // Not known here before the log was asked: the first attempt must not be the last word.
    await expect(again).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await used(ledger)).toMatchObject({ status: 'accepted' });
    const read = ledger.parts.governance.read(OPERATOR);
    expect(read).toEqual(other.parts.governance.read(OPERATOR));
    await activatePolicy(ledger, { id: OPERATOR, version: next.version, rulings: [] }, 'b');
    expect(await used(other)).toMatchObject({ status: 'accepted' });
    expect(other.parts.governance.read(OPERATOR)).toEqual(ledger.parts.governance.read(OPERATOR));
  });

  it('provides to a recipient whom the other one bound', async () => {
    const recipient = await registered(ledger, {
      kind: 'register-recipient',
      operator: OPERATOR,
      name: 'ТОО',
      class: 'quicklid:7.1.1',
      country: 'KZ',
    });
    const provide = { operation: 'provide', recipients: [recipient] };
    const before = await used(ledger, provide);
    expect(before).toMatchObject({ status: 'refused' });
    const bound = await bindRecipient(other, { operator: OPERATOR, recipient }, await officer());
    expect(bound).toMatchObject({ status: 'accepted' });
    const after = await used(ledger, provide);
    expect(after.codes).not.toEqual(before.codes);
  });
});
