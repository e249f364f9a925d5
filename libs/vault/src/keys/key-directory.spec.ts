import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyDirectory } from './key-directory.js';

describe('the key directory', () => {
  let directory: string;
  let keys: KeyDirectory;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-keys-'));
    keys = KeyDirectory.create(join(directory, 'keys'));
    keys.addOperator('akjet');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('refuses another root key and key files that others may read', () => {
    const other = KeyDirectory.create(join(directory, 'other'));
    expect(other.rootCheck()).not.toBe(keys.rootCheck());
    copyFileSync(join(directory, 'other', 'root.key'), join(directory, 'keys', 'root.key'));
    expect(() => KeyDirectory.open(join(directory, 'keys'))).toThrow('the root key does not open');
    chmodSync(join(directory, 'other', 'root.key'), 0o644);
    expect(() => KeyDirectory.open(join(directory, 'other'))).toThrow('may be read by others');
  });

  it('takes a passphrase instead of a root file', () => {
    const made = KeyDirectory.create(join(directory, 'phrase'), { passphrase: 'correct horse' });
    made.addOperator('akjet');
    expect(() => KeyDirectory.open(join(directory, 'phrase'))).toThrow('passphrase');
    expect(() => KeyDirectory.open(join(directory, 'phrase'), { passphrase: 'wrong' })).toThrow(
      'does not open',
    );
    expect(
      KeyDirectory.open(join(directory, 'phrase'), { passphrase: 'correct horse' }).rootCheck(),
    ).toBe(made.rootCheck());
  });
});
