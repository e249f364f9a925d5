import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
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
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new LedgerError('INVALID_REQUEST', 'the policy file cannot be read as YAML', { cause });
  }
}
