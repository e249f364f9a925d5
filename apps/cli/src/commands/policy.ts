import type { Command } from 'commander';
import type { LedgerEvent, Policy } from '#domain';
import { CliError, EXIT } from '../exit.js';
import { globalsOf, given, type GlobalOptions } from '../global-options.js';
import { print } from '../output.js';
import { languageOf } from '../words/language.js';

/** `pdl policy` */
export function registerPolicy(program: Command): void {
  const policy = program
    .command('policy')
    .description('show, check, publish and activate policies')
    .addHelpText('after', '\nExample:\n  pdl policy show akjet --lang kk');
  policy
    .command('show')
    .description(
      'purposes, categories, the table of both, rulings and findings of a published version',
    )
    .argument('<id>', 'policy, e.g. akjet')
    .option('--version <version>', 'default: the last one published')
    .addHelpText('after', '\nExample:\n  pdl policy show quicklid --json')
    .action(async (id: string, flags: { version?: string }, command: Command) =>
      show(id, flags.version, globalsOf(command)),
    );
  policy
    .command('check')
    .description('check a policy file: form, references, and rulings on what blocks')
    .argument('<file>', 'policy as YAML')
    .addHelpText('after', '\nExample:\n  pdl policy check policies/akjet-2026-02-26.yaml')
    .action(async (file: string, _flags: unknown, command: Command) =>
      check(file, globalsOf(command)),
    );
  registerChanges(policy);
}

function registerChanges(policy: Command): void {
  policy
    .command('publish')
    .description('publish a new version')
    .argument('<file>', 'policy as YAML')
    .addHelpText('after', '\nExample:\n  pdl policy publish policies/akjet-2027-01-01.yaml')
    .action(async (file: string, _flags: unknown, command: Command) =>
      publish(file, globalsOf(command)),
    );
  policy
    .command('activate')
    .description('put a published version in force')
    .argument('<id>', 'policy, e.g. akjet')
    .argument('<version>', 'a published version')
    .option('--effective-from <time>', 'not before now (default: now)')
    .option('--ruling <code=option...>', 'rulings on contradictions (default: those it ships with)')
    .addHelpText('after', '\nExample:\n  pdl policy activate akjet 2027-01-01 --ruling C-01=R-01')
    .action(async (id: string, version: string, _flags: unknown, command: Command) =>
      activate({ id, version }, command.optsWithGlobals<ActivateFlags>()),
    );
}

async function check(file: string, options: GlobalOptions): Promise<void> {
  const { checkPolicy } = await import('#domain');
  const { readPolicy } = await import('#ledger');
  const { findingsText } = await import('../words/policy.js');
  const document = readPolicy(file);
  const findings = checkPolicy(document);
  const ok = findings.every(({ severity }) => severity !== 'error');
  // Whatever it is, fields that it does not have are absent.
  const policy = Object(document) as Partial<Policy>;
  const language = languageOf(options.lang);
  print(options, { ok, findings }, () => findingsText(findings, policy, language));
  if (!ok) process.exitCode = EXIT.no;
}

async function publish(file: string, options: GlobalOptions): Promise<void> {
  const { publishPolicy, readPolicy } = await import('#ledger');
  const { speaker, withLedger } = await import('../session.js');
  const document = readPolicy(file);
  const event = await withLedger(options, async (ledger) =>
    publishPolicy(ledger, document, speaker('admin').name),
  );
  const { id, version } = event.data as LedgerEvent<'PolicyPublished'>['data'];
  print(
    options,
    { ...event, data: { ...event.data, document: undefined } },
    () =>
      `published ${id} ${version} (event ${event.id})\nnext: pdl policy activate ${id} ${version}`,
  );
}

async function activate(
  version: { readonly id: string; readonly version: string },
  flags: ActivateFlags,
): Promise<void> {
  const { activatePolicy } = await import('#ledger');
  const { speaker, withLedger } = await import('../session.js');
  const { effectiveFrom } = flags;
  const request = {
    ...version,
    rulings: (flags.ruling ?? []).map(rulingOf),
    ...given({ effectiveFrom }),
  };
  const event = await withLedger(flags, async (ledger) =>
    activatePolicy(ledger, request, speaker('admin').name),
  );
  const { effectiveFrom: from } = event.data as LedgerEvent<'PolicyActivated'>['data'];
  const inForce = `${version.id} ${version.version} in force from ${from} (event ${event.id})`;
  print(flags, event, () => inForce);
}

interface ActivateFlags extends GlobalOptions {
  readonly effectiveFrom?: string;
  readonly ruling?: readonly string[];
}

function rulingOf(text: string): { readonly contradiction: string; readonly option: string } {
  const match = /^(C-\d{2})=([A-Za-z0-9-]{1,40})$/u.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new CliError(EXIT.usage, '--ruling takes CODE=OPTION, e.g. C-01=R-01');
  }
  return { contradiction: match[1], option: match[2] };
}

async function show(
  id: string,
  version: string | undefined,
  options: GlobalOptions,
): Promise<void> {
  const { checkPolicy, tableOf } = await import('#domain');
  const { Governance, readIdentity, readLog } = await import('#ledger');
  const { filesOf } = await import('../session.js');
  const files = filesOf(options);
  const { ledgerId } = readIdentity(files);
  const store = await readLog(files, ledgerId);
  const { published } = (await Governance.load(store, [id])).timeline(id);
  await store.close();
  const wanted = [...published.values()].findLast(
    ({ policy }) => version === undefined || policy.version === version,
  );
  if (wanted === undefined)
    throw new CliError(
      EXIT.no,
      'no such policy version is published: check id and version, or publish it',
      'NOT_FOUND',
    );
  const { policy, hash } = wanted;
  const { subjectKinds, purposes, categories, rulings, clauses, operator } = policy;
  const table = tableOf(wanted);
  const identity = { id: policy.id, version: policy.version, hash, operator };
  const shown = {
    ...identity,
    subjectKinds,
    purposes,
    categories,
    table,
    clauses,
    rulings,
    findings: checkPolicy(policy),
  };
  const { policyText } = await import('../words/policy.js');
  print(options, shown, () => policyText(policy, hash, languageOf(options.lang)));
}
