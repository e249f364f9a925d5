import { Option, type Command } from 'commander';
import type { IssuedToken } from '#ledger/access';
import { CliError, EXIT } from '../exit.js';
import { given, uuidOf, type GlobalOptions } from '../global-options.js';
import { print, say } from '../output.js';

interface TokenFlags extends GlobalOptions {
  readonly role: 'emitter' | 'officer' | 'auditor' | 'regulator' | 'subject' | 'admin';
  readonly operator?: string;
  readonly subject?: string;
  readonly actor?: string;
  readonly mode?: 'record';
  readonly source?: readonly string[];
  readonly ttl: string;
}

/** `pdl token` */
export function registerToken(program: Command): void {
  const roles = ['emitter', 'officer', 'auditor', 'regulator', 'subject', 'admin'];
  program
    .command('token')
    .description('issue a token of the local issuer that init made')
    .addOption(
      new Option('--role <role>', 'what the bearer may do').choices(roles).makeOptionMandatory(),
    )
    .option(
      '--operator <id>',
      'the operator it is for; auditor, regulator and admin: all if absent',
    )
    .option('--subject <uuid>', 'the person whose own token it is (role subject)', uuidOf)
    .option('--actor <name>', "a name of the operator's directory (default: the system user)")
    .addOption(
      new Option('--mode <mode>', 'also report after the act (emitter)').choices(['record']),
    )
    .option('--source <uri...>', 'CloudEvents sources it may use (default: all)')
    .option('--ttl <time>', 'how long it is valid: 90s, 15m, 1h, 30d at most', '1h')
    .addHelpText('after', '\nExample:\n  pdl token --role emitter --operator quicklid --ttl 12h')
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<TokenFlags>();
      const issued = await issue(flags);
      if (flags.json !== true) say(`valid until ${issued.expiresAt}`);
      print(flags, issued, ({ token }) => token);
    });
}

async function issue(flags: TokenFlags): Promise<IssuedToken> {
  assertBound(flags);
  const seconds = secondsOf(flags.ttl);
  const { issueToken } = await import('#ledger/access');
  const { filesOf, passphrase, speaker } = await import('../session.js');
  const { role, operator, subject, mode, source } = flags;
  const actor = flags.actor ?? speaker(role).name;
  const claims = {
    role,
    actor,
    ...given({ operator, subject, modes: mode && [mode], sources: source }),
  };
  const place = { files: filesOf(flags), ...passphrase() };
  return issueToken(place, claims, { now: new Date(), seconds });
}

/** A token that could do nothing, or more than it says, is not issued. */
function assertBound({ role, operator, subject, mode }: TokenFlags): void {
  const faults: readonly (readonly [boolean, string])[] = [
    [BOUND.has(role) && operator === undefined, `a token of role ${role} needs --operator`],
    [(role === 'subject') !== (subject !== undefined), '--subject goes with the role subject'],
    [mode !== undefined && role !== 'emitter', '--mode record goes with the role emitter'],
  ];
  const fault = faults.find(([isWrong]) => isWrong);
  if (fault !== undefined) throw new CliError(EXIT.usage, fault[1]);
}

const BOUND: ReadonlySet<string> = new Set(['emitter', 'officer', 'subject']);

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const LONGEST = 30 * 86_400;

function secondsOf(ttl: string): number {
  const match = /^([1-9]\d{0,6})([smhd])$/u.exec(ttl);
  const seconds = Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? Number.NaN);
  if (seconds > 0 && seconds <= LONGEST) return seconds;
  throw new CliError(EXIT.usage, '--ttl takes a time such as 90s, 15m, 1h or 7d, at most 30d');
}
