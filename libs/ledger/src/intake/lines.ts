import { LIMITS } from './strict-json.js';

/** One line of a stream. */
export interface Line {
  /** From 1; empty lines count. */
  readonly number: number;
  /** Undefined when the line is longer than the limit. */
  readonly bytes: Uint8Array | undefined;
  /** Offset of the byte after the line's end. */
  readonly end: number;
}

const NEWLINE = 0x0a;

/** Non-empty lines of a byte stream, pulled one by one; memory stays bounded whatever a line's length. */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncIterable<Line> {
  let number = 0;
  let offset = 0;
  let parts: Uint8Array[] = [];
  let length = 0;
  const take = (end: number): Line | undefined => {
    number += 1;
    const line = length > LIMITS.bytes ? undefined : trimmed(Buffer.concat(parts));
    const isEmpty = line?.length === 0;
    parts = [];
    length = 0;
    return isEmpty ? undefined : { number, bytes: line, end };
  };
  for await (const chunk of source) {
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
      if (length <= LIMITS.bytes) parts.push(chunk.subarray(start, at));
      length += at - start;
      start = at + 1;
      const line = take(offset + start);
      if (line !== undefined) yield line;
    }
    if (length <= LIMITS.bytes) parts.push(Uint8Array.from(chunk.subarray(start)));
    length += chunk.length - start;
    offset += chunk.length;
    if (length > LIMITS.bytes) parts = [];
  }
  const last = length > 0 ? take(offset) : undefined;
  if (last !== undefined) yield last;
}

/** Without the carriage return and spaces at the ends. */
function trimmed(line: Buffer): Buffer {
  let end = line.length;
  while (end > 0 && (line[end - 1] ?? 0) <= 0x20) end -= 1;
  return line.subarray(0, end);
}
