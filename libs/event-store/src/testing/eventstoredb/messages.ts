import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { Metadata, status as Code, type ServiceError } from '@grpc/grpc-js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Held } from './server-log.js';

/** An error of a call as the server sends it: a code, and in the trailers what it is about. */
export function callError(
  code: Code,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): ServiceError {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

/** @see callError */
export function notLeader(host: string, port: number): ServiceError {
  return callError(Code.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });
}

/** How a subscription ends that is not taken as fast as events come. */
export function tooSlow(): ServiceError {
  const why = 'Consumer too slow to handle event while live. Client resubscription required.';
  return callError(Code.ABORTED, `Operation timed out: ${why}`);
}

/** An event in an answer to a read. */
export function eventMessage(held: Held): streams.ReadResp {
  const position = held.position.toString();
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  event.setId(new shared.UUID().setString(held.id));
  event.setStreamIdentifier(identifier(held.stream));
  event.setStreamRevision(held.revision.toString());
  event.setCommitPosition(position).setPreparePosition(position);
  event.setData(held.data).setCustomMetadata(held.metadata);
  event
    .getMetadataMap()
    .set('type', held.type)
    .set('content-type', held.contentType)
    .set('created', held.created.toString());
  const read = new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(position);
  return new streams.ReadResp().setEvent(read);
}

/** The answer to a read of a stream that is not there. */
export function streamNotFound(stream: string): streams.ReadResp {
  return new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier(stream)),
  );
}

/** Stream name as the API sends it: bytes. */
export function identifier(stream: string): shared.StreamIdentifier {
  return new shared.StreamIdentifier().setStreamName(Uint8Array.from(Buffer.from(stream)));
}

/** @see identifier */
export function nameOf(id: shared.StreamIdentifier | undefined): string {
  return Buffer.from(id?.getStreamName_asU8() ?? []).toString();
}

/** An error of one append among many: the call goes on. */
export function failed(message: string, type: string, details: Uint8Array): status.Status {
  const packed = new any.Any();
  packed.pack(details, type);
  return new status.Status().setMessage(message).setDetails(packed);
}

/** The conflict of one append among many. */
export function conflict(current: bigint | undefined): status.Status {
  const details = new shared.WrongExpectedVersion();
  if (current === undefined) details.setCurrentNoStream(new empty.Empty());
  else details.setCurrentStreamRevision(current.toString());
  details.setExpectedAny(new empty.Empty());
  const bytes = details.serializeBinary();
  return failed('WrongExpectedVersion', 'event_store.client.WrongExpectedVersion', bytes);
}
