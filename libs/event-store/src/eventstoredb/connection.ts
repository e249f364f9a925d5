import type { EventStoreDBClient } from '@eventstore/db-client';
import { setMaxListeners } from 'node:events';
import { EventStoreError } from '../event-store-error.js';
import { checkedConnectionString, withOwnConnection } from './connection-string.js';
import type { Failure } from './failure.js';
import { connected, endClient, guardedClient } from './guarded-client.js';
import { TimeOver, within } from './within.js';

/** A client, as long as it is the one in use. */
export class Link {
  readonly #lost = new AbortController();
  #first: Promise<unknown> | undefined;
  /** Whether the server has answered: nothing is sent before. */
  isConnected = false;

  constructor(readonly client: EventStoreDBClient) {
    // Each call that is under way listens, and there are many.
    setMaxListeners(0, this.#lost.signal);
  }

  /** Aborts when another one takes its place: calls of this one are over. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Resolves once the server has answered. */
  async connect(): Promise<void> {
    await connected(this.client);
    this.isConnected = true;
  }

  /**
   * Appends in the order of the calls. The client loses that order while it opens its call, so the first one goes ahead.
   */
  async inOrder<T>(append: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    if (this.#first === undefined) {
      const sent = append(this.client);
      this.#first = sent.catch(() => undefined);
      return sent;
    }
    await this.#first;
    if (this.lost.aborted) throw new TimeOver('the connection was given up');
    return append(this.client);
  }

  lose(): void {
    this.#lost.abort();
  }
}

const END_MS = 1_000;

/**
 * The one client of the process. It connects again by itself after some errors, and after others never (a failed
 * discovery, a server that holds the connection and is silent): then `renewAfter` puts a new one in its place.
 */
export class Connection {
  readonly #url: string;
  #made = 0;
  #link: Link;
  #renewed: Promise<void> = Promise.resolve();
  #closed = false;

  /** @throws {RangeError} when the connection string is wrong; the message does not repeat it. */
  constructor(
    url: string,
    private readonly clientOf = guardedClient,
  ) {
    this.#url = checkedConnectionString(url);
    try {
      this.#link = this.#make();
    } catch {
      // Its message repeats parts of the string, which holds a password.
      throw new RangeError('the connection string of the event store cannot be read');
    }
  }

  /** @throws {EventStoreError} CLOSED; TLS when a certificate file that the string names cannot be read any more. */
  async link(): Promise<Link> {
    await this.#renewed;
    if (this.#closed) throw new EventStoreError('CLOSED', 'the log is closed');
    if (this.#link.lost.aborted) this.#link = this.#remade();
    return this.#link;
  }

  /** Replaces the client that failed, once, however many of its calls report it; not one that was told who leads. */
  renewAfter(failure: Failure, failed: Link): void {
    if (failure.kind === 'doubt' && failure.isLeaderKnown) return;
    if (failed.lost.aborted || this.#closed) return;
    failed.lose();
    // An error on a call of the old one rejects appends of the new one too: the old one ends first.
    this.#renewed = ended(failed);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#link.lose();
    await this.#renewed;
    await ended(this.#link);
  }

  #make(): Link {
    this.#made += 1;
    return new Link(this.clientOf(withOwnConnection(this.#url, this.#made)));
  }

  /** Reads the certificate files anew: they may be other ones by now, or be written at this moment. */
  #remade(): Link {
    try {
      return this.#make();
    } catch {
      throw new EventStoreError('TLS', 'a certificate file of the event store cannot be read');
    }
  }
}

async function ended({ client }: Link): Promise<void> {
  await within(END_MS, endClient(client)).catch(() => undefined);
}
