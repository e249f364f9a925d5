/** What is random in a ledger, wherever it stands: ids, commitments and keys' checks, hashes over them. Published hashes stay. */
const RANDOM =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![\w:-])(?:[0-9a-f]{64}|[\w-]{43})(?![\w-])/gu;

/** Names of what is random in one ledger, by first appearance: two ledgers that say the same then say it in the same words. */
export class Names {
  readonly #known = new Map<string, string>();

  /** The same value with names, and fields in one order. */
  of(value: unknown): unknown {
    if (typeof value === 'string') return value.replaceAll(RANDOM, (text) => this.#nameOf(text));
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((each) => this.of(each));
    const fields = Object.entries(value).map(([key, field]) => [this.of(key) as string, field]);
    const inOrder = fields.sort(([a = ''], [b = '']) => (String(a) < String(b) ? -1 : 1));
    return Object.fromEntries(inOrder.map(([key, field]) => [key as string, this.of(field)]));
  }

  #nameOf(text: string): string {
    const name = this.#known.get(text) ?? `#${this.#known.size}`;
    this.#known.set(text, name);
    return name;
  }
}
