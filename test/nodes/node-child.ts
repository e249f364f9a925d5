import { Clock, ledgerFiles, openLedger, submitAll } from '#ledger';
import { OPEN, type Answered, type Told } from './killable-node.js';
import { BACKEND, said } from './sayings.js';

const [directory = '', keys = '', store = '', database = '', behindMs = '0'] =
  process.argv.slice(2);

class SlowClock extends Clock {
  now(): Date {
    return new Date(Date.now() - Number(behindMs));
  }
}

const ledger = await openLedger({
  files: ledgerFiles(directory, keys, { store, database }),
  clock: new SlowClock(),
  onFatal: (error) => {
    throw error;
  },
});

// Folds for all where nobody else does.
await ledger.views();
process.on('message', (told: Told) => void answer(told));
process.send?.({ nth: OPEN, codes: [] } satisfies Answered);

async function answer({ nth, sayings }: Told): Promise<void> {
  const all = sayings.map((saying) => said(...saying));
  const { answers } = await submitAll(ledger, all, BACKEND);
  const codes = (await answers).map(({ code, status }) => code ?? status);
  process.send?.({ nth, codes } satisfies Answered);
}
