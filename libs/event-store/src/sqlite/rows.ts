/** A uuid as the 16 bytes that the index holds. */
export function uuidBytes(id: string): Uint8Array {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

/** 16 bytes as a uuid. */
export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A head as the 40 bytes of the meta row. */
export function headBytes(head: { readonly size: bigint; readonly hash: Uint8Array }): Uint8Array {
  const bytes = Buffer.alloc(40);
  bytes.writeBigUInt64BE(head.size, 0);
  bytes.set(head.hash, 8);
  return bytes;
}

/** 40 bytes as a head. */
export function headOf(bytes: Uint8Array): { readonly size: bigint; readonly hash: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { size: view.getBigUint64(0), hash: Uint8Array.from(bytes.subarray(8, 40)) };
}
