const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const [OPEN_LIST, CLOSE_LIST] = [0x5b, 0x5d];
const [OPEN, CLOSE] = [0x7b, 0x7d];
/** Called this way the engine inlines it, of however many kinds (flat, sliced, joined…) the strings it saw are. */
const codeUnitAt = String.prototype.charCodeAt;
/** Sorting such a list of keys in place is cheaper than calling the engine's sort. */
const FEW_KEYS = 40;

/** Where the bytes of one value are put together, and how many there are. */
let scratch = new Uint8Array(16_384);
let size = 0;

/**
 * RFC 8785 (JSON Canonicalization Scheme) bytes of a JSON value: keys sorted by UTF-16 code units, ECMAScript numbers,
 * minimal escapes, UTF-8. A field that is undefined is left out.
 * @throws {TypeError} on what JSON cannot hold: non-finite numbers, undefined, bigint, lone surrogates.
 */
export function canonicalBytes(value: unknown): Uint8Array {
  size = 0;
  write(value);
  return scratch.slice(0, size);
}

/** The same as text. */
export function canonicalText(value: unknown): string {
  return DECODER.decode(canonicalBytes(value));
}

function write(value: unknown): void {
  switch (typeof value) {
    case 'string':
      return writeText(value);
    case 'object':
      return value === null ? writeWord('null') : writeComposite(value);
    case 'boolean':
      return writeWord(value ? 'true' : 'false');
    case 'number':
      return writeNumber(value);
    default:
      throw new TypeError(`${typeof value} is not JSON`);
  }
}

function writeComposite(value: object): void {
  if (Array.isArray(value)) writeList(value);
  else writeObject(value as Readonly<Record<string, unknown>>);
}

function writeList(list: readonly unknown[]): void {
  writeByte(OPEN_LIST);
  for (let at = 0; at < list.length; at += 1) {
    if (at > 0) writeByte(COMMA);
    write(list[at]);
  }
  writeByte(CLOSE_LIST);
}

function writeObject(value: Readonly<Record<string, unknown>>): void {
  writeByte(OPEN);
  let first = true;
  for (const key of sortedKeys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    if (!first) writeByte(COMMA);
    first = false;
    writeText(key);
    writeByte(COLON);
    write(item);
  }
  writeByte(CLOSE);
}

/** By UTF-16 code units, the order of RFC 8785 and of `<`. What was canonical before comes sorted. */
function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  if (keys.length > FEW_KEYS) return keys.sort();
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at] ?? '';
    let to = at;
    for (; to > 0 && (keys[to - 1] ?? '') > key; to -= 1) keys[to] = keys[to - 1] ?? '';
    keys[to] = key;
  }
  return keys;
}

/** Text that JSON holds as it is goes in byte by byte: nearly all of an event. */
function writeText(text: string): void {
  const { length } = text;
  const bytes = roomFor(length + 2);
  const start = size + 1;
  for (let at = 0; at < length; at += 1) {
    const unit = codeUnitAt.call(text, at);
    if (unit < 0x20 || unit > 0x7e || unit === QUOTE || unit === BACKSLASH) return writeOther(text);
    bytes[start + at] = unit;
  }
  bytes[size] = QUOTE;
  bytes[start + length] = QUOTE;
  size = start + length + 1;
}

function writeOther(text: string): void {
  if (!text.isWellFormed()) throw new TypeError('a lone surrogate is not JSON text');
  const json = JSON.stringify(text);
  size += ENCODER.encodeInto(json, roomFor(json.length * 3).subarray(size)).written;
}

function writeNumber(value: number): void {
  if (!Number.isFinite(value)) throw new TypeError('a number must be finite');
  writeWord(String(value));
}

function writeWord(word: string): void {
  for (let at = 0; at < word.length; at += 1) writeByte(codeUnitAt.call(word, at));
}

function writeByte(byte: number): void {
  roomFor(1)[size] = byte;
  size += 1;
}

/** The scratch bytes with room for more; a write past their end would slow down every write after it. */
function roomFor(more: number): Uint8Array {
  return size + more > scratch.length ? grown(more) : scratch;
}

function grown(more: number): Uint8Array {
  const larger = new Uint8Array((size + more) * 2);
  larger.set(scratch);
  scratch = larger;
  return scratch;
}
