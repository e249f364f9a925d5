import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { LEDGER, LOCALHOST, OnDouble } from '#event-store/testing/eventstoredb';
import { ledgerFiles } from '#ledger';
import { readConfig } from '../../apps/api/src/index.js';
import { environmentOf, readCompose, type Service } from './compose-file.js';
import { faultsOfCompose } from './compose-rules.js';

const FOLDER = fileURLToPath(new URL('../../../docker/', import.meta.url));
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const single = read('compose.yaml');
const cluster = read('compose.cluster.yaml');
const FILES = [
  ['compose.yaml', single],
  ['compose.cluster.yaml', cluster],
] as const;
const GIVEN = { STORE_PASSWORD: 'correct-horse', STORE_OPS_PASSWORD: 'o', DATABASE_PASSWORD: 'd' };

/** What is changed, into what, and what must then be said; the first place in compose.yaml. */
const BREAKS: readonly (readonly [string | RegExp, string, string])[] = [
  [/kurrentdb:26.0.3@sha256:\w+/u, 'kurrentdb:26.0.3', 'not pinned'],
  [/postgres:17.11-bookworm@/u, 'postgres@', 'not pinned'],
  ['dockerfile: docker/Dockerfile', 'dockerfile: Dockerfile', 'Dockerfile does not exist'],
  [/ +test:[^\]]*\]\n/u, '', 'store: nobody sees'],
  ['healthcheck:', 'healthcheck:\n      disable: true', 'store: nobody sees'],
  ['read_only: true', 'read_only: false', 'root can be written'],
  ["tmpfs: ['/tmp:noexec,nosuid,nodev,size=64m']", '', 'no /tmp'],
  ['cap_drop: [ALL]', 'cap_drop: [NET_RAW]', 'keeps capabilities'],
  ['cap_drop: [ALL]', 'cap_drop: [ALL]\n  cap_add: [CHOWN]', 'keeps capabilities'],
  ['no-new-privileges:true', 'no-new-privileges:false', 'gain privileges'],
  ['read_only: true', 'read_only: true\n  privileged: true', 'it is privileged'],
  ['read_only: true', 'read_only: true\n  network_mode: host', 'shares the machine'],
  ['restart: unless-stopped', "restart: 'no'", 'stays down'],
  ["user: '999:999'", '', 'database: it runs as root'],
  ["user: '999:999'", "user: '0:0'", 'database: it runs as root'],
  ['${STORE_PASSWORD:?openssl rand -hex 32}@store', 'changeit@store', 'PDL_STORE has a secret'],
  [
    '${STORE_PASSWORD:?openssl rand -hex 32}@store',
    '${STORE_PASSWORD:-a}@store',
    'PDL_STORE has a secret',
  ],
  ['${STORE_OPS_PASSWORD:?openssl rand -hex 32}', 'changeit', 'OPS_PASSWORD has a secret'],
  ['PDL_PASSPHRASE:', 'PDL_PASSPHRASE: horse', 'PDL_PASSPHRASE has a secret'],
  ['PDL_ISSUER:', 'PDL_ISSUERS:', 'PDL_ISSUERS is no setting'],
  ['KURRENTDB_RUN_PROJECTIONS: None', "KURRENTDB_INSECURE: 'true'", 'takes protection away'],
  ['?tls=true&', '?tls=false&', 'takes protection away'],
  ['127.0.0.1:${PORT:-8080}', '${PORT:-8080}', 'open to others'],
  ['networks: [stores]', 'networks: [outside]', 'store: it reaches outside'],
  ['stores: { internal: true }', 'stores: {}', 'it reaches outside'],
  [
    'store: { condition: service_healthy }',
    'store: { condition: service_started }',
    'wait until store',
  ],
  [
    'store: { condition: service_healthy }',
    'shop: { condition: service_healthy }',
    'wait until shop',
  ],
  ['- keys:/keys', '- key:/keys', 'key is no volume'],
  ['- keys:/keys', '- ./keys:/keys', './keys is a folder'],
  ['/certificates/ca:ro', '/certificates/ca', 'is a folder'],
];

