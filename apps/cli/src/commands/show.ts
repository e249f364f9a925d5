import { Argument, type Command } from 'commander';
import { CliError, EXIT } from '../exit.js';
import { given, uuidOf, wholeNumber, type GlobalOptions } from '../global-options.js';
import { print, say } from '../output.js';
import type { Session } from '../session.js';
import type { Reader } from '../words/history.js';
import { languageOf } from '../words/language.js';

interface ShowFlags extends GlobalOptions {
  readonly subject?: string;
  readonly ref?: readonly string[];
  readonly purpose?: string;
  readonly categories?: readonly string[];
  readonly asOf?: string;
  readonly from?: string;
  readonly to?: string;
  readonly operation?: string;
  readonly after?: string;
  readonly limit?: number;
}

/** `pdl show` */
export function registerShow(program: Command): void {
  program
    .command('show')
    .description("a subject's data under a purpose (recorded first), or its history")
    .addArgument(new Argument('<what>').choices(['data', 'consents', 'trail', 'disclosures']))
    .option('--subject <uuid>', 'ledger id of the subject', uuidOf)
    .option('--ref <source-and-subject...>', "the emitter's source and reference")
    .option('--purpose <code>', 'purpose of the read; needed for data')
    .option('--categories <code...>', 'data: only these (default: all that the purpose admits)')
    .option('--as-of <time-or-position>', 'as the ledger knew it then')
    .option('--from <time>', 'trail: recorded at or after')
    .option('--to <time>', 'trail: recorded at or before')
    .option('--operation <operation>', 'trail: only this operation')
    .option('--after <position>', 'trail: what comes after a page')
    .option('--limit <n>', 'trail: entries, at most 1000 (default: 100)', wholeNumber)
    .addHelpText('after', EXAMPLES)
    .action(async (what: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ShowFlags>();
      await checkFlags(what, flags);
      const { policiesOf, withSession } = await import('../session.js');
      await withSession(flags, async (session) => {
        const reader = { language: languageOf(flags.lang), policies: policiesOf(session.ledger) };
        await (what === 'data'
          ? showData(session, flags, reader)
          : showHistory(session, what, flags, reader));
      });
    });
}

const EXAMPLES = `
Examples:
  pdl show data --ref urn:loans case-173688 --purpose quicklid:3.1 --categories quicklid:name
  pdl show trail --ref urn:loans case-173688 --as-of 2026-03-01T00:00:00Z --limit 20`;

async function checkFlags(what: string, flags: ShowFlags): Promise<void> {
  const { subject, ref, purpose } = flags;
  if ((subject === undefined) === (ref === undefined)) {
    throw new CliError(EXIT.usage, 'name the subject by --subject UUID or by --ref SOURCE SUBJECT');
  }
  if (ref !== undefined && ref.length !== 2) {
    throw new CliError(EXIT.usage, '--ref takes two words: SOURCE SUBJECT');
  }
  if (what === 'data' && purpose === undefined) {
    throw new CliError(EXIT.usage, 'data needs --purpose: values leave only under a purpose');
  }
  await checkPage(flags);
  sayWhatIsIgnored(what, flags);
}

async function checkPage({ from, to, after }: ShowFlags): Promise<void> {
  const { instantOf } = await import('#ledger/intake');
  if ([from, to].some((time) => time !== undefined && Number.isNaN(instantOf(time)))) {
    throw new CliError(EXIT.usage, '--from and --to take a time such as 2026-03-02T09:00:00Z');
  }
  if (after !== undefined && !/^\d{1,15}$/u.test(after)) {
    throw new CliError(EXIT.usage, '--after takes a position: the "next" of the page before');
  }
}

function sayWhatIsIgnored(what: string, flags: ShowFlags): void {
  const { purpose, categories, from, to, operation, after, limit } = flags;
  const ofData = given({ purpose, categories });
  const ofTrail = given({ from, to, operation, after, limit });
  const ignored = [
    ...(what === 'data' ? [] : Object.keys(ofData)),
    ...(what === 'trail' ? [] : Object.keys(ofTrail)),
  ];
  if (ignored.length > 0)
    say(`without effect on ${what}: ${ignored.map((name) => `--${name}`).join(', ')}`);
}

async function showData(session: Session, flags: ShowFlags, reader: Reader): Promise<void> {
  const { ReadData } = await import('#ledger/bus');
  const { speaker } = await import('../session.js');
  const { dataText } = await import('../words/history.js');
  const { asOf, categories, purpose = '' } = flags;
  const subject = await subjectOf(session, flags);
  const answer = await session.commands.execute(
    new ReadData(subject, purpose, speaker('officer'), given({ asOf, categories })),
  );
  print(flags, answer, (told) => dataText(told, reader));
  if ('code' in answer) process.exitCode = EXIT.no;
}

async function showHistory(
  session: Session,
  what: string,
  flags: ShowFlags,
  reader: Reader,
): Promise<void> {
  const { ShowHistory } = await import('#ledger/bus');
  const { speaker } = await import('../session.js');
  const { historyText } = await import('../words/history.js');
  const { asOf, from, to, operation, after, limit } = flags;
  const history = what === 'trail' || what === 'consents' ? what : 'disclosures';
  const page = given({ asOf, from, to, operation, after, limit });
  const query = { subject: await subjectOf(session, flags), ...page };
  const answer = await session.queries.execute(new ShowHistory(history, query, speaker('admin')));
  print(flags, answer, (told) => historyText(history, told, reader));
}

async function subjectOf(
  { queries }: Session,
  { subject, ref: [source = '', reference = ''] = [] }: ShowFlags,
): Promise<string> {
  if (subject !== undefined) return subject;
  const { ResolveReference } = await import('#ledger/bus');
  return queries.execute(new ResolveReference(source, reference));
}
