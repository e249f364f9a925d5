const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const [OPEN_LIST, CLOSE_LIST] = [0x5b, 0x5d];
const [OPEN, CLOSE] = [0x7b, 0x7d];
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
  if (size <= scratch.length) return scratch.slice(0, size);
  // Bytes that did not fit were only counted: once more, with room for all.
  scratch = new Uint8Array(size * 2);
  return canonicalBytes(value);
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
  scratch[size++] = OPEN_LIST;
  for (let at = 0; at < list.length; at += 1) {
    if (at > 0) scratch[size++] = COMMA;
    write(list[at]);
  }
  scratch[size++] = CLOSE_LIST;
}

function writeObject(value: Readonly<Record<string, unknown>>): void {
  scratch[size++] = OPEN;
  let first = true;
  for (const key of sortedKeys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    if (!first) scratch[size++] = COMMA;
    first = false;
    writeText(key);
    scratch[size++] = COLON;
    write(item);
  }
  scratch[size++] = CLOSE;
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
  const bytes = scratch;
  const start = size + 1;
  for (let at = 0; at < length; at += 1) {
    const unit = text.charCodeAt(at);
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
  const { read, written } = ENCODER.encodeInto(json, scratch.subarray(size));
  size += read < json.length ? json.length * 3 : written;
}

function writeNumber(value: number): void {
  if (!Number.isFinite(value)) throw new TypeError('a number must be finite');
  writeWord(String(value));
}

function writeWord(word: string): void {
  for (let at = 0; at < word.length; at += 1) scratch[size++] = word.charCodeAt(at);
}
