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
import { registerPolicy } from './commands/policy.js';
import { registerRebuild } from './commands/rebuild.js';
import { registerReplay } from './commands/replay.js';
import { registerShow } from './commands/show.js';
import { registerToken } from './commands/token.js';
import { registerVerify } from './commands/verify.js';
import { EXIT, codeOf, sentenceOf, statusOf } from './exit.js';

const program = new Command('pdl')
  .description('personal-data ledger: a published policy made executable and provable')
  .option('--data <dir>', 'data directory', process.env['PDL_DATA'] ?? './data')
  .option('--keys <dir>', 'key directory (default: DATA/keys)')
  .option('--json', 'compact objects, one a line, on stdout')
  .showHelpAfterError('(see pdl --help)')
  .exitOverride();

for (const register of [
  registerInit,
  registerPolicy,
  registerImport,
  registerShow,
  registerReplay,
  registerRebuild,
  registerDestroy,
  registerKeys,
  registerVerify,
  registerDoctor,
  registerToken,
  registerBench,
  registerDemo,
  registerCompletion,
]) {
  register(program);
}
for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  } else {
    const json = program.opts<{ json?: boolean }>().json === true;
    process.stderr.write(
      json
        ? `${JSON.stringify({ code: codeOf(error), message: sentenceOf(error) })}\n`
        : `pdl: ${sentenceOf(error)}\n`,
    );
    if (process.env['PDL_DEBUG'] === '1' && error instanceof Error)
      process.stderr.write(`${error.stack ?? ''}\n`);
    process.exitCode = statusOf(error);
  }
}
