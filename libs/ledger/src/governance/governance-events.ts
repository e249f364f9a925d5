import type { Draft, Policy, Ruling } from '#domain';
import { cutToSecond } from '../commands/context.js';
import { publishedHashOf } from './governance.js';

/** The registration of an operator, with the check value of the root key (design §6). */
export function operatorRegistered({ operator }: Policy, rootCheck: string, now: Date): Draft {
  const { id, name, bin, country } = operator;
  return {
    type: 'OperatorRegistered',
    data: { operator: id, name, bin, country, rootCheck, occurredAt: seconds(now) },
  };
}

/** The publication of a policy version, whole, so that the log alone can judge again. */
export function policyPublished(policy: Policy, now: Date): Draft {
  const { id, version, text, operator } = policy;
  return {
    type: 'PolicyPublished',
    data: {
      operator: operator.id,
      id,
      version,
      hash: publishedHashOf(policy),
      text: `sha256:${text.sha256}`,
      document: policy,
      occurredAt: seconds(now),
    },
  };
}

/** One ruling on a contradiction of the version. */
export function rulingIssued(
  policy: Policy,
  ruling: Ruling,
  by: 'shipped' | 'officer',
  now: Date,
): Draft {
  const { id, version, operator } = policy;
  const { contradiction, option } = ruling;
  const data = { operator: operator.id, id, version, contradiction, option, by };
  return { type: 'RulingIssued', data: { ...data, occurredAt: seconds(now) } };
}

/** The activation of a published version. */
export function policyActivated(policy: Policy, effectiveFrom: string, now: Date): Draft {
  const { id, version, operator } = policy;
  const data = { operator: operator.id, id, version, hash: publishedHashOf(policy), effectiveFrom };
  return { type: 'PolicyActivated', data: { ...data, occurredAt: seconds(now) } };
}

function seconds(now: Date): string {
  return cutToSecond(now.toISOString());
}
