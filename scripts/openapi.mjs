// Writes docs/openapi.json from the built service; run after `npm run build`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import prettier from 'prettier';

const ROOT = new URL('../', import.meta.url);
const { initLedger, ledgerFiles, openLedger, shippedPolicies, SystemClock } = await import(
  new URL('dist/libs/ledger/src/index.js', ROOT)
);
const { makeService, readConfig } = await import(new URL('dist/apps/api/src/index.js', ROOT));

const directory = mkdtempSync(join(tmpdir(), 'pdl-openapi-'));
const files = ledgerFiles(directory);
const clock = new SystemClock();
await initLedger({ files, clock, policies: shippedPolicies(), by: 'openapi' });
const ledger = await openLedger({ files, clock, onFatal: () => process.exit(3) });
const service = await makeService({
  ledger,
  config: readConfig({}, { data: directory }),
  log: { write: () => undefined },
});
const { body } = await service.fastify.inject({ url: '/docs-json' });
const path = new URL('docs/openapi.json', ROOT);
const options = await prettier.resolveConfig(path.pathname);
writeFileSync(path, await prettier.format(body, { ...options, parser: 'json' }));
await service.stop();
await ledger.close();
rmSync(directory, { recursive: true });
