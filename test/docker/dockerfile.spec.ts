import { describe, expect, it } from '@jest/globals';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultsOfDockerfile } from './dockerfile-rules.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const text = readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8');

/** What is changed, into what, and what must then be said. */
const BREAKS: readonly (readonly [string | RegExp, string, string])[] = [
  [/@sha256:\w+/u, '', 'not pinned'],
  ['node:24.21.0-bookworm-slim@', 'node@', 'not pinned'],
  ['USER 1000:1000\n', '', 'root'],
  ['USER 1000:1000', 'USER root', 'root'],
  ['USER 1000:1000', 'USER 1000:1000\nUSER 0:0', 'root'],
  ['ENTRYPOINT ["node", "scripts/pdl.mjs"]', 'ENTRYPOINT node scripts/pdl.mjs', 'exec form'],
  ['CMD ["serve"]', 'CMD serve', 'exec form'],
  ['CMD ["serve"]', '', 'no CMD'],
  [/HEALTHCHECK.*\n/u, '', 'no HEALTHCHECK'],
  ['CMD ["node", "docker/ready.mjs"]', 'CMD node docker/ready.mjs', 'exec form'],
  ['CMD ["node", "docker/ready.mjs"]', 'CMD ["curl", "http://127.0.0.1"]', 'does without'],
  ['"ci", "--ignore-scripts"', '"ci"', 'install scripts'],
  ['"--omit=dev", ', '', 'development'],
  ['COPY --from=packages', 'COPY --from=build', 'development'],
  ['COPY --from=build', 'COPY --from=built', 'no stage is called built'],
  ['COPY policies policies', 'COPY politics policies', 'politics does not exist'],
  ['COPY policies policies', 'COPY docs docs', '.dockerignore'],
  ['COPY policies policies', 'ADD policies policies', 'ADD'],
  ['PDL_KEYS=', 'PDL_KEY_FOLDER=', 'PDL_KEY_FOLDER is no setting'],
  ['NODE_ENV=production', 'PDL_PASSPHRASE=secret', 'secret in the image'],
];

describe('the Dockerfile', () => {
  it('keeps every rule', () => {
    expect(faultsOfDockerfile(text, ROOT)).toEqual([]);
  });

  it.each(BREAKS)('that has %s as "%s" is told: %s', (from, to, fault) => {
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    expect(faultsOfDockerfile(broken, ROOT)).toContainEqual(expect.stringContaining(fault));
  });

  it('links to a program that may be run', () => {
    expect(statSync(join(ROOT, 'scripts/pdl.mjs')).mode & 0o111).toBe(0o111);
  });
});
