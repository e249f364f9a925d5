import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import {
  Server,
  ServerCredentials,
  status,
  type Metadata,
  type sendUnaryData,
  type ServiceError,
} from '@grpc/grpc-js';
import {
  serveBatch,
  serveUnary,
  type Answer,
  type BatchCall,
  type UnaryCall,
  type WholeAppend,
} from './appends.js';
import { LOCALHOST, type Certified } from './certificate.js';
import { gossipOf, supportedMethods } from './discovery.js';
import type { AppendFaults } from './faults.js';
import { callError, notLeader } from './messages.js';
import { serveRead, type ReadCall } from './reads.js';
import { ServerLog } from './server-log.js';
import { TcpFront } from './tcp-front.js';

/** How a double is made. */
export interface DoubleOptions {
  readonly log?: ServerLog;
  /** Whether appends share one call; servers before 21.10 have none of that. */
  readonly batch?: boolean;
  /** With TLS, by a certificate that only `certificate.ts` vouches for, and Basic authentication. */
  readonly login?: { readonly username: string; readonly password: string };
  /** What it shows with TLS; of localhost when nothing is said. */
  readonly certified?: Certified;
}

/** A server that speaks EventStoreDB's gRPC API in this process, as far as the ledger uses it, with its faults. */
export class EventStoreDbDouble {
  #log: ServerLog;
  /** What becomes of appends. */
  faults: AppendFaults = () => 'answer';
  /** Port of the leader when it is another one. */
  leader: number | undefined;
  /** Ports that gossip knows, the leader's first; its own alone when nothing is said. */
  members: readonly number[] | undefined;
  /** Appends that came, by method; subscriptions that were ended because they were slow. */
  readonly counts = { batch: 0, unary: 0, forwardedToNobody: 0, tooSlow: 0 };
  /** Whether reads and subscriptions are answered; those that are not wait. */
  isReading = true;
  /** Whether subscriptions are told of what is appended. */
  isPushing = true;
  /** Whether subscriptions are told of everything twice. */
  isRepeating = false;
  /** Milliseconds before each event of a read. */
  slowness = 0;
  readonly #front = new TcpFront();
  readonly #batch: boolean;
  #certified: Certified;
  #server: Server | undefined;
  readonly #calls = new Set<BatchCall | ReadCall>();

  private constructor(private readonly options: DoubleOptions) {
    this.#log = options.log ?? new ServerLog();
    this.#batch = options.batch ?? true;
    this.#certified = options.certified ?? LOCALHOST;
  }

  /** A running server on a free port of the loopback. */
  static async start(options: DoubleOptions = {}): Promise<EventStoreDbDouble> {
    const double = new EventStoreDbDouble(options);
    await double.up();
    return double;
  }

  get log(): ServerLog {
    return this.#log;
  }

  /** As after a restore: connections break, and clients find another log. */
  replaceLog(log: ServerLog): void {
    this.#log = log;
    this.#front.cut();
  }

  /** Tells subscriptions of what they were not told. */
  push(): void {
    this.isPushing = true;
    this.log.wake();
  }

  get port(): number {
    return this.#front.port;
  }

  /** Connection string of this one node. */
  get url(): string {
    return this.options.login === undefined
      ? `esdb://127.0.0.1:${this.port}?tls=false`
      : `esdb://${this.options.login.username}:${this.options.login.password}@localhost:${this.port}?tls=true`;
  }

  /** Starts, on the port it had before if it ran already. */
  async up(): Promise<void> {
    await this.#serve();
    await this.#front.open();
  }

  /** Shows another certificate from now on, on the same port; every connection breaks. */
  async show(certified: Certified): Promise<void> {
    const before = this.#server;
    this.#certified = certified;
    await this.#serve();
    this.cut();
    before?.forceShutdown();
  }

