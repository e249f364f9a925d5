const ENCODER = new TextEncoder();
/** How `JSON.stringify` writes a lone surrogate; also matches harmless text, which is then looked at closely. */
const SUSPECT = /\\ud[89a-f]/u;

/**
 * RFC 8785 (JSON Canonicalization Scheme) bytes of a JSON value: keys sorted by UTF-16 code units, ECMAScript numbers,
 * minimal escapes, UTF-8.
 * @throws {TypeError} on what JSON cannot hold: non-finite numbers, undefined, bigint, lone surrogates.
 */
export function canonicalBytes(value: unknown): Uint8Array {
  return ENCODER.encode(canonicalText(value));
}

/** The same as text. */
export function canonicalText(value: unknown): string {
  const text = write(value);
  if (SUSPECT.test(text)) assertWellFormed(value);
  return text;
}

function write(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return number(value);
    case 'object':
      return value === null ? 'null' : composite(value);
    default:
      throw new TypeError(`${typeof value} is not JSON`);
  }
}

function composite(value: object): string {
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  let out = '{';
  // The default order of sort is that of RFC 8785: UTF-16 code units.
  for (const key of Object.keys(value).sort()) {
    const item = (value as Readonly<Record<string, unknown>>)[key];
    if (item === undefined) continue;
    out += `${out.length === 1 ? '' : ','}${JSON.stringify(key)}:${write(item)}`;
  }
  return `${out}}`;
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('a number must be finite');
  return JSON.stringify(value);
}

function assertWellFormed(value: unknown): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('a lone surrogate is not JSON text');
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      assertWellFormed(key);
      assertWellFormed(item);
    }
  }
}
