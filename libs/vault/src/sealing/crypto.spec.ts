import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { encrypt, decrypt } from './aead.js';
import {
  openEnvelope,
  plaintextOf,
  sealEnvelope,
  type Binding,
  type EnvelopeRow,
  type Opening,
} from './envelope.js';
import { hkdf64 } from './hkdf.js';
import { Hmac, hmacOnce, hmacOnceText } from './hmac.js';
import { LABELS } from './labels.js';
import { pooledRandom } from './random.js';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('HMAC-SHA-256', () => {
  // RFC 4231 §4.2, §4.3, §4.4, §4.7 (a key longer than a block).
  it.each([
    [
      '0b'.repeat(20),
      '4869205468657265',
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    ],
    [
      '4a656665',
      '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      'aa'.repeat(20),
      'dd'.repeat(50),
      '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
    ],
    [
      'aa'.repeat(131),
      '54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
  ])('gives the published output', (key, message, output) => {
    expect(new Hmac(hex(key)).text('hex', hex(message))).toBe(output);
  });

  it('is what node makes of any key and message', () => {
    const bytes = fc.uint8Array({ maxLength: 6000 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes, (key, message) => {
        const expected = createHmac('sha256', key).update(message).digest();
        const at = message.length >> 1;
        const parts = [message.subarray(0, at), message.subarray(at)];
        expect(new Hmac(key).bytes(...parts)).toEqual(expected);
        expect(hmacOnce(key, ...parts)).toEqual(expected);
        expect(hmacOnceText('hex', key, message)).toBe(expected.toString('hex'));
      }),
    );
  });
});

describe('HKDF-SHA-256', () => {
  // RFC 5869, appendix A.1 and A.2 (the first 42 and 64 bytes of the output).
  it.each([
    [
      '0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b',
      '000102030405060708090a0b0c',
      'f0f1f2f3f4f5f6f7f8f9',
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    ],
    [
      Array.from({ length: 80 }, (_, n) => n.toString(16).padStart(2, '0')).join(''),
      Array.from({ length: 80 }, (_, n) => (0x60 + n).toString(16)).join(''),
      Array.from({ length: 80 }, (_, n) => (0xb0 + n).toString(16)).join(''),
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71',
    ],
  ])('gives the published output', (key, salt, info, output) => {
    expect(hkdf64(hex(key), hex(salt), hex(info)).toString('hex')).toContain(output);
  });
});

describe('AES-256-GCM', () => {
  it('gives the published ciphertext and tag', () => {
    // NIST GCM test case 14: zero key, zero nonce, one zero block, no AAD.
    const sealed = encrypt(Buffer.alloc(32), Buffer.alloc(16), Buffer.alloc(0), (size) =>
      Buffer.alloc(size),
    );
    expect(sealed.subarray(12).toString('hex')).toBe(
      'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
    );
    expect(decrypt(Buffer.alloc(32), sealed, Buffer.alloc(0))).toEqual(Buffer.alloc(16));
  });
});

describe('an envelope', () => {
  const binding: Binding = {
    ledgerId: 'l',
    operator: 'akjet',
    subject: 's',
    envelope: 'e',
    eventId: '11111111-1111-4111-8111-111111111111',
    eventType: 'DataCollected',
    schemaVersion: '1',
    generation: 0,
  };
  const key = Buffer.alloc(32, 7);
  const random = pooledRandom();
  const canonicalJson = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
  const opening = { category: 'akjet:name', salt: Buffer.alloc(32, 1), value: 'Айгүл' };
  const sealed = (openings: readonly Opening[]): EnvelopeRow =>
    sealEnvelope(key, binding, plaintextOf(openings, canonicalJson), random);
  const row = sealed([opening]);

  it('leaves nothing of the plaintext behind', () => {
    const plaintext = plaintextOf([opening], canonicalJson);
    sealEnvelope(key, binding, plaintext, random);
    expect(plaintext.every((byte) => byte === 0)).toBe(true);
  });

  it('opens under the key and the place it was sealed for', () => {
    expect(openEnvelope(key, binding, row)).toEqual([opening]);
  });

  it.each([
    ['ledgerId', 'm'],
    ['operator', 'quicklid'],
    ['subject', 't'],
    ['envelope', 'f'],
    ['eventId', '21111111-1111-4111-8111-111111111111'],
    ['eventType', 'DataClarified'],
    ['schemaVersion', '2'],
    ['generation', 1],
  ])('does not open in another place: %s', (name, value) => {
    expect(openEnvelope(key, { ...binding, [name]: value }, row)).toBeUndefined();
  });

  it('does not open under another key, or with any bit changed', () => {
    expect(openEnvelope(Buffer.alloc(32, 8), binding, row)).toBeUndefined();
    for (const field of ['salt', 'keyCommitment', 'ciphertext'] as const) {
      for (let bit = 0; bit < row[field].length * 8; bit += 1) {
        const bytes = Buffer.from(row[field]);
        bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(openEnvelope(key, binding, { ...row, [field]: bytes })).toBeUndefined();
      }
    }
  });

  it('hides the length of a name', () => {
    const long = { ...opening, value: 'Әбілова Гүлнар' };
    const other = sealed([long]);
    expect(other.ciphertext).toHaveLength(row.ciphertext.length);
  });
});

describe('labels', () => {
  it('are all different', () => {
    const labels = Object.values(LABELS);
    expect(new Set(labels).size).toBe(labels.length);
  });
});
