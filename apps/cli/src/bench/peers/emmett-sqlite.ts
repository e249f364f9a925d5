import { join } from 'node:path';
import type { AppendStore, MadeUpEvent, StoredEvent } from '../append-store.js';
import type { PeerOrReason } from './peer.js';

const NAME = 'emmett-sqlite';
/** No dependency: its driver has an install script. A name that the compiler does not look for. */
const PACKAGE: string = '@event-driven-io/emmett-sqlite';

/** The part of emmett-sqlite 0.42.4 that is measured. */
interface EmmettSqlite {
  getSQLiteEventStore(options: { readonly fileName: string }): Store;
  sqliteConnection(options: { readonly fileName: string }): Connection;
}

interface Store {
  appendToStream(stream: string, events: readonly object[], options: object): Promise<unknown>;
}

interface Connection {
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): void;
}

/** Emmett on SQLite as it comes, if a user installed it. */
export async function emmettSqlite(): Promise<PeerOrReason> {
  try {
    const emmett = (await import(PACKAGE)) as EmmettSqlite;
    return {
      name: NAME,
      share: 1 / 20,
      open: async (folder) => openStore(emmett, join(folder, 'emmett.db')),
      close: async () => undefined,
    };
  } catch {
    return {
      name: NAME,
      reason: `not installed: npm i --no-save ${PACKAGE} (it compiles sqlite3)`,
    };
  }
}

async function openStore(emmett: EmmettSqlite, fileName: string): Promise<AppendStore> {
  // It logs errors to stdout, where only our rows may be.
  // eslint-disable-next-line no-console
  console.log = console.error;
  const store = emmett.getSQLiteEventStore({ fileName });
  return {
    append: async (stream, expectedRevision, { type, data, metadata }) => {
      // Emmett counts a stream's events from 1.
      const expectedStreamVersion =
        expectedRevision < 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(expectedRevision + 1);
      await store.appendToStream(stream, [{ type, data, metadata }], { expectedStreamVersion });
    },
    stored: () => stored(emmett.sqliteConnection({ fileName })),
    close: async () => undefined,
  };
}

async function* stored(connection: Connection): AsyncIterable<StoredEvent> {
  const rows = await connection.query(
    'SELECT stream_id, stream_position, message_data FROM emt_messages ORDER BY global_position',
  );
  connection.close();
  for (const row of rows) {
    const data = JSON.parse(String(row['message_data'])) as MadeUpEvent['data'];
    yield {
      stream: String(row['stream_id']),
      revision: Number(row['stream_position']) - 1,
      ...data,
    };
  }
}