  /** Ends as a killed process does. */
  async down(): Promise<void> {
    await this.#front.close();
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  /** Breaks every connection. */
  cut(): void {
    this.#front.cut();
  }

  /** Answers nothing more and keeps the connections, as a stopped process does. */
  freeze(): void {
    this.#front.freeze();
  }

  thaw(): void {
    this.#front.thaw();
  }

  /** Ends every call of a kind with an error. */
  failCalls(kind: 'append' | 'read', code = status.UNAVAILABLE): void {
    for (const call of this.#calls) {
      const isAppend = call.getPath().endsWith('/BatchAppend');
      if (isAppend === (kind === 'append')) call.emit('error', callError(code, 'made to fail'));
    }
  }

  async #serve(): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    server.addService(streamsGrpc.StreamsService, this.#streams());
    server.addService(featuresGrpc.ServerFeaturesService, supportedMethods(this.#batch));
    server.addService(
      gossipGrpc.GossipService,
      gossipOf(() => this.members ?? [this.port]),
    );
    const isSecure = this.options.login !== undefined;
    this.#front.target = await bound(server, isSecure ? this.#certified : undefined);
    this.#server = server;
  }

  #streams(): streamsGrpc.IStreamsServer {
    const untold = (_: unknown, callback: (error: ServiceError) => void): void =>
      callback(callError(status.UNIMPLEMENTED, 'not part of the double'));
    return {
      read: (call: ReadCall) => {
        if (this.#turnedAway(call) || !this.isReading) return;
        void serveRead(call, this.log, this);
      },
      batchAppend: (call: BatchCall) => {
        if (this.#turnedAway(call)) return;
        serveBatch(call, async (append) => {
          this.counts.batch += 1;
          // The server's clock against the client's: what is due already is not tried.
          if (append.deadline < this.log.clock()) return 'timeout';
          if (!this.#leads(call.metadata)) return undefined;
          return this.#take(append, (error) => call.emit('error', error));
        });
      },
      append: (call: UnaryCall, callback: sendUnaryData<streams.AppendResp>) => {
        const refusal = this.#refusal(call.metadata);
        if (refusal !== undefined) {
          callback(refusal);
          return;
        }
        serveUnary(call, callback, async (append) => {
          this.counts.unary += 1;
          return this.#take(append, (error) => callback(error));
        });
      },
      delete: untold,
      tombstone: untold,
    };
  }

  async #take(append: WholeAppend, fail: (error: ServiceError) => void): Promise<Answer> {
    const ids = append.events.map(({ id }) => id);
    const behaviour =
      this.leader === undefined ? this.faults({ stream: append.stream, ids }) : 'not-leader';
    if (typeof behaviour === 'object') {
      await behaviour.until;
      return this.#write(append);
    }
    if (behaviour === 'answer') return this.#write(append);
    if (behaviour === 'conflict') return { current: this.log.revisionOf(append.stream) };
    if (STRAIGHT.has(behaviour)) return behaviour as Answer;
    if (behaviour.startsWith('write')) this.#write(append);
    return this.#misbehave(behaviour, fail);
  }

  #misbehave(behaviour: string, fail: (error: ServiceError) => void): undefined {
    if (behaviour.endsWith('break')) this.cut();
    if (behaviour.endsWith('fail-stream')) fail(callError(status.UNAVAILABLE, 'going down'));
    if (behaviour === 'not-leader') fail(notLeader('127.0.0.1', this.leader ?? this.port));
  }

  #write({ stream, expected, events }: WholeAppend): Answer {
    return this.log.append(stream, expected, events);
  }

  /** One that does not lead takes appends of those who do not ask for a leader, and may lose them. */
  #leads(metadata: Metadata): boolean {
    if (this.leader === undefined || metadata.get('requires-leader')[0] === 'true') return true;
    this.counts.forwardedToNobody += 1;
    return false;
  }

  #turnedAway(call: BatchCall | ReadCall): boolean {
    const refusal = this.#refusal(call.metadata);
    if (refusal === undefined) {
      this.#calls.add(call);
      call.on('close', () => this.#calls.delete(call));
      return false;
    }
    call.on('error', () => undefined);
    call.emit('error', refusal);
    return true;
  }

  #refusal(metadata: Metadata): ServiceError | undefined {
    const { login } = this.options;
    const basic = Buffer.from(`${login?.username}:${login?.password}`).toString('base64');
    if (login !== undefined && metadata.get('authorization')[0] !== `Basic ${basic}`) {
      return callError(status.UNAUTHENTICATED, 'who are you');
    }
    const wantsLeader = metadata.get('requires-leader')[0] === 'true';
    if (this.leader === undefined || !wantsLeader) return undefined;
    return notLeader('127.0.0.1', this.leader);
  }
}

/** Errors of the server that say themselves. */
const STRAIGHT: ReadonlySet<string> = new Set([
  'too-large',
  'timeout',
  'access-denied',
  'not-ready',
  'no-details',
]);

async function bound(server: Server, certified: Certified | undefined): Promise<number> {
  const credentials =
    certified === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(null, [
          {
            private_key: Buffer.from(certified.key),
            cert_chain: Buffer.from(certified.certificate),
          },
        ]);
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}
