import { randomUUID } from 'node:crypto';
import {
  checkPolicy,
  missingRulings,
  versionKey,
  type Draft,
  type LedgerEvent,
  type Policy,
  type Ruling,
} from '#domain';
import { policyActivated, policyPublished, rulingIssued } from '../governance/governance-events.js';
import { policyStream } from '../governance/governance.js';
import { instantOf } from '../instant.js';
import type { Ledger } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';
import { untilRecorded } from '../recording/until-recorded.js';
import { cutToSecond } from './context.js';

/** Publishes a policy version of a registered operator. @throws {LedgerError} INVALID_REQUEST, CONFLICT. */
export async function publishPolicy(
  ledger: Ledger,
  document: unknown,
  by: string,
): Promise<LedgerEvent> {
  const error = checkPolicy(document).find(
    ({ severity, code }) => severity === 'error' && code !== 'RULING_MISSING',
  );
  if (error !== undefined) {
    throw new LedgerError('INVALID_REQUEST', `the policy cannot be published: ${error.message}`);
  }
  return untilRecorded(ledger, async () => published(ledger, document as Policy, by));
}

async function published(ledger: Ledger, policy: Policy, by: string): Promise<LedgerEvent> {
  const { governance } = ledger.parts;
  if (!governance.operators().includes(policy.operator.id)) {
    throw new LedgerError(
      'INVALID_REQUEST',
      'the policy names an operator that is not registered here',
    );
  }
  if (governance.timeline(policy.operator.id).published.has(versionKey(policy))) {
    throw new LedgerError(
      'CONFLICT',
      'this version is published already: give the new text a new version',
    );
  }
  return record(ledger, policy.operator.id, (now) => [policyPublished(policy, now)], by);
}

/** What an activation is asked with. */
export interface ActivatePolicy {
  readonly id: string;
  readonly version: string;
  /** ISO instant, not before now: governance cannot be backdated (design §5). */
  readonly effectiveFrom?: string;
  readonly rulings: readonly Ruling[];
}

/** Puts a published version in force. @throws {LedgerError} NOT_FOUND, INVALID_REQUEST, RULING_MISSING naming them. */
export async function activatePolicy(
  ledger: Ledger,
  request: ActivatePolicy,
  by: string,
): Promise<LedgerEvent> {
  return untilRecorded(ledger, async () => activated(ledger, request, by));
}

async function activated(
  ledger: Ledger,
  request: ActivatePolicy,
  by: string,
): Promise<LedgerEvent> {
  const policy = publishedVersion(ledger, request);
  assertOptions(policy, request.rulings);
  // A time that cannot be is said before rulings that are missing.
  effectiveFromOf(request, ledger.recorder.now());
  const given = new Set(request.rulings.map(({ contradiction }) => contradiction));
  const shipped = policy.rulings.filter(({ contradiction }) => !given.has(contradiction));
  const missing = missingRulings(policy, [...shipped, ...request.rulings]);
  if (missing.length > 0) {
    throw new LedgerError(
      'RULING_MISSING',
      `rulings are missing: ${missing.join(', ')}; give them by --ruling CODE=OPTION`,
    );
  }
  const drafts = (now: Date): readonly Draft[] => [
    ...shipped.map((ruling) => rulingIssued(policy, ruling, 'shipped', now)),
    ...request.rulings.map((ruling) => rulingIssued(policy, ruling, 'officer', now)),
    policyActivated(policy, effectiveFromOf(request, now), now),
  ];
  return record(ledger, policy.operator.id, drafts, by);
}

function effectiveFromOf({ effectiveFrom }: ActivatePolicy, now: Date): string {
  if (effectiveFrom === undefined) return cutToSecond(new Date(now.getTime() + 1000).toISOString());
  const at = instantOf(effectiveFrom);
  if (Number.isNaN(at)) {
    throw new LedgerError(
      'INVALID_REQUEST',
      'the time of taking effect must be an ISO 8601 time such as 2027-01-01T00:00:00Z',
    );
  }
  if (at < Math.floor(now.getTime() / 1000) * 1000) {
    throw new LedgerError(
      'INVALID_REQUEST',
      'a policy cannot take effect in the past: name a time from now on, or none',
    );
  }
  return cutToSecond(new Date(at).toISOString());
}

/** A ruling decides by one of the options that the policy offers. */
function assertOptions({ contradictions }: Policy, rulings: readonly Ruling[]): void {
  for (const { contradiction, option } of rulings) {
    const options = contradictions.find(({ code }) => code === contradiction)?.options ?? [];
    if (options.some(({ code }) => code === option)) continue;
    const known = options.map(({ code }) => code).join(' or ');
    throw new LedgerError(
      'INVALID_REQUEST',
      known === ''
        ? 'a ruling names a contradiction that the policy does not have: see "pdl policy show"'
        : `a ruling on ${contradiction} takes one of its options: ${known}`,
    );
  }
}

function publishedVersion(ledger: Ledger, { id, version }: ActivatePolicy): Policy {
  const { governance } = ledger.parts;
  for (const operator of governance.operators()) {
    const found = governance.timeline(operator).published.get(versionKey({ id, version }));
    if (found !== undefined) return found.policy;
  }
  throw new LedgerError(
    'NOT_FOUND',
    'no such version is published: run "pdl policy publish FILE" first',
  );
}

async function record(
  ledger: Ledger,
  operator: string,
  draftsAt: (now: Date) => readonly Draft[],
  by: string,
): Promise<LedgerEvent> {
  const { governance, vault } = ledger.parts;
  const tail = await ledger.subjects.tail(policyStream(operator));
  const actor = await ledger.actor(operator, by, 'admin');
  const first = randomUUID();
  const eventId = (n: number): string => (n === 0 ? first : vault.furtherId(operator, first, n));
  // Last, so that nothing takes effect before the moment at which it is recorded.
  const now = ledger.recorder.now();
  const drafts = draftsAt(now);
  const at = now.getTime();
  const { events, durable } = ledger.recorder.record({ tail, drafts, eventId, actor, at });
  await durable;
  for (const event of events) governance.evolve(event);
  const last = events.at(-1);
  if (last === undefined) throw new LedgerError('BROKEN', 'a policy command made no event');
  return last;
}
