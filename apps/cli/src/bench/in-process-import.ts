import { SubmitBatch } from '#ledger/bus';
import { importLines, type ImportSummary } from '#ledger/importing';
import { linesOf } from '#ledger/intake';
import { speaker, type Session } from '../session.js';
import { assertSame } from './wrong-answer.js';

const CHUNK = 65_536;

/** Imports as `pdl import` does, without the views; every one of so many lines must be accepted. @throws {WrongAnswerError} */
export async function imported(
  { commands }: Session,
  chunks: Iterable<Uint8Array>,
  lines: number,
): Promise<ImportSummary> {
  const by = speaker('emitter');
  const summary = await importLines(linesOf(streamOf(chunks)), {
    submit: async (submissions) => commands.execute(new SubmitBatch(submissions, by, 'enforce')),
    onFailed: () => undefined,
    onSettled: () => undefined,
  });
  assertSame('ours', 'the number of accepted lines', summary.accepted, lines);
  return summary;
}

/** As a file is read: in pieces of 64 KiB, whatever the lines. */
export function* chunked(lines: Iterable<string>): Generator<Uint8Array> {
  let rest = Buffer.alloc(0);
  let text = '';
  for (const line of lines) {
    text += line;
    if (text.length < CHUNK) continue;
    rest = Buffer.concat([rest, Buffer.from(text)]);
    text = '';
    for (; rest.length >= CHUNK; rest = rest.subarray(CHUNK)) yield rest.subarray(0, CHUNK);
  }
  yield Buffer.concat([rest, Buffer.from(text)]);
}

async function* streamOf(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
