import { ledgerFiles, migrateLedger } from '#ledger';

/** Migrates in a process of its own, which kills itself when a stage has come so far. */
const [directory = '', to = '{}', stage = '', at = ''] = process.argv.slice(2);
const from = ledgerFiles(directory);
await migrateLedger({
  from,
  to: ledgerFiles(directory, undefined, JSON.parse(to) as object),
  now: new Date(),
  onProgress: (progress) => {
    if (progress.stage === stage && progress.done >= Number(at))
      process.kill(process.pid, 'SIGKILL');
  },
});
