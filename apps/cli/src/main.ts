#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { registerBench } from './commands/bench.js';
import { registerCompletion } from './commands/completion.js';
import { registerDemo } from './commands/demo.js';
import { registerDestroy } from './commands/destroy.js';
import { registerDoctor } from './commands/doctor.js';
import { registerImport } from './commands/import.js';
import { registerInit } from './commands/init.js';
import { registerKeys } from './commands/keys.js';
import { registerMigrate } from './commands/migrate.js';
import { registerPolicy } from './commands/policy.js';
import { registerRebuild } from './commands/rebuild.js';
import { registerReplay } from './commands/replay.js';
import { registerServe } from './commands/serve.js';
import { registerShow } from './commands/show.js';
import { registerToken } from './commands/token.js';
import { registerVerify } from './commands/verify.js';
import { complain } from './complain.js';
import { EXIT, codeOf, sentenceOf, statusOf, usageOf } from './exit.js';
import { addGlobalOptions } from './global-options.js';

const program = addGlobalOptions(new Command('pdl'))
  .description('personal-data ledger: a published policy made executable and provable')
  .addHelpText('after', '\nExample:\n  pdl init --data ./data && pdl doctor --data ./data')
  .exitOverride()
  // What is wrong is said once, below: in words, or as one object with --json.
  .configureOutput({ outputError: () => undefined });

for (const register of [
  registerInit,
  registerPolicy,
  registerImport,
  registerServe,
  registerShow,
  registerReplay,
  registerRebuild,
  registerDestroy,
  registerKeys,
  registerMigrate,
  registerVerify,
  registerDoctor,
  registerToken,
  registerBench,
  registerDemo,
  registerCompletion,
]) {
  register(program);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read our answer has read enough, as `head` does.
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  complain({ code: codeOf(error), message: `the answer cannot be written: ${sentenceOf(error)}` });
  process.exit(EXIT.environment);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (process.exitCode !== EXIT.done && error.code !== 'commander.help') {
      complain({ code: 'USAGE', message: usageOf(error) });
    }
  } else {
    complain({ code: codeOf(error), message: sentenceOf(error) });
    if (process.env['PDL_DEBUG'] === '1' && error instanceof Error)
      process.stderr.write(`${error.stack ?? ''}\n`);
    process.exitCode = statusOf(error);
  }
}
