import { parseArgs } from 'node:util';
import { passphraseIn } from '#ledger';
import { readConfig } from './config/read-config.js';
import { kindOf } from './http/log.js';
import { serve } from './serve.js';

const OURS: ReadonlySet<string> = new Set([
  'ConfigError',
  'LedgerError',
  'EventStoreError',
  'VaultError',
  'ViewError',
]);
const { values } = parseArgs({
  options: { port: { type: 'string' }, host: { type: 'string' }, data: { type: 'string' } },
});
const environment = {
  ...process.env,
  ...(values.port === undefined ? {} : { PDL_PORT: values.port }),
  ...(values.host === undefined ? {} : { PDL_HOST: values.host }),
  ...(values.data === undefined ? {} : { PDL_DATA: values.data }),
};
try {
  await serve({
    config: readConfig(environment),
    ...passphraseIn(environment),
    onFatal: (error) => end(error),
  });
} catch (error) {
  end(error);
}
process.exit(0);

/** `pdl serve` says more; this program is for those who start it without the command line. */
function end(error: unknown): never {
  const isOurs = error instanceof Error && OURS.has(error.name);
  const what = isOurs ? error.message : kindOf(error);
  process.stderr.write(`${JSON.stringify({ happened: 'ended', error: what })}\n`);
  process.exit(isUsage(error) ? 2 : 3);
}

function isUsage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'INVALID_REQUEST';
}
