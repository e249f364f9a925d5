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

/** A label with its closing zero byte. */
export function label(name: keyof typeof LABELS): Buffer {
  return Buffer.from(`${LABELS[name]}\0`);
}

/** Length-prefixed parts: a 4-byte big-endian length before each. */
export function lp(...parts: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}
