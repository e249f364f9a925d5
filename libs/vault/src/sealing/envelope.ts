import { timingSafeEqual } from 'node:crypto';
import type { EnvelopeContext, JsonValue, Values } from '../vault.js';
import { decrypt, encrypt } from './aead.js';
import { hkdf64 } from './hkdf.js';
import { hmacOnce, hmacOnceText } from './hmac.js';
import { LABELS, label, lp } from './labels.js';
import type { Random } from './random.js';

/** RFC 8785 bytes of a JSON value. */
export type CanonicalJson = (value: unknown) => Uint8Array;

const ENVELOPE_INFO = Buffer.from(LABELS.envelope);

/** What binds an envelope to its place. */
export interface Binding extends EnvelopeContext {
  readonly ledgerId: string;
  readonly envelope: string;
  readonly generation: number;
}

/** One value with the salt of its commitment: an opening. */
export interface Opening {
  readonly category: string;
  readonly salt: Uint8Array;
  readonly value: JsonValue;
}

/** What the vault keeps of an envelope. */
export interface EnvelopeRow {
  readonly salt: Uint8Array;
  readonly keyCommitment: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** Values with a fresh 32-byte salt each. */
export function saltValues(values: Values, random: Random): readonly Opening[] {
  return Object.entries(values).map(([category, value]) => ({ category, salt: random(32), value }));
}

/** What an envelope encrypts: its openings, padded. Whoever seals it wipes it. */
export function plaintextOf(openings: readonly Opening[], canonicalJson: CanonicalJson): Buffer {
  return padded(canonicalJson(openings.map(packed)));
}

/**
 * Seals a plaintext under a key: one AES-256-GCM seal, bound by AAD, its key committed to (design §6). The plaintext is
 * wiped.
 */
export function sealEnvelope(
  key: Uint8Array,
  binding: Binding,
  plaintext: Uint8Array,
  random: Random,
): EnvelopeRow {
  const salt = random(32);
  const keys = envelopeKeys(key, salt, binding.eventId);
  const ciphertext = encrypt(keys.encryption, plaintext, aadOf(binding), random);
  plaintext.fill(0);
  const keyCommitment = commitToKey(keys.commitment, binding.eventId);
  keys.encryption.fill(0);
  return { salt, keyCommitment, ciphertext };
}

/** Opens an envelope; undefined when the key, the binding or the bytes are not those of the sealing. */
export function openEnvelope(
  key: Uint8Array,
  binding: Binding,
  row: EnvelopeRow,
): readonly Opening[] | undefined {
  const keys = envelopeKeys(key, row.salt, binding.eventId);
  const expected = commitToKey(keys.commitment, binding.eventId);
  // Before any decryption: GCM alone lets one ciphertext open under two keys.
  if (row.keyCommitment.length !== 32 || !timingSafeEqual(expected, row.keyCommitment))
    return undefined;
  const plaintext = decrypt(keys.encryption, row.ciphertext, aadOf(binding));
  keys.encryption.fill(0);
  if (plaintext === undefined) return undefined;
  const openings = unpacked(plaintext);
  plaintext.fill(0);
  return openings;
}

/**
 * Commitments to values by category: HMAC-SHA-256(salt, label ‖ lp(ledgerId) ‖ lp(operator) ‖ lp(subject) ‖
 * lp(event id) ‖ lp(category) ‖ RFC 8785(value)), base64url.
 */
export function commitToValues(
  context: EnvelopeContext & { readonly ledgerId: string },
  openings: readonly Opening[],
  canonicalJson: CanonicalJson,
): Readonly<Record<string, string>> {
  const { ledgerId, operator, subject, eventId } = context;
  const place = Buffer.concat([label('value'), lp(ledgerId, operator, subject ?? '', eventId)]);
  const commitments: Record<string, string> = {};
  for (const { category, salt, value } of openings) {
    const bytes = canonicalJson(value);
    commitments[category] = hmacOnceText('base64url', salt, place, lp(category), bytes);
  }
  return commitments;
}

function envelopeKeys(
  key: Uint8Array,
  rowSalt: Uint8Array,
  eventId: string,
): { readonly encryption: Buffer; readonly commitment: Buffer } {
  const id = Buffer.from(eventId.replaceAll('-', ''), 'hex');
  const bytes = hkdf64(key, Buffer.concat([id, rowSalt]), ENVELOPE_INFO);
  return { encryption: bytes.subarray(0, 32), commitment: bytes.subarray(32) };
}

function commitToKey(key: Uint8Array, eventId: string): Buffer {
  return hmacOnce(key, label('envelopeCommit'), Buffer.from(eventId));
}

function aadOf(binding: Binding): Buffer {
  const { ledgerId, operator, subject, envelope, eventId, eventType, schemaVersion, generation } =
    binding;
  return lp(
    LABELS.envelope,
    ledgerId,
    operator,
    subject ?? '',
    envelope,
    eventId,
    eventType,
    schemaVersion,
    String(generation),
  );
}

const SMALLEST = 32;

/** 0x80 and zeros up to the next power of two, so that a length does not tell a name. */
function padded(bytes: Uint8Array): Buffer {
  let size = SMALLEST;
  while (size < bytes.length + 1) size *= 2;
  const out = Buffer.alloc(size);
  out.set(bytes);
  out[bytes.length] = 0x80;
  bytes.fill(0);
  return out;
}

function packed({ category, salt, value }: Opening): readonly JsonValue[] {
  return [category, Buffer.from(salt).toString('base64url'), value];
}

function unpacked(plaintext: Buffer): readonly Opening[] {
  const json: unknown = JSON.parse(plaintext.toString('utf8', 0, plaintext.lastIndexOf(0x80)));
  // Authenticated bytes that this file wrote.
  return (json as readonly (readonly [string, string, JsonValue])[]).map(
    ([category, salt, value]) => ({
      category,
      salt: Buffer.from(salt, 'base64url'),
      value,
    }),
  );
}
