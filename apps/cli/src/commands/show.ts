import { Argument, type Command } from 'commander';
import { CliError, EXIT } from '../exit.js';
import { given, type GlobalOptions } from '../global-options.js';
import { print } from '../output.js';
import type { Session } from '../session.js';

interface ShowFlags extends GlobalOptions {
  readonly subject?: string;
  readonly ref?: readonly string[];
  readonly purpose?: string;
  readonly asOf?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: string;
}

/** `pdl show` */
export function registerShow(program: Command): void {
  program
    .command('show')
    .description("a subject's data under a purpose (recorded first), or its history")
    .addArgument(new Argument('<what>').choices(['data', 'consents', 'trail', 'disclosures']))
    .option('--subject <uuid>', 'ledger id of the subject')
    .option('--ref <source-and-subject...>', "the emitter's source and reference")
    .option('--purpose <code>', 'purpose of the read; needed for data')
    .option('--as-of <time-or-position>', 'as the ledger knew it then')
    .option('--from <time>', 'recorded at or after')
    .option('--to <time>', 'recorded at or before')
    .option('--limit <n>', 'entries of the trail, at most 1000')
    .addHelpText(
      'after',
      '\nExample:\n  pdl show data --ref urn:loans case-173688 --purpose quicklid:3.1',
    )
    .action(async (what: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ShowFlags>();
      checkFlags(what, flags);
      const { withLedger } = await import('../session.js');
      const answer = await withLedger(flags, async (session) => show(session, what, flags));
      print(flags, answer);
      if ('code' in answer) process.exitCode = EXIT.no;
    });
}

function checkFlags(what: string, flags: ShowFlags): void {
  const { subject, ref, purpose, from, to } = flags;
  if ((subject === undefined) === (ref === undefined)) {
    throw new CliError(EXIT.usage, 'name the subject by --subject UUID or by --ref SOURCE SUBJECT');
  }
  if (ref !== undefined && ref.length !== 2) {
    throw new CliError(EXIT.usage, '--ref takes two words: SOURCE SUBJECT');
  }
  if (what === 'data' && purpose === undefined) {
    throw new CliError(EXIT.usage, 'data needs --purpose: values leave only under a purpose');
  }
  if ([from, to].some((time) => time !== undefined && Number.isNaN(Date.parse(time)))) {
    throw new CliError(EXIT.usage, '--from and --to take a time such as 2026-03-02T09:00:00Z');
  }
}

async function show(session: Session, what: string, flags: ShowFlags): Promise<object> {
  const { ReadData, ShowHistory } = await import('#ledger');
  const { speaker } = await import('../session.js');
  const { commands, queries } = session;
  const { asOf, from, to, limit, purpose = '' } = flags;
  const subject = flags.subject ?? (await resolve(session, flags.ref ?? []));
  if (what === 'data') {
    return commands.execute(new ReadData(subject, purpose, speaker('officer'), given({ asOf })));
  }
  const history = what === 'trail' || what === 'consents' ? what : 'disclosures';
  const page = given({ asOf, from, to, limit: numberOf(limit) });
  return queries.execute(new ShowHistory(history, { subject, ...page }, speaker('admin')));
}

async function resolve(
  { queries }: Session,
  [source = '', reference = '']: readonly string[],
): Promise<string> {
  const { ResolveReference } = await import('#ledger');
  return queries.execute(new ResolveReference(source, reference));
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new CliError(EXIT.usage, '--limit takes a whole number from 1');
  return value;
}
