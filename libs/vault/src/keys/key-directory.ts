import { createHmac, hkdfSync, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decrypt, encrypt } from '../sealing/aead.js';
import { Hmac } from '../sealing/hmac.js';
import { LABELS, label, lp } from '../sealing/labels.js';
import { pooledRandom } from '../sealing/random.js';
import type { SeenLog } from '../vault.js';
import { VaultError } from '../vault-error.js';
import { isLoose, readKeyFile, shredKeyFile, writeKeyFile, type KeyFile } from './key-file.js';

/** Where the root key comes from: a 0600 file, or a passphrase (scrypt N=2^17, r=8, p=1). */
export interface RootOptions {
  readonly passphrase?: string;
}

const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const OPERATOR_USES = {
  id: LABELS.operatorId,
  reference: LABELS.operatorReference,
  identifier: LABELS.operatorIdentifier,
  filing: LABELS.operatorFiling,
  directory: LABELS.operatorDirectory,
} as const;

/** What an operator's keys are for; each use has its own key. */
export type OperatorUse = keyof typeof OPERATOR_USES;

/**
 * The key directory: the root key, one secret per operator, one file per key epoch, and the high-water mark of the log.
 * Epoch keys never enter a database; everything but the root lies wrapped by it.
 */
export class KeyDirectory {
  readonly #operators = new Map<string, Buffer>();
  readonly #derived = new Map<string, Buffer>();
  readonly #hmacs = new Map<string, Hmac>();

  private constructor(
    readonly path: string,
    private readonly root: Buffer,
  ) {}

  /** Makes the directory (0700) and its root key. @throws {VaultError} IO when there is a root key already. */
  static create(path: string, options: RootOptions = {}): KeyDirectory {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
    if (existsSync(join(path, 'root.key')) || existsSync(join(path, 'root.salt'))) {
      throw new VaultError('IO', 'the key directory holds a root key already');
    }
    writeKeyFile(
      join(path, options.passphrase === undefined ? 'root.key' : 'root.salt'),
      randomBytes(32),
    );
    return KeyDirectory.open(path, options);
  }

  /** @throws {VaultError} NO_ROOT_KEY, KEY_FILE_MODE, WRONG_ROOT_KEY (when an operator's keys do not open). */
  static open(path: string, options: RootOptions = {}): KeyDirectory {
    const keys = new KeyDirectory(path, rootOf(path, options));
    for (const name of existsSync(path) ? readdirSync(path) : []) {
      const operator = /^operator-([a-z0-9-]+)\.key$/u.exec(name)?.[1];
      if (operator !== undefined) keys.#load(operator);
    }
    return keys;
  }

  /** base64url; goes into `OperatorRegistered`, so that a wrong root is refused. */
  rootCheck(): string {
    return createHmac('sha256', this.root).update(label('rootCheck')).digest('base64url');
  }

  /** Key of the log's anchor. */
  anchorKey(): Uint8Array {
    return this.#rootKey('anchorKey');
  }

  /** Secret of the local token issuer. */
  tokenKey(): Uint8Array {
    return this.#rootKey('tokenKey');
  }

