/** How a ledger's service is reached. */
export interface Access {
  /** Of the service, without a path, as `pdl serve` says it. */
  readonly url: string;
  /** The bearer token, asked for at every request: so one that has ended can be replaced. */
  readonly token: () => string | Promise<string>;
  /** Milliseconds after which a request counts as unanswered; 30,000 if not told. */
  readonly requestMs?: number;
  /** What sends; the platform's own if not told. */
  readonly fetch?: typeof fetch;
}
