import type { DestructionOrder, Receipt, Vault } from '#vault';

interface Waiting {
  readonly order: DestructionOrder;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: unknown) => void;
}

/** Orders that became durable together are carried out together: one transaction, one emptied WAL. */
export class Shredding {
  #waiting: Waiting[] = [];
  #running = false;

  constructor(
    private readonly vault: Vault,
    private readonly now: () => Date,
    /** Resolves when what is on its way into the log now has landed: more orders may be among it. */
    private readonly landed: () => Promise<void>,
    /** Makes the log's size known beside the keys, so that an older log and vault together are recognised. */
    private readonly rememberLog: () => Promise<void>,
  ) {}

  /** The receipt of an order, once the vault has shredded. */
  async shred(order: DestructionOrder): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ order, resolve, reject });
      if (!this.#running) setImmediate(() => void this.#run());
      this.#running = true;
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.landed();
      const group = this.#waiting.splice(0);
      try {
        await this.rememberLog();
        const receipts = await this.vault.destroy(
          group.map(({ order }) => order),
          this.now(),
        );
        for (const receipt of receipts) {
          group.find(({ order }) => order.order === receipt.order)?.resolve(receipt);
        }
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#running = false;
  }
}
