import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { sendUnaryData, ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import { conflict, failed, identifier, nameOf } from './messages.js';
import type { Expected, Outcome, Proposed } from './server-log.js';

/** A call of the BatchAppend method. */
export type BatchCall = ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>;
/** A call of the Append method. */
export type UnaryCall = ServerReadableStream<streams.AppendReq, streams.AppendResp>;

/** An append whose parts have all come. */
export interface WholeAppend {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly Proposed[];
  /** Milliseconds since 1970 by the client's clock. */
  readonly deadline: number;
}

/** What the server answers to one append of many; nothing when it never does. */
export type Answer =
  Outcome | 'too-large' | 'timeout' | 'access-denied' | 'not-ready' | 'no-details' | undefined;

interface OpenAppend {
  readonly options: streams.BatchAppendReq.Options | undefined;
  readonly events: Proposed[];
}

/** Puts together what the parts of appends say, and answers each by its correlation id. */
export function serveBatch(call: BatchCall, take: (append: WholeAppend) => Promise<Answer>): void {
  const open = new Map<string, OpenAppend>();
  const answer = async (part: streams.BatchAppendReq, append: WholeAppend): Promise<void> => {
    const taken = await take(append);
    if (taken === undefined || call.cancelled) return;
    const response = batchAnswer(taken).setStreamIdentifier(identifier(append.stream));
    call.write(response.setCorrelationId(part.getCorrelationId()));
  };
  call.on('data', (part: streams.BatchAppendReq) => {
    const id = structured(part.getCorrelationId());
    const append = open.get(id) ?? { options: part.getOptions(), events: [] };
    append.events.push(...part.getProposedMessagesList().map(proposed));
    open.set(id, append);
    if (!part.getIsFinal()) return;
    open.delete(id);
    void answer(part, whole(append)).catch(() => undefined);
  });
  call.on('error', () => undefined);
  call.on('end', () => call.end());
}

function whole({ options, events }: OpenAppend): WholeAppend {
  return {
    stream: nameOf(options?.getStreamIdentifier()),
    expected: expectedIn(options),
    events,
    deadline: Number(options?.getDeadline()?.getSeconds() ?? 0) * 1_000,
  };
}

/** The older method: one append a call. */
export function serveUnary(
  call: UnaryCall,
  callback: sendUnaryData<streams.AppendResp>,
  take: (append: WholeAppend) => Promise<Answer>,
): void {
  let options: streams.AppendReq.Options | undefined;
  const events: Proposed[] = [];
  call.on('data', (part: streams.AppendReq) => {
    options ??= part.getOptions();
    const message = part.getProposedMessage();
    if (message !== undefined) events.push(proposed(message));
  });
  call.on('error', () => undefined);
  call.on('end', () => {
    const stream = nameOf(options?.getStreamIdentifier());
    void take({ stream, expected: expectedIn(options), events, deadline: Infinity }).then(
      (answer) => {
        if (typeof answer === 'object') callback(null, unaryAnswer(answer));
      },
      () => undefined,
    );
  });
}

function structured(id: shared.UUID | undefined): string {
  const parts = id?.getStructured();
  if (parts === undefined) return id?.getString() ?? '';
  return `${parts.getMostSignificantBits()}/${parts.getLeastSignificantBits()}`;
}

type ProposedMessage = streams.BatchAppendReq.ProposedMessage | streams.AppendReq.ProposedMessage;

function proposed(message: ProposedMessage): Proposed {
  return {
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function expectedIn(
  options: streams.BatchAppendReq.Options | streams.AppendReq.Options | undefined,
): Expected {
  if (options === undefined || options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return BigInt(
    'getStreamPosition' in options ? options.getStreamPosition() : options.getRevision(),
  );
}

function batchAnswer(answer: NonNullable<Answer>): streams.BatchAppendResp {
  const response = new streams.BatchAppendResp();
  if (typeof answer === 'string') return response.setError(failures[answer]());
  if ('current' in answer) return response.setError(conflict(answer.current));
  const position = new shared.AllStreamPosition()
    .setCommitPosition(answer.position.toString())
    .setPreparePosition(answer.position.toString());
  return response.setSuccess(
    new streams.BatchAppendResp.Success()
      .setCurrentRevision(answer.revision.toString())
      .setPosition(position),
  );
}

const failures = {
  'too-large': () =>
    failed(
      'Maximum Append Size Exceeded',
      'event_store.client.MaximumAppendSizeExceeded',
      new shared.MaximumAppendSizeExceeded().setMaxappendsize(1_048_576).serializeBinary(),
    ),
  timeout: () =>
    failed('Timeout', 'event_store.client.Timeout', new shared.Timeout().serializeBinary()),
  'access-denied': () =>
    failed(
      'Access Denied',
      'event_store.client.AccessDenied',
      new shared.AccessDenied().serializeBinary(),
    ),
  'no-details': () => new status.Status().setMessage('Unknown'),
  'not-ready': () =>
    failed('Server Is Not Ready', 'google.protobuf.Empty', new shared.Empty().serializeBinary()),
};

function unaryAnswer(outcome: Outcome): streams.AppendResp {
  const response = new streams.AppendResp();
  if ('current' in outcome) {
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (outcome.current === undefined) wrong.setCurrentNoStream(new shared.Empty());
    else wrong.setCurrentRevision(outcome.current.toString());
    return response.setWrongExpectedVersion(wrong);
  }
  return response.setSuccess(
    new streams.AppendResp.Success()
      .setCurrentRevision(outcome.revision.toString())
      .setNoPosition(new shared.Empty()),
  );
}
