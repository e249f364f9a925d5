import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { YAMLParseError, parse } from 'yaml';
import type { Policy } from '#domain';
import { LedgerError } from '../ledger-error.js';

const FOLDER = fileURLToPath(new URL('../../../../../policies/', import.meta.url));

/** The policies that come with the program, by file name. */
export function shippedPolicies(): readonly Policy[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readPolicy(`${FOLDER}${name}`) as Policy);
}

/** A policy file's document, not yet checked. @throws {LedgerError} INVALID_REQUEST when it is no readable YAML. */
export function readPolicy(file: string): unknown {
  const text = readText(file);
  try {
    return parse(text);
  } catch (cause) {
    throw new LedgerError(
      'INVALID_REQUEST',
      `the policy file is not YAML${lineOf(cause)}: correct it and check it again`,
      { cause },
    );
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new LedgerError(
      'INVALID_REQUEST',
      'the policy file is not there or cannot be read: check its path',
      { cause },
    );
  }
}

function lineOf(cause: unknown): string {
  const at = cause instanceof YAMLParseError ? cause.linePos?.[0].line : undefined;
  return at === undefined ? '' : ` (line ${at})`;
}
