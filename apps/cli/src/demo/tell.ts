import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock, initLedger, ledgerFiles, shippedPolicies, verifyLedger } from '#ledger';
import { DemoLedger } from './demo-ledger.js';
import { STORY } from './story.js';

/** Tells the story; true when every step answered as it should. */
export async function tell(json: boolean): Promise<boolean> {
  const directory = await mkdtemp(join(tmpdir(), 'pdl-demo-'));
  const files = ledgerFiles(directory);
  const step = teller(json);
  try {
    const made = await initLedger({
      files,
      clock: new SystemClock(),
      policies: shippedPolicies(),
      by: 'demo',
    });
    step(
      'init',
      made.policies.length === 2,
      `a ledger with fresh keys; policies ${made.policies.map(({ id }) => id).join(' and ')} in force`,
    );
    const ledger = await DemoLedger.open(files);
    for (const chapter of STORY) await ledger.play(chapter, step);
    const kept = join(directory, 'vault-of-yesterday.db');
    await ledger.close();
    await copyFile(files.vault, kept);
    return await lastChapter(files, kept, step);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Destruction, an old vault put back in vain, verification, rebuild. */
async function lastChapter(
  files: ReturnType<typeof ledgerFiles>,
  kept: string,
  step: Teller,
): Promise<boolean> {
  const ledger = await DemoLedger.open(files);
  await ledger.destroyAigul(step);
  await ledger.close();
  const todays = `${kept}.today`;
  await copyFile(files.vault, todays);
  await copyFile(kept, files.vault);
  const old = await DemoLedger.open(files);
  await old.findNobody(step);
  await old.close();
  const { ok, firstFault } = await verifyLedger(files, { now: new Date() });
  step(
    'old-vault-verify',
    !ok,
    `verify names what the old vault lacks: ${firstFault?.reason ?? 'nothing'}`,
  );
  await copyFile(todays, files.vault);
  const again = await DemoLedger.open(files);
  await again.rebuildAndVerify(step);
  await again.close();
  step('end', true, 'OK');
  if (!step.json) {
    process.stdout.write(
      '\nTry next:\n  npx pdl init --data ./data\n  npx pdl import your-events.ndjson --data ./data\n  npx pdl policy show akjet --data ./data\n',
    );
  }
  return step.allOk();
}

/** Prints a step and remembers whether all went as told. */
export interface Teller {
  (name: string, ok: boolean, text: string): void;
  readonly json: boolean;
  readonly allOk: () => boolean;
}

function teller(json: boolean): Teller {
  let all = true;
  const say = (name: string, ok: boolean, text: string): void => {
    all &&= ok;
    const line = json ? JSON.stringify({ step: name, ok, text }) : `${ok ? '  ' : '! '}${text}`;
    process.stdout.write(`${line}\n`);
  };
  return Object.assign(say, { json, allOk: () => all });
}
