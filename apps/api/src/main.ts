import { parseArgs } from 'node:util';
import { readConfig } from './config/read-config.js';
import { serve } from './serve.js';

const { values } = parseArgs({
  options: { port: { type: 'string' }, host: { type: 'string' }, data: { type: 'string' } },
});
const environment = {
  ...process.env,
  ...(values.port === undefined ? {} : { PDL_PORT: values.port }),
  ...(values.host === undefined ? {} : { PDL_HOST: values.host }),
  ...(values.data === undefined ? {} : { PDL_DATA: values.data }),
};
const passphrase = process.env['PDL_PASSPHRASE'];
await serve({
  config: readConfig(environment),
  ...(passphrase === undefined ? {} : { passphrase }),
  onFatal: () => process.exit(3),
});
process.exit(0);
