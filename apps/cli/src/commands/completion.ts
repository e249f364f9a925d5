import { Argument, type Command, type Option } from 'commander';

/** `pdl completion` */
export function registerCompletion(program: Command): void {
  program
    .command('completion')
    .description('print completion for a shell, to be sourced')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      '\nExample:\n  source <(pdl completion bash)\n  pdl completion fish | source',
    )
    .action((shell: keyof typeof SHELLS) => {
      process.stdout.write(SHELLS[shell](program));
    });
}

function bash(program: Command): string {
  return `# bash completion of pdl
_pdl() {
  local word command= current="\${COMP_WORDS[COMP_CWORD]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in ${names(program).join('|')}) command="$word"; break ;; esac
  done
  case "$command" in
${program.commands.map((command) => `    ${command.name()}) word='${wordsOf(program, command)}' ;;`).join('\n')}
    *) word='${[...names(program), ...flags(program)].join(' ')}' ;;
  esac
  COMPREPLY=($(compgen -W "$word" -- "$current"))
  if ((\${#COMPREPLY[@]} == 0)); then COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _pdl pdl
`;
}

function zsh(program: Command): string {
  return `#compdef pdl
# zsh completion of pdl
_pdl() {
  local word command=
  for word in "\${words[@]:1:$((CURRENT - 2))}"; do
    case "$word" in ${names(program).join('|')}) command="$word"; break ;; esac
  done
  case "$command" in
${program.commands.map((command) => `    ${command.name()}) compadd -- ${wordsOf(program, command)} ;;`).join('\n')}
    *) compadd -- ${[...names(program), ...flags(program)].join(' ')} ;;
  esac
  _files
}
compdef _pdl pdl
`;
}

function fish(program: Command): string {
  const top = program.commands.map(
    (command) =>
      `complete -c pdl -n __fish_use_subcommand -a ${command.name()} -d '${plain(command.description())}'`,
  );
  const options = program.commands.flatMap((command) => {
    const seen = `'__fish_seen_subcommand_from ${command.name()}'`;
    const listed = [...program.options, ...command.options].map((option) =>
      fishOption(seen, option),
    );
    const choices = choicesOf(command).map((word) => `complete -c pdl -n ${seen} -a ${word}`);
    return [...choices, ...listed];
  });
  return `# fish completion of pdl\n${[...top, ...options].join('\n')}\n`;
}

function fishOption(seen: string, option: Option): string {
  const takes = option.required || option.optional ? ' -r' : '';
  const choices = option.argChoices === undefined ? '' : ` -a '${option.argChoices.join(' ')}'`;
  const name = option.long?.slice(2) ?? '';
  return `complete -c pdl -n ${seen} -l ${name} -d '${plain(option.description)}'${takes}${choices}`;
}

function names(program: Command): readonly string[] {
  return program.commands.map((command) => command.name());
}

function flags(command: Command): readonly string[] {
  return command.options.map(({ long }) => long ?? '');
}

/** Subcommands and closed choices first, then every flag with its closed choices. */
function wordsOf(program: Command, command: Command): string {
  const inner = command.commands.flatMap((sub) => [sub.name(), ...flags(sub)]);
  const values = command.options.flatMap(({ argChoices = [] }) => argChoices);
  const all = [...choicesOf(command), ...inner, ...flags(command), ...values, ...flags(program)];
  return [...new Set(all)].join(' ');
}

function choicesOf(command: Command): readonly string[] {
  return command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);
}

function plain(text: string): string {
  return text.replaceAll("'", '’');
}

const SHELLS = { bash, zsh, fish } as const;
