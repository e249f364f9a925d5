import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import type { Draft, Policy } from '#domain';
import type { EventStore } from '#event-store';
import { lockFile } from '#event-store/sqlite';
import { KeyDirectory, holdsKeys, type Vault } from '#vault';
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
import { beginningIn, endBeginning, noteBeginning, removeEmpty, takeBack } from './beginning.js';
import { writeIdentity } from './identity.js';
import type { LedgerFiles } from './ledger-files.js';
import { assertReachable, openLog } from './open-log.js';
import { assertMayBegin, openVault } from './places.js';

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
 * Makes keys and stores, registers the operators, publishes and activates the shipped policies with their rulings. What an
 * init that fails has made is taken back; what one that was killed has made, by the next one.
 * @throws {LedgerError} ALREADY_INITIALISED; {EventStoreError}, {VaultError} when a store cannot be used: nothing was touched.
 */
export async function initLedger(options: InitOptions): Promise<Initialised> {
  const { files, policies } = options;
  assertNew(files);
  const ledgerId = randomUUID();
  await assertReachable(files, ledgerId);
  await assertMayBegin(files, beginningIn(files)?.ledgerId);
  const firstMade = mkdirSync(files.directory, { recursive: true, mode: 0o700 });
  const lock = lockFile(files.lock);
  let isMade = false;
  try {
    await makeLedger(options, ledgerId);
    isMade = true;
  } finally {
    lock.release();
    if (!isMade && beginningIn(files) === undefined) removeMade(files, firstMade);
  }
  return { data: files.directory, ledgerId, policies: policies.map(summary) };
}

async function makeLedger(options: InitOptions, ledgerId: string): Promise<void> {
  const { files, policies, passphrase } = options;
  const cutOff = beginningIn(files);
  if (cutOff !== undefined && !existsSync(files.identity)) await takeBack(files, cutOff);
  assertNew(files);
  const beginning = noteBeginning(files, ledgerId);
  try {
    const keys = KeyDirectory.create(files.keys, passphrase === undefined ? {} : { passphrase });
    for (const { operator } of policies) keys.addOperator(operator.id);
    await recordGovernance(options, ledgerId, keys);
    endBeginning(files);
    // Last, so that a directory with this file is a whole ledger.
    writeIdentity(files, { ledgerId });
  } catch (error) {
    // What cannot be taken back now is noted: the next init does it.
    await takeBack(files, beginning).catch(() => undefined);
    throw error;
  }
}

function removeMade({ directory, keys, lock }: LedgerFiles, firstMade: string | undefined): void {
  rmSync(lock, { force: true });
  if (firstMade === undefined) return;
  removeEmpty(keys, keys);
  removeEmpty(directory, firstMade);
}

/** Neither a ledger nor what may be the rest of one; what an init noted is taken back instead. */
function assertNew(files: LedgerFiles): void {
  if (existsSync(files.identity)) {
    throw new LedgerError(
      'ALREADY_INITIALISED',
      'this directory holds a ledger already, nothing was touched: use it, or name another',
    );
  }
  if (beginningIn(files) !== undefined) return;
  if (existsSync(files.log) || existsSync(files.vault) || holdsKeys(files.keys)) {
    throw new LedgerError(
      'ALREADY_INITIALISED',
      'there are keys or stores without a ledger.json here: put it back, or name an empty directory',
    );
  }
}

async function recordGovernance(
  options: InitOptions,
  ledgerId: string,
  keys: KeyDirectory,
): Promise<void> {
  const { files } = options;
  // First: nothing else is made when a database does not let us in.
  const vault = await openVault({ files, ledgerId }, keys, 'create');
  try {
    const anchorKey = keys.anchorKey();
    const store = await openLog(files, ledgerId, { anchorKey, isNew: true });
    try {
      await recordPolicies(options, { ledgerId, keys, vault, store });
      await vault.rememberLog({ ledgerId, ...(await store.head()) }, true);
    } finally {
      await store.close();
    }
  } finally {
    await vault.close();
  }
}

interface Parts {
  readonly ledgerId: string;
  readonly keys: KeyDirectory;
  readonly vault: Vault;
  readonly store: EventStore;
}

async function recordPolicies(
  { clock, policies, by }: InitOptions,
  { ledgerId, keys, vault, store }: Parts,
): Promise<void> {
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
