import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { EventStoreError } from '../event-store-error.js';
import type { LogHead } from '../event-store.js';

/** What one slot of the anchor file says. */
export interface Anchored extends LogHead {
  /** Number of the write: the higher of the two slots counts. */
  readonly sequence: bigint;
  readonly mac: Uint8Array;
}

const sync = promisify(fdatasync);
const SLOT = 128;
const MAGIC = 'pdl-anchor-1';
const BODY = 12 + 8 + 8 + 32 + 32;

/**
 * The file that remembers the size and the running hash of the log apart from SQLite, because a flipped bit in a WAL
 * drops committed transactions without a word. Two slots are written in turn, so a torn write leaves the other.
 */
export class AnchorFile {
  readonly #fd: number;
  #sequence: bigint;

  private constructor(
    fd: number,
    last: Anchored | undefined,
    private readonly mac: AnchorMac,
  ) {
    this.#fd = fd;
    this.#sequence = last?.sequence ?? 0n;
  }

  /** Opens the file for writing, making it if there is none (both slots allocated, so that it never grows). */
  static open(file: string, mac: AnchorMac): AnchorFile {
    const last = readAnchor(file);
    const fresh = !existsSync(file);
    const fd = openSync(file, fresh ? 'w+' : 'r+', 0o600);
    if (fresh) {
      writeSync(fd, new Uint8Array(2 * SLOT), 0, 2 * SLOT, 0);
      fsyncSync(fd);
      syncDirectory(dirname(file));
    }
    return new AnchorFile(fd, last, mac);
  }

  /** Writes the head and returns when it is on the disk. */
  write(head: LogHead): void {
    this.#put(head);
    fdatasyncSync(this.#fd);
  }

  /** Writes the head; resolves when it is on the disk. Not to be called again before. */
  async writeSoon(head: LogHead): Promise<void> {
    this.#put(head);
    await sync(this.#fd);
  }

  close(): void {
    closeSync(this.#fd);
  }

  #put(head: LogHead): void {
    this.#sequence += 1n;
    const slot = new Uint8Array(SLOT);
    const view = new DataView(slot.buffer);
    slot.set(new TextEncoder().encode(MAGIC), 0);
    view.setBigUint64(12, this.#sequence);
    view.setBigUint64(20, head.size);
    slot.set(head.hash, 28);
    slot.set(this.mac(head), 60);
    slot.set(checksum(slot), BODY);
    writeSync(this.#fd, slot, 0, SLOT, Number(this.#sequence % 2n) * SLOT);
  }
}

/** Makes the keyed hash of a head. */
export type AnchorMac = (head: LogHead) => Uint8Array;

/** HMAC-SHA-256(key, "pdl/v1/anchor" ‖ 0x00 ‖ lp(ledgerId) ‖ size ‖ hash). */
export function anchorMac(key: Uint8Array, ledgerId: string): AnchorMac {
  return ({ size, hash }) => {
    const id = Buffer.from(ledgerId);
    const numbers = Buffer.alloc(12);
    numbers.writeUInt32BE(id.length, 0);
    numbers.writeBigUInt64BE(size, 4);
    const hmac = createHmac('sha256', key).update('pdl/v1/anchor\0');
    return hmac
      .update(numbers.subarray(0, 4))
      .update(id)
      .update(numbers.subarray(4))
      .update(hash)
      .digest();
  };
}

/** The newest slot that is whole; undefined when there is no file or no whole slot. */
export function readAnchor(file: string): Anchored | undefined {
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const slots = [0, SLOT].map((at) => slotAt(bytes.subarray(at, at + SLOT)));
  return slots.reduce(
    (best, slot) => ((slot?.sequence ?? -1n) > (best?.sequence ?? -1n) ? slot : best),
    undefined,
  );
}

/** Names of faults in the slots: one that is neither empty nor whole was torn or changed. */
export function anchorFaults(file: string): readonly string[] {
  const bytes = readFileSync(file);
  if (bytes.length !== 2 * SLOT) return [`anchor has ${bytes.length} bytes instead of ${2 * SLOT}`];
  return [0, SLOT].flatMap((at, index) => {
    const slot = bytes.subarray(at, at + SLOT);
    const bad = slot.some((byte) => byte !== 0) && slotAt(slot) === undefined;
    return bad ? [`anchor slot ${index} is torn or was changed`] : [];
  });
}

/**
 * Compares an anchored head's MAC with the key.
 * @throws {EventStoreError} WRONG_KEY when it was made with another key or for another ledger.
 */
export function assertMac(anchored: Anchored, mac: AnchorMac): void {
  if (timingSafeEqual(mac(anchored), anchored.mac)) return;
  throw new EventStoreError(
    'WRONG_KEY',
    'the anchor was not made with this key: check the key directory',
  );
}

function slotAt(slot: Buffer): Anchored | undefined {
  if (slot.length !== SLOT || slot.toString('latin1', 0, 12) !== MAGIC) return undefined;
  if (!checksum(slot).equals(slot.subarray(BODY, SLOT))) return undefined;
  return {
    sequence: slot.readBigUInt64BE(12),
    size: slot.readBigUInt64BE(20),
    hash: Uint8Array.from(slot.subarray(28, 60)),
    mac: Uint8Array.from(slot.subarray(60, 92)),
  };
}

/** Fills the slot to its end, so that every bit of it counts. */
function checksum(slot: Uint8Array): Buffer {
  return createHash('sha512')
    .update(slot.subarray(0, BODY))
    .digest()
    .subarray(0, SLOT - BODY);
}

function syncDirectory(path: string): void {
  const fd = openSync(path, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