describe.each(FILES)('%s', (name, text) => {
  const { services } = readCompose(text);
  const apps = Object.entries(services).filter(([app]) => app.startsWith('app'));

  it('keeps every rule', () => {
    expect(faultsOfCompose(text, FOLDER)).toEqual([]);
  });

  it.each(apps)('sets %s so that the program takes its settings', (_app, service) => {
    const { store, database, port } = configOf(service);
    expect(port).toBe(8080);
    expect(
      ledgerFiles('data', 'keys', { store: store ?? '', database: database ?? '' }),
    ).toMatchObject({ database: 'postgres://pdl:d@database:5432/pdl' });
  });

  it.each(apps)(
    'names a store that the client of %s enters, with TLS and its password',
    async (_app, service) => {
      const on = new OnDouble();
      try {
        const authority = on.path('ca.crt');
        writeFileSync(authority, LOCALHOST.certificate);
        const { port } = await on.server({
          login: { username: 'admin', password: 'correct-horse' },
        });
        const url = (configOf(service).store ?? '')
          .replaceAll(/store(?:-\d)?:2113/gu, `localhost:${port}`)
          .replace('/certificates/ca/ca.crt', authority);
        const { indexFile } = on;
        const store = await EventStoreDbEventStore.open({ url, ledgerId: LEDGER, indexFile });
        expect((await store.head()).size).toBe(0n);
        await store.close();
      } finally {
        await on.end();
      }
    },
  );

  const isInstalled = spawnSync('docker', ['compose', 'version']).status === 0;
  (isInstalled ? it : it.skip)(
    'is what Docker Compose takes (skipped where it is not installed)',
    () => {
      const { status, stderr } = spawnSync('docker', ['compose', '-f', name, 'config', '--quiet'], {
        cwd: FOLDER,
        env: { ...process.env, ...GIVEN },
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, '']);
    },
  );
});

describe('compose.yaml', () => {
  it.each(BREAKS)('that has %s as "%s" is told: %s', (from, to, fault) => {
    const broken = single.replace(from, () => to);
    expect(broken).not.toBe(single);
    expect(faultsOfCompose(broken, FOLDER)).toContainEqual(expect.stringContaining(fault));
  });

  it('asks for every password, and says how to make one', () => {
    for (const name of Object.keys(GIVEN)) expect(single).toContain(`\${${name}:?openssl`);
    const { app } = readCompose(single).services;
    expect(() => environmentOf(app ?? {}, {})).toThrow('STORE_PASSWORD is not given');
  });
});

describe('compose.cluster.yaml', () => {
  const { services } = readCompose(cluster);
  const named = (prefix: string) => Object.keys(services).filter((name) => name.startsWith(prefix));
  const volumeAt = (service: Service | undefined, path: string) =>
    service?.volumes?.find((volume) => volume.endsWith(`:${path}`));

  it('has three nodes of the store, each of which knows the other two and itself by its name', () => {
    const nodes = named('store-');
    expect(nodes).toEqual(['store-1', 'store-2', 'store-3']);
    for (const name of nodes) {
      const others = nodes.filter((other) => other !== name).map((other) => `${other}:2113`);
      expect(services[name]?.environment).toMatchObject({
        KURRENTDB_CLUSTER_SIZE: '3',
        KURRENTDB_GOSSIP_SEED: others.join(','),
        KURRENTDB_NODE_HOST_ADVERTISE_AS: name,
        KURRENTDB_REPLICATION_HOST_ADVERTISE_AS: name,
      });
      expect(services[name]?.volumes).toContain(
        `\${CERTIFICATES:-./certificates}/${name}:/certificates/node:ro`,
      );
      expect(volumeAt(services[name], '/var/lib/kurrentdb')).toBe(`${name}:/var/lib/kurrentdb`);
    }
  });

  it('has two nodes of the service: one key directory, a data directory each, all nodes of the store', () => {
    const [first, second] = named('app-').map((name) => services[name]);
    expect(named('app-')).toHaveLength(2);
    expect(volumeAt(first, '/keys')).toBe(volumeAt(second, '/keys'));
    expect(volumeAt(first, '/data')).not.toBe(volumeAt(second, '/data'));
    for (const service of [first, second])
      expect(service?.environment?.['PDL_STORE']).toContain(
        'store-1:2113,store-2:2113,store-3:2113',
      );
  });

  it('runs the images of compose.yaml', () => {
    const images = (text: string) =>
      new Set(Object.values(readCompose(text).services).map(({ image }) => image));
    expect(images(cluster)).toEqual(images(single));
  });
});

function configOf(service: Service): ReturnType<typeof readConfig> {
  const image = { PDL_DATA: '/data', PDL_KEYS: '/keys', PDL_HOST: '0.0.0.0', PDL_PORT: '8080' };
  return readConfig({ ...image, ...environmentOf(service, GIVEN) });
}
