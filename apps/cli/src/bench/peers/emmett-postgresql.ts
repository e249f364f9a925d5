import type { PostgresEventStore } from '@event-driven-io/emmett-postgresql';
import type { AppendStore, MadeUpEvent, StoredEvent } from '../append-store.js';
import type { Peer, PeerOrReason } from './peer.js';
import { startPostgres, type PostgresServer } from './postgresql-server.js';

const NAME = 'emmett-postgresql';

/** Emmett 0.42 on PostgreSQL as it comes: its own pool and schema; the server's fsync and synchronous_commit are on. */
export async function emmettPostgresql(folder: string): Promise<PeerOrReason> {
  try {
    await import('@event-driven-io/emmett-postgresql');
    await import('pg');
  } catch {
    return { name: NAME, reason: 'emmett-postgresql is not installed: run npm ci' };
  }
  const server = await startPostgres(folder);
  return 'reason' in server ? { name: NAME, ...server } : peerOn(server);
}

function peerOn(server: PostgresServer): Peer {
  let databases = 0;
  return {
    name: NAME,
    share: 1 / 20,
    open: async () => {
      databases += 1;
      return EmmettStore.open(await server.createDatabase(`bench_${databases}`));
    },
    close: async () => server.stop(),
  };
}

class EmmettStore implements AppendStore {
  private constructor(
    private readonly url: string,
    private readonly store: PostgresEventStore,
  ) {}

  static async open(url: string): Promise<EmmettStore> {
    const { getPostgreSQLEventStore } = await import('@event-driven-io/emmett-postgresql');
    const store = getPostgreSQLEventStore(url);
    await store.schema.migrate();
    return new EmmettStore(url, store);
  }

  async append(stream: string, expectedRevision: number, event: MadeUpEvent): Promise<void> {
    const { type, data, metadata } = event;
    // Emmett counts a stream's events from 1.
    const expectedStreamVersion =
      expectedRevision < 0 ? ('STREAM_DOES_NOT_EXIST' as const) : BigInt(expectedRevision + 1);
    await this.store.appendToStream(stream, [{ type, data, metadata }], { expectedStreamVersion });
  }

  /** From the table: its consumer skips and repeats events under load. */
  async *stored(): AsyncIterable<StoredEvent> {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    try {
      const { rows } = await client.query<{ stream: string; position: string; data: unknown }>(
        'SELECT stream_id AS stream, stream_position AS position, message_data AS data FROM emt_messages ORDER BY global_position',
      );
      for (const { stream, position, data } of rows) {
        yield { stream, revision: Number(position) - 1, ...(data as MadeUpEvent['data']) };
      }
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    await this.store.close();
  }
}
