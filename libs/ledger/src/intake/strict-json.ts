import type { IntakeErrorCode } from './intake-error.js';

/** Limits of a line (`assurance.md` G3). */
export const LIMITS = { bytes: 256 * 1024, depth: 32, keys: 1_000 } as const;

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Why bytes are not JSON that we take. */
export type JsonFault = Exclude<IntakeErrorCode, 'INVALID_REQUEST'>;

/** Parses bytes as JSON that means one thing only: no duplicate keys, no prototype keys, no broken text. */
export function parseStrictJson(
  bytes: Uint8Array,
  limitBytes: number = LIMITS.bytes,
): { readonly value: unknown } | { readonly fault: JsonFault } {
  if (bytes.length > limitBytes) return { fault: 'TOO_LARGE' };
  const text = decoded(bytes);
  if (text === undefined) return { fault: 'INVALID_ENCODING' };
  const { depth, keys } = outlineOf(text);
  if (depth > LIMITS.depth) return { fault: 'TOO_DEEP' };
  return parsed(text, keys);
}

function parsed(
  text: string,
  keys: number,
): { readonly value: unknown } | { readonly fault: JsonFault } {
  try {
    const value: unknown = JSON.parse(text);
    const inspection = new Inspection(text.includes('\\u'));
    // The parser keeps fewer keys than the text writes when one was written twice.
    const fault =
      inspection.faultOf(value) ?? (inspection.keys === keys ? undefined : 'DUPLICATE_KEY');
    return fault === undefined ? { value } : { fault };
  } catch {
    return { fault: 'INVALID_JSON' };
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return DECODER.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Before the parser recurses: how deep brackets nest and how many keys (colons) are written, outside strings. */
function outlineOf(text: string): { readonly depth: number; readonly keys: number } {
  let depth = 0;
  let deepest = 0;
  let keys = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = endOfString(text, at);
    else if (char === COLON) keys += 1;
    else if (char === OPEN_BRACE || char === OPEN_BRACKET) depth += 1;
    else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return { depth: deepest, keys };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COLON = 0x3a;

/** A quote ends a string unless an odd number of backslashes stands before it. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

/** Walks what was parsed, counting keys, up to the first fault. */
class Inspection {
  keys = 0;

  /** `escaped`: whether the text has any \u, without which no lone surrogate and no NUL can be in it. */
  constructor(private readonly escaped: boolean) {}

  faultOf(value: unknown): JsonFault | undefined {
    if (typeof value === 'string') return this.#textFault(value);
    if (typeof value !== 'object' || value === null) return undefined;
    return Array.isArray(value) ? this.#listFault(value) : this.#objectFault(value);
  }

  #listFault(items: readonly unknown[]): JsonFault | undefined {
    if (items.length > LIMITS.keys) return 'TOO_MANY_KEYS';
    for (const item of items) {
      const fault = this.faultOf(item);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #objectFault(value: object): JsonFault | undefined {
    let own = 0;
    for (const key in value) {
      own += 1;
      const item = (value as Readonly<Record<string, unknown>>)[key];
      const fault = this.#keyFault(key) ?? this.faultOf(item);
      if (fault !== undefined) return fault;
    }
    this.keys += own;
    return own > LIMITS.keys ? 'TOO_MANY_KEYS' : undefined;
  }

  #keyFault(key: string): JsonFault | undefined {
    return FORBIDDEN.has(key) ? 'FORBIDDEN_KEY' : this.#textFault(key);
  }

  #textFault(text: string): JsonFault | undefined {
    if (!this.escaped) return undefined;
    return text.includes('\0') || !text.isWellFormed() ? 'INVALID_ENCODING' : undefined;
  }
}
