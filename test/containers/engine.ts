import { describe, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { getContainerRuntimeClient } from 'testcontainers';
import { readCompose } from '../docker/compose-file.js';

/** How long an image may take to come and a server to start, in milliseconds. */
export const START_MS = 300_000;

const isThere = await getContainerRuntimeClient().then(
  () => true,
  () => false,
);

/** A suite with servers in containers; PDL_REQUIRE_CONTAINERS=1 makes the absence of an engine a failure. */
export function inContainers(name: string, body: () => void): void {
  const title = `${name} (skipped where no Docker engine answers)`;
  if (isThere) describe(title, body);
  else if (process.env['PDL_REQUIRE_CONTAINERS'] === '1') {
    it(title, () => {
      throw new Error('no Docker engine answers, and PDL_REQUIRE_CONTAINERS=1 asks for one');
    });
  } else it.skip(title, () => undefined);
}

/** The image that docker/compose.yaml runs as a service. */
export function imageOf(service: 'store' | 'database'): string {
  const compose = new URL('../../../docker/compose.yaml', import.meta.url);
  const { image } = readCompose(readFileSync(compose, 'utf8')).services[service] ?? {};
  if (image === undefined) throw new Error(`docker/compose.yaml has no image of ${service}`);
  return image;
}
