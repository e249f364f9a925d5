import { DockerfileParser, type Copy, type From, type Instruction } from 'dockerfile-ast';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS } from '../../apps/api/src/index.js';

/** Name, tag and the digest of what the tag was: the one says what it is, the other that it stays so. */
export const PINNED = /^[a-z0-9./-]+:[a-z0-9.-]+@sha256:[0-9a-f]{64}$/u;
/** A variable whose value nobody else may see. */
export const IS_SECRET = /PASSWORD|PASSPHRASE|SECRET|TOKEN|PRIVATE/u;
/** Variables that the program reads. */
export const KNOWN: ReadonlySet<string> = new Set(Object.values(SETTINGS).map(({ env }) => env));

/** Sentences on what a Dockerfile of this repository must not be; empty when all is well. */
export function faultsOfDockerfile(text: string, root: string): readonly string[] {
  const instructions = DockerfileParser.parse(text).getInstructions();
  const stages = stagesOf(instructions);
  const last = stages.at(-1) ?? [];
  return [
    ...instructions.flatMap((instruction) => faultsOfOne(instruction, root)),
    ...stages.flatMap((stage) => faultsOfSources(stage, stages)),
    ...faultsOfUser(last),
    ...['ENTRYPOINT', 'CMD', 'HEALTHCHECK']
      .filter((keyword) => named(last, keyword).length !== 1)
      .map((keyword) => `the image has no ${keyword} of its own`),
  ];
}

/** What the last stage takes from the repository, and where in its folder it puts that. */
export function copiedIntoImage(text: string): readonly (readonly [string, string])[] {
  const last = stagesOf(DockerfileParser.parse(text).getInstructions()).at(-1) ?? [];
  return named(last, 'COPY').flatMap((copy) => {
    const words = wordsOf(copy);
    const target = words.at(-1) ?? '';
    return words.slice(0, -1).map((source): readonly [string, string] => [source, target]);
  });
}

function stagesOf(instructions: readonly Instruction[]): readonly (readonly Instruction[])[] {
  const stages: Instruction[][] = [];
  for (const instruction of instructions) {
    if (instruction.getKeyword() === 'FROM') stages.push([]);
    stages.at(-1)?.push(instruction);
  }
  return stages;
}

function faultsOfOne(instruction: Instruction, root: string): readonly string[] {
  const words = wordsOf(instruction);
  switch (instruction.getKeyword()) {
    case 'FROM':
      return faultsOfImage(words[0] ?? 'none');
    case 'ENTRYPOINT':
    case 'CMD':
    case 'HEALTHCHECK':
    case 'RUN':
      return faultsOfProgram(instruction);
    case 'COPY':
      return (instruction as Copy).getFromFlag() === null
        ? words.slice(0, -1).flatMap((source) => faultsOfCopied(source, root))
        : [];
    case 'ENV':
      return words.flatMap(faultsOfVariable);
    case 'ADD':
      return ['ADD unpacks and downloads: COPY'];
    default:
      return [];
  }
}

function faultsOfImage(image: string): readonly string[] {
  return PINNED.test(image) ? [] : [`${image} is not pinned by tag and digest`];
}

function faultsOfProgram(instruction: Instruction): readonly string[] {
  const line = instruction.toString();
  const [, list = '[]'] = /^[^[]*(\[.*\])$/su.exec(line) ?? [];
  const words = JSON.parse(list) as readonly string[];
  if (words.length === 0) return [`${line} is not in exec form`];
  if (words[0] === 'npm' && words[1] === 'ci' && !words.includes('--ignore-scripts'))
    return [`${line} runs install scripts`];
  return words.some((word) => /^(?:curl|wget|sh|bash)$/u.test(word))
    ? [`${line} needs a program that the image does without`]
    : [];
}

function faultsOfCopied(source: string, root: string): readonly string[] {
  if (!existsSync(join(root, source))) return [`${source} does not exist`];
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
  return ignored.includes(`!${source}`) ? [] : [`${source} is not let through by .dockerignore`];
}

function faultsOfVariable(assignment: string): readonly string[] {
  const name = assignment.split('=')[0] ?? '';
  if (IS_SECRET.test(name)) return [`${name} is a secret in the image`];
  return name.startsWith('PDL_') && !KNOWN.has(name) ? [`${name} is no setting`] : [];
}

/** Names of stages that are copied from, and that only production packages come along. */
function faultsOfSources(
  stage: readonly Instruction[],
  stages: readonly (readonly Instruction[])[],
): readonly string[] {
  return named(stage, 'COPY').flatMap((copy) => {
    const from = (copy as Copy).getFromFlag()?.getValue();
    if (from === undefined || from === null) return [];
    const source = stages.find(([first]) => (first as From).getBuildStage() === from);
    if (source === undefined) return [`no stage is called ${from}`];
    if (!wordsOf(copy).some((word) => word.includes('node_modules'))) return [];
    const isProduction = named(source, 'RUN').every((run) => run.toString().includes('--omit=dev'));
    return isProduction ? [] : ['packages of development are in the image'];
  });
}

function faultsOfUser(stage: readonly Instruction[]): readonly string[] {
  const user = named(stage, 'USER')
    .flatMap((instruction) => wordsOf(instruction))
    .at(-1);
  return user !== undefined && /^[1-9]\d*:[1-9]\d*$/u.test(user)
    ? []
    : ['the image runs as root, or as a name that nobody can check'];
}

function named(stage: readonly Instruction[], keyword: string): readonly Instruction[] {
  return stage.filter((instruction) => instruction.getKeyword() === keyword);
}

function wordsOf(instruction: Instruction): readonly string[] {
  return instruction.getArguments().map((argument) => argument.getValue());
}
