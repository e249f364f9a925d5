import { createServer, connect, type Server, type Socket } from 'node:net';

/** A port before the server: its connections can be cut, frozen, and refused, as a network or a killed process does. */
export class TcpFront {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #isFrozen = false;
  /** Of the server behind. */
  target = 0;
  /** What clients connect to; stays the same when it was closed and opened again. */
  port = 0;

  constructor() {
    this.#server = createServer((socket) => this.#accept(socket));
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (this.#server.address() as { port: number }).port;
  }

  /** Refuses connections from now on, and cuts those that are open. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.cut();
    await closed;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Takes what comes and passes nothing on, in either direction, as a stopped process does. */
  freeze(): void {
    this.#isFrozen = true;
    for (const socket of this.#sockets) socket.pause();
  }

  thaw(): void {
    this.#isFrozen = false;
    for (const socket of this.#sockets) socket.resume();
  }

  #accept(near: Socket): void {
    const far = connect(this.target, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => undefined);
      one.on('data', (bytes) => other.write(bytes));
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      if (this.#isFrozen) one.pause();
    }
  }
}
