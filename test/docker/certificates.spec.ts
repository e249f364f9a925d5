import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../../docker/certificates.sh', import.meta.url));
const isInstalled = spawnSync('openssl', ['version']).status === 0;

(isInstalled ? describe : describe.skip)(
  'docker/certificates.sh (skipped where openssl is not installed)',
  () => {
    let folder: string;
    const make = (...nodes: readonly string[]): void => {
      const { status, stderr } = spawnSync(SCRIPT, [folder, ...nodes], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
    };
    const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
    const modeOf = (path: string): number => statSync(join(folder, path)).mode & 0o777;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'pdl-certificates-'));
      make('store-1', 'store-2');
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it('makes one certificate a node, for its name, of one authority', () => {
      const authority = new X509Certificate(read('ca/ca.crt'));
      for (const node of ['store-1', 'store-2']) {
        const certificate = new X509Certificate(read(`${node}/node.crt`));
        expect(certificate.verify(authority.publicKey)).toBe(true);
        expect(certificate.subject).toBe('CN=eventstoredb-node');
        expect(certificate.checkHost(node)).toBe(node);
        expect(certificate.checkHost('store-3')).toBeUndefined();
      }
    });

    it('lets nobody but its user read a key, and lays the authority’s beside nothing that is mounted', () => {
      expect(['store-1/node.key', 'authority/ca.key'].map(modeOf)).toEqual([0o600, 0o600]);
      expect(['authority', 'store-1', 'ca'].map(modeOf)).toEqual([0o700, 0o755, 0o755]);
      expect(readdirSync(join(folder, 'ca'))).toEqual(['ca.crt']);
      expect(readdirSync(join(folder, 'store-1')).sort()).toEqual(['node.crt', 'node.key']);
    });

    it('leaves what is there, and adds what is not', () => {
      const before = ['ca/ca.crt', 'store-1/node.key', 'store-1/node.crt'].map(read);
      make('store-1', 'store-3');
      expect(['ca/ca.crt', 'store-1/node.key', 'store-1/node.crt'].map(read)).toEqual(before);
      expect(new X509Certificate(read('store-3/node.crt')).checkHost('store-3')).toBe('store-3');
    });

    it('makes what two nodes take from each other, as server and as client', async () => {
      const ca = read('ca/ca.crt');
      const of = (node: string) => ({
        ca,
        cert: read(`${node}/node.crt`),
        key: read(`${node}/node.key`),
      });
      const server = createServer({
        ...of('store-1'),
        requestCert: true,
        rejectUnauthorized: false,
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const accepted = new Promise<TLSSocket>((resolve) =>
        server.once('secureConnection', resolve),
      );
      const client = connect({
        ...of('store-2'),
        port,
        host: '127.0.0.1',
        servername: 'store-1',
        // Both ends say what they found, instead of hanging up.
        rejectUnauthorized: false,
      });
      await once(client, 'secureConnect');
      const socket = await accepted;
      expect([client.authorized, socket.authorized]).toEqual([true, true]);
      client.destroy();
      server.close();
    });
  },
);
