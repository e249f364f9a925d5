import type { Submission } from '#domain';
import {
  SystemClock,
  initLedger,
  ledgerFiles,
  openLedger,
  shippedPolicies,
  submit,
  type Ledger,
} from '#ledger';
import type { KnownRecipient, Operator, Surroundings } from './made-subject.js';

const OPERATORS: readonly Operator[] = ['akjet', 'quicklid'];

/** An opened ledger in a directory that does not exist yet, both policies in force. */
export async function freshLedger(directory: string): Promise<Ledger> {
  const files = ledgerFiles(directory);
  const clock = new SystemClock();
  await initLedger({ files, clock, policies: shippedPolicies(), by: 'bench' });
  return openLedger({
    files,
    clock,
    onFatal: (error) => {
      throw error;
    },
  });
}

/** What made-up subjects of each operator are decided with: its policy in force, a bound recipient, a time after both. */
export async function surroundingsIn(ledger: Ledger): Promise<readonly Surroundings[]> {
  const { governance, ledgerId } = ledger.parts;
  const banks = new Map<Operator, KnownRecipient>();
  for (const operator of OPERATORS) banks.set(operator, await registeredBank(ledger, operator));
  const recordedAt = ledger.recorder.now().toISOString();
  return [...banks].map(([operator, recipient]) => ({
    governance,
    operator,
    ledgerId,
    recordedAt,
    recipient,
  }));
}

async function registeredBank(ledger: Ledger, operator: Operator): Promise<KnownRecipient> {
  const classOf = { akjet: 'akjet:7.5', quicklid: 'quicklid:7.1.1' };
  const submission: Submission = {
    source: `urn:bench-${operator}`,
    id: 'bank',
    reference: 'bank',
    command: {
      kind: 'register-recipient',
      operator,
      name: 'a bank',
      class: classOf[operator],
      country: 'KZ',
      contractSha256: 'a'.repeat(64),
    },
  };
  const by = { name: 'bench', role: 'emitter', mode: 'enforce' } as const;
  const { subject: id = '' } = await submit(ledger, submission, by);
  const { state } = await ledger.subjects.recipient(id);
  if (state === undefined) throw new Error('the recipient was not registered');
  return { id, state };
}
