import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { EXPIRED } from '#event-store/testing/eventstoredb';
import { MemoryEventStore } from '#event-store/memory';
import { foldDigests, type ViewDefinition, type ViewStore } from '#projections';
import { PostgresViewPlace } from '#projections/postgres';
import { NO_STREAM, type RecordedEvent } from '#event-store';
import { onPostgres } from './server-for-tests.js';

const rows = (event: string): readonly (readonly string[])[] => [[event]];
const VIEWS: readonly ViewDefinition<string>[] = ['first', 'second'].map((name) => ({
  name,
  version: 1,
  columns: ['event'],
  indexes: [['event']],
  rows,
}));
const decode = ({ leaf }: RecordedEvent): string => Buffer.from(leaf).toString();

onPostgres('views of a database that fails', (server) => {
  let url: string;
  let place: PostgresViewPlace<string>;
  let live: ViewStore<string>;
  let store: MemoryEventStore;
  beforeEach(async () => {
    url = await server.database();
    store = new MemoryEventStore();
    await add('a', 'b', 'c');
    place = placeAt(url);
    await place.build({ store, decode, views: VIEWS });
    await place.putInPlace();
    live = await opened(place);
  });
  afterEach(async () => place.close());

  it('keep nothing of a batch that cannot be written whole', async () => {
    const [first] = VIEWS;
    const views = VIEWS.map((view) =>
      view === first ? view : { ...view, rows: () => [['no such text: \0']] },
    );
    const before = await live.state();
    const other = new PostgresViewPlace({ url, views, ledgerId: 'ledger' });
    const bad = await opened(other);
    await expect(bad.apply(3n, ['d'])).rejects.toMatchObject({ code: 'IO' });
    await other.close();
    expect(await live.state()).toEqual(before);
    await live.apply(3n, ['d']);
    expect(await live.select('second', { where: { event: 'd' } })).toHaveLength(1);
  });

  it.each(['fast', 'crash'] as const)(
    'say so while the server is away, and go on when it is back (%s)',
    async (how) => {
      const before = await live.state();
      await server.own.stop(how);
      await expect(live.position()).rejects.toMatchObject({ name: 'ViewError', code: 'IO' });
      await expect(live.apply(3n, ['d'])).rejects.toMatchObject({ code: 'IO' });
      expect(await server.own.start()).toBe(true);
      expect(await live.state()).toEqual(before);
      await live.apply(3n, ['d']);
      expect(await live.position()).toBe(4n);
    },
  );

  it('are what they were when the server goes away while others are built', async () => {
    const before = await live.state();
    await add('d');
    const onProgress = async (): Promise<void> => server.own.stop('crash');
    let stopped: Promise<void> | undefined;
    const building = place.build({
      store,
      decode,
      views: VIEWS,
      onProgress: () => {
        stopped ??= onProgress();
      },
    });
    await expect(building).rejects.toMatchObject({ code: 'IO' });
    await stopped;
    await server.own.start();
    expect(await live.state()).toEqual(before);
    await place.build({ store, decode, views: VIEWS });
    await place.putInPlace();
    const { digests } = await foldDigests({ store, decode, views: VIEWS });
    expect((await live.state()).digests).toEqual(digests);
  });

  it('are whole when two build and swap at once', async () => {
    await add('d');
    const other = placeAt(url);
    const both = [place, other].map(async (each) => {
      await each.build({ store, decode, views: VIEWS });
      await each.putInPlace();
    });
    const ended = await Promise.allSettled(both);
    await other.close();
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    const { digests } = await foldDigests({ store, decode, views: VIEWS });
    expect(await live.state()).toEqual({ position: 4n, digests });
  });

  it('name a refused password, a missing database and a connection that is not safe', async () => {
    await server.askPasswords();
    const wrong = await failing((at) => {
      at.username = 'visitor';
      at.password = 'marked-password';
    });
    expect(wrong).toMatchObject({ name: 'ViewError', code: 'ACCESS_DENIED' });
    expect(String(wrong)).not.toContain('marked-password');
    const missing = await failing((at) => {
      at.pathname = '/none';
    });
    expect(missing).toMatchObject({ code: 'ACCESS_DENIED' });
    const plain = await failing((at) => at.searchParams.set('sslmode', 'require'));
    expect(plain).toMatchObject({ code: 'TLS' });
    await server.show(EXPIRED);
    const outOfDate = await failing((at) => {
      at.search = new URL(server.trusting(EXPIRED, url)).search;
    });
    expect(outOfDate).toMatchObject({ code: 'TLS' });
  });

  it('name a certificate file that cannot be read', async () => {
    const missing = await failing((at) => {
      at.searchParams.set('sslmode', 'verify-full');
      at.searchParams.set('sslrootcert', '/no/such.pem');
    });
    expect(missing).toMatchObject({
      code: 'TLS',
      message: 'a certificate file of the database cannot be read: /no/such.pem (ENOENT)',
    });
  });

  /** What opening says at a url that was changed. */
  async function failing(change: (url: URL) => void): Promise<unknown> {
    const other = new URL(url);
    change(other);
    const there = placeAt(other.href);
    const said = await there.open().catch((error: unknown) => error);
    await there.close();
    return said;
  }

  function placeAt(at: string): PostgresViewPlace<string> {
    return new PostgresViewPlace({ url: at, views: VIEWS, ledgerId: 'ledger' });
  }

  async function opened(at: PostgresViewPlace<string>): Promise<ViewStore<string>> {
    const found = await at.open();
    if (typeof found === 'string') throw new Error(found);
    return found;
  }

  async function add(...events: readonly string[]): Promise<void> {
    for (const event of events) {
      const { size } = await store.head();
      const id = `00000000-0000-4000-8000-${String(size).padStart(12, '0')}`;
      const made = { id, type: 'T', leaf: Buffer.from(event) };
      await store.append({ stream: `s${size}`, expectedRevision: NO_STREAM, events: [made] });
    }
  }
});
