const ENCODER = new TextEncoder();
/** Text that JSON writes as it is: no control characters, quotes, backslashes or surrogates. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

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
  switch (typeof value) {
    case 'string':
      return quoted(value);
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
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  let out = '{';
  for (const key of sortedKeys(value)) {
    const item = (value as Readonly<Record<string, unknown>>)[key];
    if (item === undefined) continue;
    out += `${out.length === 1 ? '' : ','}${quoted(key)}:${canonicalText(item)}`;
  }
  return `${out}}`;
}

/** The default order of sort is that of RFC 8785: UTF-16 code units. What was canonical before comes sorted. */
function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  for (let at = 1; at < keys.length; at += 1) {
    if ((keys[at - 1] ?? '') > (keys[at] ?? '')) return keys.sort();
  }
  return keys;
}

function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('a lone surrogate is not JSON text');
  return JSON.stringify(text);
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('a number must be finite');
  return JSON.stringify(value);
}
