import type { AppendStore } from '../append-store.js';

/** What a user would pick instead; loaded only when it is measured. */
export interface Peer {
  readonly name: string;
  /** Part of the events it is measured with: a slow peer need not be waited for, its rate is the same. */
  readonly share: number;
  /** An empty store; may be opened once a round. */
  open(folder: string): Promise<AppendStore>;
  close(): Promise<void>;
}

/** A peer, or why it is not at hand. */
export type PeerOrReason = Peer | { readonly name: string; readonly reason: string };
