const ENCODER = new TextEncoder();

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
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return number(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value === 'object') return object(value);
  throw new TypeError(`${typeof value} is not JSON`);
}

function object(value: object): string {
  let out = '';
  for (const [key, item] of Object.entries(value).sort(byCodeUnits)) {
    if (item === undefined) continue;
    out += `${out === '' ? '' : ','}${quoted(key)}:${canonicalText(item)}`;
  }
  return `{${out}}`;
}

function byCodeUnits([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

function quoted(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('a lone surrogate is not JSON text');
  return JSON.stringify(value);
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('a number must be finite');
  return JSON.stringify(value);
}
