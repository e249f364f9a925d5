import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DockerComposeEnvironment,
  Wait,
  type StartedDockerComposeEnvironment,
} from 'testcontainers';
import { START_MS, inContainers } from './engine.js';

const FOLDER = fileURLToPath(new URL('../../../docker/', import.meta.url));
const FILE = 'compose.cluster.yaml';
const EVENTS = new URL('../../../docs/first-events.ndjson', import.meta.url);
const NODES = ['store-1', 'store-2', 'store-3'];
const LONG_MS = 3 * START_MS;

inContainers('docker/compose.cluster.yaml', () => {
  const project = `pdl-test-${process.pid}`;
  let certificates: string;
  let env: Record<string, string>;
  let started: StartedDockerComposeEnvironment;

  beforeAll(async () => {
    certificates = mkdtempSync(join(tmpdir(), 'pdl-cluster-'));
    const made = spawnSync(join(FOLDER, 'certificates.sh'), [certificates, ...NODES]);
    expect(made.status).toBe(0);
    // Whoever runs this need not be the user of the store's image.
    for (const node of NODES) chmodSync(join(certificates, node, 'node.key'), 0o644);
    const secret = (): string => randomBytes(16).toString('hex');
    env = {
      CERTIFICATES: certificates,
      STORE_PASSWORD: secret(),
      STORE_OPS_PASSWORD: secret(),
      DATABASE_PASSWORD: secret(),
      // A port that is free.
      PORT_1: '0',
    };
    await up(...NODES, 'database');
    compose('run', '--rm', '--build', 'app-1', 'init');
    started = await up('app-1');
  }, LONG_MS);
  afterAll(async () => {
    await started.down({ removeVolumes: true });
    rmSync(certificates, { recursive: true });
  }, START_MS);

  it('records events, and each node of the store may be away', async () => {
    const { results } = (await post('events', readFileSync(EVENTS, 'utf8'))) as {
      readonly results: readonly { readonly status: string }[];
    };
    expect(results.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
    for (const node of NODES) {
      compose('stop', node);
      const body = JSON.stringify({ operator: 'quicklid', kind: 'individual' });
      expect(await post('subjects', body)).toHaveProperty('subject');
      compose('up', '--detach', '--no-recreate', '--wait', node);
    }
  });

  it('verifies what it recorded', async () => {
    expect(await pdl('verify')).toMatchObject({ ok: true });
    expect(await pdl('doctor')).toMatchObject({ ok: true });
  });

  async function up(...services: string[]): Promise<StartedDockerComposeEnvironment> {
    return new DockerComposeEnvironment(FOLDER, FILE)
      .withProjectName(project)
      .withEnvironment(env)
      .withNoRecreate()
      .withDefaultWaitStrategy(Wait.forHealthCheck())
      .withStartupTimeout(START_MS)
      .up(services);
  }

  /** What docs/deploy.md tells to type. */
  function compose(...words: readonly string[]): void {
    const args = ['compose', '--project-name', project, '--file', FILE, ...words];
    const options = { cwd: FOLDER, env: { ...process.env, ...env }, encoding: 'utf8' } as const;
    const { status, stderr } = spawnSync('docker', args, options);
    if (status !== 0) throw new Error(`docker ${args.join(' ')}: ${stderr}`);
  }

  async function pdl(...words: readonly string[]): Promise<unknown> {
    const ran = await started.getContainer('app-1-1').exec(['pdl', '--json', ...words]);
    return JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? '');
  }

  async function post(path: string, body: string): Promise<unknown> {
    const app = started.getContainer('app-1-1');
    const { token } = (await pdl('token', '--role', 'emitter', '--operator', 'quicklid')) as {
      readonly token: string;
    };
    const url = `http://${app.getHost()}:${app.getMappedPort(8080)}/v1/${path}`;
    const type = path === 'events' ? 'application/x-ndjson' : 'application/json';
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    const answer = await fetch(url, { method: 'POST', headers, body });
    return path === 'events' ? { results: linesOf(await answer.text()) } : answer.json();
  }
});

function linesOf(text: string): readonly unknown[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}
