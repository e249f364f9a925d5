import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { setTimeout } from 'node:timers/promises';
import { eventMessage, nameOf, streamNotFound, tooSlow } from './messages.js';
import type { Held, ServerLog } from './server-log.js';

/** A call of the Read method. */
export type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

type Options = streams.ReadReq.Options;

/** How reads and subscriptions are served, looked at for each event. */
export interface Serving {
  readonly slowness: number;
  readonly isPushing: boolean;
  readonly isRepeating: boolean;
  readonly counts: { tooSlow: number };
}

/** Events that a real server (23.10) holds back for a subscription that is slow: twice its buffer of 32. */
const HELD_BACK = 64;

/** Serves a read of a stream, of $all, or a subscription to $all, until it ends or its client goes. */
export async function serveRead(call: ReadCall, log: ServerLog, how: Serving): Promise<void> {
  const options = call.request.getOptions() ?? new streams.ReadReq.Options();
  if (options.hasSubscription()) {
    subscribe(call, options, log, how);
    return;
  }
  for (const event of asked(heldOf(call, options, log), options)) {
    if (how.slowness > 0) await setTimeout(how.slowness);
    if (call.cancelled) break;
    if (!call.write(eventMessage(event))) await drained(call);
  }
  call.end();
}

function heldOf(call: ReadCall, options: Options, log: ServerLog): readonly Held[] {
  if (!options.hasStream()) return log.all;
  const name = nameOf(options.getStream()?.getStreamIdentifier());
  const held = log.stream(name);
  if (held === undefined) call.write(streamNotFound(name));
  return held ?? [];
}

/** Forwards from a position or revision inclusive, backwards from before a position, or from the end. */
function asked(held: readonly Held[], options: Options): readonly Held[] {
  const isBackwards =
    options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  const from = start(held, options);
  const count = Number(options.getCount());
  return isBackwards
    ? held.slice(0, from).reverse().slice(0, count)
    : held.slice(from, from + count);
}

function start(held: readonly Held[], options: Options): number {
  const stream = options.getStream();
  if (stream === undefined) return startInAll(held, options.getAll());
  if (stream.hasEnd()) return held.length;
  return stream.hasRevision() ? Number(stream.getRevision()) : 0;
}

function startInAll(held: readonly Held[], all: ReturnType<Options['getAll']>): number {
  if (all?.hasEnd() === true) return held.length;
  const position = all?.getPosition()?.getCommitPosition();
  return position === undefined ? 0 : firstFrom(held, BigInt(position));
}

function firstFrom(held: readonly Held[], position: bigint): number {
  let [low, high] = [0, held.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((held[middle]?.position ?? position) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** From after a position on, those whose stream begins with a prefix; says when it has caught up. */
function subscribe(call: ReadCall, options: Options, log: ServerLog, how: Serving): void {
  const prefixes = options.getFilter()?.getStreamIdentifier()?.getPrefixList() ?? [''];
  const position = options.getAll()?.getPosition()?.getCommitPosition();
  let next = position === undefined ? 0 : firstFrom(log.all, BigInt(position) + 1n);
  let heldBack = 0;
  let stop = (): void => undefined;
  const push = (): void => {
    if (!how.isPushing) return;
    const events = log.all.slice(next);
    next = log.all.length;
    for (const event of how.isRepeating ? [...events, ...events] : events) {
      if (!prefixes.some((prefix) => event.stream.startsWith(prefix))) continue;
      heldBack = call.write(eventMessage(event)) ? 0 : heldBack + 1;
    }
  };
  const pushLive = (): void => {
    push();
    if (heldBack <= HELD_BACK) return;
    stop();
    how.counts.tooSlow += 1;
    call.emit('error', tooSlow());
  };
  call.on('drain', () => (heldBack = 0));
  const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('1');
  call.write(new streams.ReadResp().setConfirmation(confirmation));
  push();
  heldBack = 0;
  call.write(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
  stop = log.onAppend(pushLive);
  call.on('cancelled', () => stop());
  call.on('close', () => stop());
}

async function drained(call: ReadCall): Promise<void> {
  await new Promise<void>((resolve) => {
    const go = (): void => {
      call.off('drain', go);
      call.off('cancelled', go);
      resolve();
    };
    call.on('drain', go);
    call.on('cancelled', go);
  });
}
