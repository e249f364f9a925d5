import type { ActorRole, LedgerEvent } from '#domain';
import type { EventStore } from '#event-store';
import type { KeyDirectory, Vault } from '#vault';
import type { Clock } from './clock.js';
import type { Governance } from './governance/governance.js';
import { Claims } from './recording/claims.js';
import { KeyedMutex } from './recording/keyed-mutex.js';
import { OtherNodes } from './nodes/other-nodes.js';
import { Recorder, type Actor } from './recording/recorder.js';
import { Registrations } from './recording/registrations.js';
import { Shredding } from './recording/shredding.js';
import { noteStaleRules } from './recording/stale-rules.js';
import { Subjects } from './recording/subjects.js';
import type { LedgerFiles } from './stores/ledger-files.js';
import type { LiveViews, Views } from './views/live-views.js';

/** What an opened ledger is made of. */
export interface LedgerParts {
  readonly files: LedgerFiles;
  readonly ledgerId: string;
  readonly clock: Clock;
  readonly store: EventStore;
  readonly vault: Vault;
  readonly keys: KeyDirectory;
  readonly governance: Governance;
  /** Size of the log from which on other nodes are followed; absent where nobody else writes it. */
  readonly sharedFrom?: bigint;
  /** Runs when everything is closed. */
  readonly onClosed: () => void;
}

/** An opened ledger: the stores, and the one recorder that writes to them. */
export class Ledger {
  readonly recorder: Recorder;
  readonly subjects: Subjects;
  readonly shredding: Shredding;
  readonly claims = new Claims();
  readonly registrations = new Registrations();
  readonly mutex = new KeyedMutex();
  /** Orders of destruction recorded here and not yet completed: while there is one, no close is a clean one. */
  readonly openOrders = new Set<string>();
  /** Where other nodes write the same log. */
  readonly others: OtherNodes | undefined;
  #actors = new Map<string, string>();

  constructor(
    readonly parts: LedgerParts,
    readonly liveViews: LiveViews,
  ) {
    const { store, vault, ledgerId, clock, sharedFrom } = parts;
    this.others = sharedFrom === undefined ? undefined : new OtherNodes(this, sharedFrom);
    this.subjects = new Subjects(store, (recordedAt) => this.recorder.startAfter(recordedAt));
    const onFailed = this.subjects.forget.bind(this.subjects);
    const onMoved = async (events: readonly LedgerEvent[]): Promise<void> =>
      noteStaleRules(this, events);
    this.recorder = new Recorder({ store, vault, ledgerId, clock, onFailed, onMoved });
    this.shredding = new Shredding(
      vault,
      () => this.recorder.now(),
      async () => this.recorder.settled(),
      async () => vault.rememberLog({ ledgerId, ...(await store.head()) }, false),
    );
  }

  /** Someone of an operator's directory in a role. */
  async actor(operator: string, name: string, role: ActorRole): Promise<Actor> {
    const key = `${operator}/${name}`;
    const id = this.#actors.get(key) ?? (await this.parts.vault.actor(operator, name));
    this.#actors.set(key, id);
    return { id, role };
  }

  /** The views, brought to the log's end as it stands now. */
  async views(): Promise<Views> {
    await this.liveViews.catchUp(this.parts.store);
    return this.liveViews.asTheyAre();
  }

  /** How many events the views have not seen; as they are, nothing is folded for the answer. */
  async viewLag(): Promise<bigint> {
    const { size } = await this.parts.store.head();
    return size - (await this.liveViews.position());
  }

  /** Lets what is on its way end, then closes the stores: each, also when one before it cannot be closed well. */
  async close(): Promise<void> {
    await this.recorder.settled();
    await this.others?.caughtUp();
    await this.others?.stop();
    const { store, vault, onClosed } = this.parts;
    const closings = [
      async () => this.liveViews.close(),
      async () => this.#rememberLog(),
      async () => vault.close(),
      async () => store.close(),
    ];
    const failed: unknown[] = [];
    for (const close of closings) await close().catch((error: unknown) => failed.push(error));
    onClosed();
    if (failed.length > 0) throw failed[0];
  }

  async #rememberLog(): Promise<void> {
    const { store, vault, ledgerId } = this.parts;
    const isAllFinished = this.openOrders.size === 0 && this.others?.isAllFinished !== false;
    await vault.rememberLog({ ledgerId, ...(await store.head()) }, isAllFinished);
  }
}
