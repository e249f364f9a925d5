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

/** Non-empty lines of a byte stream, those of a chunk together; memory stays bounded whatever a line's length. */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncIterable<readonly Line[]> {
  const current = new CurrentLine();
  let offset = 0;
  for await (const chunk of source) {
    const lines: Line[] = [];
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
      current.add(chunk.subarray(start, at));
      start = at + 1;
      lines.push(...current.end(offset + start));
    }
    current.add(chunk.subarray(start));
    offset += chunk.length;
    if (lines.length > 0) yield lines;
  }
  const last = [...current.end(offset)];
  if (last.length > 0) yield last;
}

class CurrentLine {
  #number = 0;
  #length = 0;
  #parts: Uint8Array[] = [];

  add(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length > LIMITS.bytes) this.#parts = [];
    else this.#parts.push(part);
  }

  /** The line, unless it is empty. */
  end(end: number): readonly Line[] {
    this.#number += 1;
    const bytes = this.#length > LIMITS.bytes ? undefined : trimmed(joined(this.#parts));
    this.#parts = [];
    this.#length = 0;
    return bytes?.length === 0 ? [] : [{ number: this.#number, bytes, end }];
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}

/** Without the carriage return and spaces at the ends. */
function trimmed(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && (line[end - 1] ?? 0) <= 0x20) end -= 1;
  return line.subarray(0, end);
}
