/** An append as it reaches the server. */
export interface ArrivedAppend {
  readonly stream: string;
  readonly ids: readonly string[];
}

/**
 * What the server does with an append:
 * - `answer`: as it should;
 * - `swallow`: nothing, for ever;
 * - `write-and-swallow`: writes, and never answers;
 * - `break`, `write-and-break`: the connection breaks before or after writing;
 * - `fail-stream`, `write-and-fail-stream`: the call ends with UNAVAILABLE before or after writing;
 * - `not-leader`: names the leader; `not-ready`: an error that the client has no name for;
 * - `timeout`, `access-denied`, `too-large`, `no-details`: errors of the server, the last one without what it is about;
 * - `conflict`: says that the stream is elsewhere, though it may be there by this very append;
 * - `{ until }`: as it should, once this is settled.
 */
export type AppendBehaviour =
  | 'answer'
  | 'swallow'
  | 'write-and-swallow'
  | 'break'
  | 'write-and-break'
  | 'fail-stream'
  | 'write-and-fail-stream'
  | 'not-leader'
  | 'not-ready'
  | 'timeout'
  | 'access-denied'
  | 'too-large'
  | 'no-details'
  | 'conflict'
  | { readonly until: Promise<void> };

/** Decides for each append what becomes of it. */
export type AppendFaults = (append: ArrivedAppend) => AppendBehaviour;

/** Behaves badly for the first appends, in this order, and well afterwards. */
export function firstly(...behaviours: readonly AppendBehaviour[]): AppendFaults {
  const left = [...behaviours];
  return () => left.shift() ?? 'answer';
}
