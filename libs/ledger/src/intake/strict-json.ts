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
): { readonly value: unknown } | { readonly fault: JsonFault } {
  if (bytes.length > LIMITS.bytes) return { fault: 'TOO_LARGE' };
  const text = decoded(bytes);
  if (text === undefined) return { fault: 'INVALID_ENCODING' };
  const deep = depthFault(text);
  if (deep !== undefined) return { fault: deep };
  try {
    const value: unknown = JSON.parse(text);
    const fault =
      structureFault(value) ?? (countKeys(value) === keysIn(text) ? undefined : 'DUPLICATE_KEY');
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

/** Before the parser recurses: brackets outside strings. */
function depthFault(text: string): JsonFault | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = endOfString(text, at);
    else if (char === OPEN_BRACE || char === OPEN_BRACKET) depth += 1;
    else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) depth -= 1;
    if (depth > LIMITS.depth) return 'TOO_DEEP';
  }
  return undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COLON = 0x3a;

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at;
}

function structureFault(value: unknown): JsonFault | undefined {
  if (typeof value === 'string') return textFault(value);
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  if (entries.length > LIMITS.keys) return 'TOO_MANY_KEYS';
  for (const [key, item] of entries) {
    const fault = keyFault(key) ?? structureFault(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function keyFault(key: string): JsonFault | undefined {
  return FORBIDDEN.has(key) ? 'FORBIDDEN_KEY' : textFault(key);
}

function textFault(text: string): JsonFault | undefined {
  return text.includes('\0') || !text.isWellFormed() ? 'INVALID_ENCODING' : undefined;
}

/** Keys that the text writes: colons outside strings. The parser keeps fewer when one was written twice. */
function keysIn(text: string): number {
  let keys = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = endOfString(text, at);
    else if (char === COLON) keys += 1;
  }
  return keys;
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const items: readonly unknown[] = Object.values(value);
  const own = Array.isArray(value) ? 0 : items.length;
  return items.reduce<number>((sum, item) => sum + countKeys(item), own);
}
