import type { Generated, Kysely } from 'kysely';

/** Schema that holds the vault. */
export const SCHEMA = 'pdl_vault';

/** What the tables hold. */
export interface VaultTables {
  meta: { key: string; value: Buffer };
  subjects: {
    event: string;
    subject: string;
    operator: string;
    generation: number;
    epoch: number;
    key: Buffer;
  };
  envelopes: {
    event: string;
    id: string;
    operator: string;
    subject: string | null;
    scope: string;
    type: string;
    version: string;
    generation: number;
    salt: Buffer;
    commitment: Buffer;
    ciphertext: Buffer;
  };
  refs: {
    event: string;
    hash: Buffer;
    operator: string;
    kind: string;
    id: string;
    destroyed: number;
  };
  identifiers: {
    event: string;
    hash: Buffer;
    subject: string;
    scheme: string;
    token: Buffer;
  };
  actors: { hash: Buffer; id: string; name: Buffer };
  tombstones: { subject: string; category: string; event: string; receipt: string };
  claims: { event: string; writer: string; since: Generated<Date>; settled: Date | null };
  epochs: { operator: string; epoch: number; created_at: string; retire_by: string | null };
}

/** A session, or a transaction on one. */
export type Session = Kysely<VaultTables>;
