import { expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

it('the client has the types of docs/openapi.json (else: npm run openapi)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pdl-types-'));
  const fresh = join(folder, 'api.ts');
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'client-types.mjs'), fresh]);
  const kept = readFileSync(join(ROOT, 'libs/client/src/generated/api.ts'), 'utf8');
  expect(kept).toBe(readFileSync(fresh, 'utf8'));
  rmSync(folder, { recursive: true });
});