  /** Makes an operator's secret, unless it has one. */
  addOperator(operator: string): void {
    const file = this.#operatorFile(operator);
    if (!existsSync(file)) writeKeyFile(file, this.#wrap(randomBytes(32), `operator/${operator}`));
    this.#load(operator);
  }

  /** Codes of all operators with keys. */
  operators(): readonly string[] {
    return [...this.#operators.keys()];
  }

  /** An operator's key for one use. @throws {VaultError} UNKNOWN_OPERATOR. */
  operatorKey(operator: string, use: OperatorUse): Buffer {
    const name = `${operator}/${use}`;
    const cached = this.#derived.get(name);
    if (cached !== undefined) return cached;
    const secret = this.#operators.get(operator);
    if (secret === undefined)
      throw new VaultError('UNKNOWN_OPERATOR', `operator ${operator} has no keys here`);
    const key = derive(secret, OPERATOR_USES[use], operator);
    this.#derived.set(name, key);
    return key;
  }

  /** HMAC-SHA-256 under an operator's key for one use. @throws {VaultError} UNKNOWN_OPERATOR. */
  operatorHmac(operator: string, use: OperatorUse): Hmac {
    const name = `${operator}/${use}`;
    const cached = this.#hmacs.get(name);
    if (cached !== undefined) return cached;
    const hmac = new Hmac(this.operatorKey(operator, use));
    this.#hmacs.set(name, hmac);
    return hmac;
  }

  /** Makes an epoch's key file, durable before it returns. */
  createEpoch(operator: string, epoch: number): void {
    writeKeyFile(
      this.#epochFile(operator, epoch),
      this.#wrap(randomBytes(32), epochName(operator, epoch)),
    );
  }

  /** An epoch's key. @throws {VaultError} NO_KEY when its file is gone or damaged. */
  epochKey(operator: string, epoch: number): Buffer {
    const name = epochName(operator, epoch);
    const cached = this.#derived.get(name);
    if (cached !== undefined) return cached;
    const file = this.#epochFile(operator, epoch);
    const key = existsSync(file) ? this.#unwrap(readKeyFile(file), name) : undefined;
    if (key === undefined)
      throw new VaultError('NO_KEY', `the key file of epoch ${epoch} is missing or damaged`);
    this.#derived.set(name, key);
    return key;
  }

  /** Whether an epoch's file, as it lies there now, holds its key. */
  holdsEpoch(operator: string, epoch: number): boolean {
    const file = this.#epochFile(operator, epoch);
    if (!existsSync(file)) return false;
    return (
      isLoose(file) || this.#unwrap(readKeyFile(file), epochName(operator, epoch)) !== undefined
    );
  }

  /** Key of the blind index of an epoch. */
  indexKey(operator: string, epoch: number): Buffer {
    const name = `index/${epochName(operator, epoch)}`;
    const cached = this.#derived.get(name);
    if (cached !== undefined) return cached;
    const key = derive(this.epochKey(operator, epoch), LABELS.epochIndex, operator);
    this.#derived.set(name, key);
    return key;
  }

  /** Overwrites and unlinks an epoch's file and forgets its key. */
  retireEpoch(operator: string, epoch: number): void {
    shredKeyFile(this.#epochFile(operator, epoch));
    this.forgetEpoch(operator, epoch);
  }

  /** Forgets an epoch's key: another node retired it. */
  forgetEpoch(operator: string, epoch: number): void {
    const name = epochName(operator, epoch);
    for (const derived of [name, `index/${name}`]) {
      this.#derived.get(derived)?.fill(0);
      this.#derived.delete(derived);
    }
  }

  /** Epochs that have a file, of all operators. */
  epochFiles(): readonly { readonly operator: string; readonly epoch: number }[] {
    return readdirSync(this.path).flatMap((name) => {
      const match = /^epoch-([a-z0-9-]+)-(\d+)\.key$/u.exec(name);
      return match?.[1] === undefined ? [] : [{ operator: match[1], epoch: Number(match[2]) }];
    });
  }

  /** Names of files that others may read. */
  looseFiles(): readonly string[] {
    return readdirSync(this.path).filter((name) => isLoose(join(this.path, name)));
  }

  /** The log as it was when it last mattered: at a destruction and at a close. Undefined before the first. */
  seenLog(): SeenLog | undefined {
    const file = join(this.path, 'log-mark');
    if (!existsSync(file)) return undefined;
    const bytes = readKeyFile(file);
    const body = bytes.subarray(0, 40 + 36);
    const expected = createHmac('sha256', this.#rootKey('markKey')).update(body).digest();
    if (bytes.length !== 108 || !timingSafeEqual(expected, bytes.subarray(76))) {
      throw new VaultError(
        'CORRUPT',
        'the log mark in the key directory was changed or made with another key',
      );
    }
    return {
      ledgerId: body.toString('latin1', 40),
      size: body.readBigUInt64BE(0),
      hash: Uint8Array.from(body.subarray(8, 40)),
    };
  }

  /** The file that remembers the log beside the keys, for whoever writes it (`writeKeyFile`). */
  logMark({ ledgerId, size, hash }: SeenLog): KeyFile {
    const body = Buffer.alloc(76);
    body.writeBigUInt64BE(size, 0);
    body.set(hash, 8);
    body.write(ledgerId, 40, 'latin1');
    const mac = createHmac('sha256', this.#rootKey('markKey')).update(body).digest();
    return { path: join(this.path, 'log-mark'), bytes: Buffer.concat([body, mac]) };
  }

  #load(operator: string): void {
    const secret = this.#unwrap(readKeyFile(this.#operatorFile(operator)), `operator/${operator}`);
    if (secret === undefined) {
      throw new VaultError(
        'WRONG_ROOT_KEY',
        'the root key does not open the operator keys: check the key directory',
      );
    }
    this.#operators.set(operator, secret);
  }

  #rootKey(use: 'anchorKey' | 'markKey' | 'tokenKey'): Buffer {
    return derive(this.root, LABELS[use], '');
  }

  #wrap(key: Uint8Array, name: string): Buffer {
    return encrypt(
      derive(this.root, LABELS.rootWrap, ''),
      key,
      lp(LABELS.rootWrap, name),
      pooledRandom(),
    );
  }

  #unwrap(wrapped: Uint8Array, name: string): Buffer | undefined {
    return decrypt(derive(this.root, LABELS.rootWrap, ''), wrapped, lp(LABELS.rootWrap, name));
  }

  #operatorFile(operator: string): string {
    return join(this.path, `operator-${operator}.key`);
  }

  #epochFile(operator: string, epoch: number): string {
    return join(this.path, `epoch-${operator}-${epoch}.key`);
  }
}

function rootOf(path: string, { passphrase }: RootOptions): Buffer {
  const salt = join(path, 'root.salt');
  if (existsSync(salt)) {
    if (passphrase === undefined) {
      throw new VaultError('NO_ROOT_KEY', 'the root key needs its passphrase: set PDL_PASSPHRASE');
    }
    return scryptSync(passphrase, readKeyFile(salt), 32, SCRYPT);
  }
  return readKeyFile(join(path, 'root.key'));
}

function derive(key: Uint8Array, use: string, context: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `${use}\0${context}`, 32));
}

function epochName(operator: string, epoch: number): string {
  return `epoch/${operator}/${epoch}`;
}
