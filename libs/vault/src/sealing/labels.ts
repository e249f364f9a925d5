/**
 * Every domain-separation label of the vault; each is followed by 0x00 where it enters an HMAC, HKDF or AAD, and no
 * key serves two of them (`assurance.md` §4.8).
 */
export const LABELS = {
  rootWrap: 'pdl/v1/root-wrap',
  rootCheck: 'pdl/v1/root-check',
  anchorKey: 'pdl/v1/anchor-key',
  markKey: 'pdl/v1/log-mark',
  tokenKey: 'pdl/v1/token',
  operatorId: 'pdl/v1/operator/id',
  operatorReference: 'pdl/v1/operator/reference',
  operatorIdentifier: 'pdl/v1/operator/identifier',
  operatorFiling: 'pdl/v1/operator/filing',
  operatorDirectory: 'pdl/v1/operator/directory',
  epochIndex: 'pdl/v1/epoch/index',
  wrap: 'pdl/v1/wrap',
  envelope: 'pdl/v1/evt',
  envelopeCommit: 'pdl/v1/commit',
  identifier: 'pdl/v1/identifier',
  value: 'pdl/v1/value',
} as const;

const TERMINATED = new Map<string, Buffer>();

/** A label with its closing zero byte. */
export function label(name: keyof typeof LABELS): Buffer {
  const known = TERMINATED.get(name);
  if (known !== undefined) return known;
  const made = Buffer.from(`${LABELS[name]}\0`);
  TERMINATED.set(name, made);
  return made;
}

/** Length-prefixed parts: a 4-byte big-endian length before each. */
export function lp(...parts: readonly (string | Uint8Array)[]): Buffer {
  let size = 0;
  for (const part of parts) size += 4 + byteLength(part);
  const out = Buffer.allocUnsafe(size);
  let at = 0;
  for (const part of parts) {
    const start = at + 4;
    if (typeof part === 'string') at = start + out.write(part, start);
    else {
      out.set(part, start);
      at = start + part.length;
    }
    out.writeUInt32BE(at - start, start - 4);
  }
  return out;
}

function byteLength(part: string | Uint8Array): number {
  return typeof part === 'string' ? Buffer.byteLength(part) : part.length;
}
