import { setFlagsFromString } from 'node:v8';
import { SystemClock, ledgerFiles, openLedger } from '#ledger';
import type { ServiceConfig } from './config/settings.js';
import { makeService } from './service.js';

/** What a program does that runs the service. */
export interface ServeOptions {
  readonly config: ServiceConfig;
  readonly passphrase?: string;
  /** The log can no longer be trusted: the program must end. */
  readonly onFatal: (error: Error) => void;
}

/** Left alone, the engine lets a heap grow to four times what lives in it before it looks what does. */
const LITTLE_GARBAGE = '--heap-growing-percent=50';

/** Opens the ledger and serves it until SIGTERM or SIGINT; resolves when everything is closed. */
export async function serve({ config, passphrase, onFatal }: ServeOptions): Promise<void> {
  setFlagsFromString(LITTLE_GARBAGE);
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  const ledger = await openLedger({
    files: ledgerFiles(config.data, config.keys ?? undefined, {
      store: config.store ?? undefined,
      database: config.database ?? undefined,
    }),
    clock: new SystemClock(),
    ...(passphrase === undefined ? {} : { passphrase }),
    onFatal,
  });
  try {
    const service = await makeService({ ledger, config, log: process.stderr });
    const listening = await service.listen(config);
    process.stdout.write(`${JSON.stringify({ listening })}\n`);
    await stopped;
    await service.stop();
  } finally {
    await ledger.close();
  }
}
