import { Option, type Command } from 'commander';
import { dieOf } from '../complain.js';
import { CliError, EXIT } from '../exit.js';
import type { GlobalOptions } from '../global-options.js';
import { print } from '../output.js';

interface ServeFlags extends GlobalOptions {
  readonly port?: number;
  readonly host?: string;
  readonly printConfig?: boolean;
}

/** `pdl serve` */
export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('serve the ledger over HTTP until told to stop; API documentation at /docs')
    .addOption(
      new Option(
        '--port <n>',
        'port to listen on, 0 picks one (default: PDL_PORT, else 3000)',
      ).argParser(portOf),
    )
    .option('--host <h>', 'address to listen on (default: PDL_HOST, else 127.0.0.1)')
    .option('--print-config', 'print every setting with its variable and meaning, and end')
    .addHelpText('after', '\nExample:\n  pdl serve --port 8080')
    .action(async (_flags: unknown, command: Command) =>
      run(command.optsWithGlobals<ServeFlags>()),
    );
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new CliError(EXIT.usage, '--port takes a number from 0 to 65535');
}

async function run(flags: ServeFlags): Promise<void> {
  // Loaded when needed: no other command knows the service.
  const { describeConfig, readConfig, serve } = await import('../../../api/src/index.js');
  const { passphrase } = await import('../session.js');
  const { data, keys, store, database, port, host } = flags;
  const config = readConfig(process.env, { data, keys, store, database, port, host });
  if (flags.printConfig === true) return print(flags, describeConfig(config));
  await serve({
    config,
    ...passphrase(),
    onFatal: dieOf,
  });
  process.exit(EXIT.done);
}
