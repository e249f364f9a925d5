import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import type { Draft, Policy } from '#domain';
import { lockFile } from '#event-store/sqlite';
import { KeyDirectory } from '#vault';
import type { Clock } from '../clock.js';
import { Governance, policyStream, publishedHashOf } from '../governance/governance.js';
import {
  operatorRegistered,
  policyActivated,
  policyPublished,
  rulingIssued,
} from '../governance/governance-events.js';
import { LedgerError } from '../ledger-error.js';
import { Recorder } from '../recording/recorder.js';
import { writeIdentity } from './identity.js';
import type { LedgerFiles } from './ledger-files.js';
import { assertReachable, openLog } from './open-log.js';
import { openVault } from './places.js';

/** What a new ledger starts with. */
export interface InitOptions {
  readonly files: LedgerFiles;
  readonly clock: Clock;
  readonly policies: readonly Policy[];
  readonly passphrase?: string;
  /** Name of who initialises. */
  readonly by: string;
}

/** What `init` answers (contract §2). */
export interface Initialised {
  readonly data: string;
  readonly ledgerId: string;
  readonly policies: readonly {
    readonly id: string;
    readonly version: string;
    readonly hash: string;
    readonly rulings: readonly string[];
  }[];
}

/**
 * Makes keys and stores, registers the operators, publishes and activates the shipped policies with their rulings.
 * @throws {LedgerError} ALREADY_INITIALISED, {EventStoreError} UNAVAILABLE and others of a server: nothing was touched.
 */
export async function initLedger(options: InitOptions): Promise<Initialised> {
  const { files, policies, passphrase } = options;
  assertEmpty(files);
  const ledgerId = randomUUID();
  await assertReachable(files, ledgerId);
  mkdirSync(files.directory, { recursive: true, mode: 0o700 });
  const lock = lockFile(files.lock);
  try {
    const keys = KeyDirectory.create(files.keys, passphrase === undefined ? {} : { passphrase });
    for (const { operator } of policies) keys.addOperator(operator.id);
    await recordGovernance(options, ledgerId, keys);
    // Last, so that a directory with this file is a whole ledger.
    writeIdentity(files, { ledgerId });
    return { data: files.directory, ledgerId, policies: policies.map(summary) };
  } finally {
    lock.release();
  }
}

function assertEmpty(files: LedgerFiles): void {
  if (existsSync(files.identity)) {
    throw new LedgerError(
      'ALREADY_INITIALISED',
      'this directory holds a ledger already: nothing was touched',
    );
  }
  if (existsSync(files.log) || existsSync(files.vault) || existsSync(`${files.keys}/root.key`)) {
    throw new LedgerError(
      'ALREADY_INITIALISED',
      'an earlier init was cut off here: empty the directory first',
    );
  }
}

async function recordGovernance(
  { files, clock, policies, by }: InitOptions,
  ledgerId: string,
  keys: KeyDirectory,
): Promise<void> {
  // First: nothing else is made when a database does not let us in.
  const vault = await openVault({ files, ledgerId }, keys, 'create');
  const anchorKey = keys.anchorKey();
  const store = await openLog(files, ledgerId, { anchorKey, isNew: true });
  const recorder = new Recorder({ store, vault, ledgerId, clock });
  const governance = new Governance();
  for (const policy of policies) {
    const operator = policy.operator.id;
    await vault.addOperator(operator, clock.now());
    const actor = { id: await vault.actor(operator, by), role: 'admin' as const };
    const firstId = randomUUID();
    const { events, durable } = recorder.record({
      tail: { stream: policyStream(operator), revision: -1n, prev: '' },
      drafts: firstEvents(policy, keys.rootCheck(), clock.now()),
      eventId: (n) => (n === 0 ? firstId : vault.furtherId(operator, firstId, n)),
      actor,
    });
    for (const event of events) governance.evolve(event);
    await durable;
  }
  await vault.rememberLog({ ledgerId, ...(await store.head()) }, true);
  await vault.close();
  await store.close();
}

/** A policy's first version is in force from its own date (design §5). */
function firstEvents(policy: Policy, rootCheck: string, now: Date): readonly Draft[] {
  return [
    operatorRegistered(policy, rootCheck, now),
    policyPublished(policy, now),
    ...policy.rulings.map((ruling) => rulingIssued(policy, ruling, 'shipped', now)),
    policyActivated(policy, policy.inForceFrom, now),
  ];
}

function summary(policy: Policy): Initialised['policies'][number] {
  const { id, version, rulings } = policy;
  return {
    id,
    version,
    hash: publishedHashOf(policy),
    rulings: rulings.map(({ contradiction, option }) => `${contradiction}=${option}`),
  };
}
