import { type status as codes, Metadata, type ServiceError } from '@grpc/grpc-js';
import { Any, shared, status, streams } from './definitions.ts';
import type { Answer, Kept } from './log.ts';

type BatchAppendResp = import('@eventstore/db-client/generated/streams_pb.js').BatchAppendResp;
type ReadResp = import('@eventstore/db-client/generated/streams_pb.js').ReadResp;
type Status = import('@eventstore/db-client/generated/status_pb.js').Status;
type Uuid = import('@eventstore/db-client/generated/shared_pb.js').UUID;

export function streamIdentifier(stream: string) {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Uint8Array.from(Buffer.from(stream, 'utf8')));
  return identifier;
}

export function nameOf(identifier: { getStreamName_asU8(): Uint8Array } | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

/** One event of a read or a subscription. */
export function readResponse(event: Kept): ReadResp {
  const record = new streams.ReadResp.ReadEvent.RecordedEvent();
  const id = new shared.UUID();
  id.setString(event.id);
  record.setId(id);
  record.setStreamIdentifier(streamIdentifier(event.stream));
  record.setStreamRevision(String(event.revision));
  record.setCommitPosition(String(event.position));
  record.setPreparePosition(String(event.position));
  // Ticks of 100 ns, since 1970 as the client takes them.
  record.getMetadataMap().set('created', String(event.created * 10_000));
  record.getMetadataMap().set('type', event.type);
  record.getMetadataMap().set('content-type', event.contentType);
  record.setData(event.data);
  record.setCustomMetadata(event.metadata);
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(record);
  read.setCommitPosition(String(event.position));
  const response = new streams.ReadResp();
  response.setEvent(read);
  return response;
}

export function batchResponse(id: Uuid, stream: string, answer: Answer): BatchAppendResp {
  const response = new streams.BatchAppendResp();
  response.setCorrelationId(id);
  response.setStreamIdentifier(streamIdentifier(stream));
  switch (answer.kind) {
    case 'stored': {
      const success = new streams.BatchAppendResp.Success();
      const position = new shared.AllStreamPosition();
      position.setCommitPosition(String(answer.position));
      position.setPreparePosition(String(answer.position));
      success.setCurrentRevision(String(answer.revision));
      success.setPosition(position);
      response.setSuccess(success);
      return response;
    }
    case 'wrong': {
      const wrong = new shared.WrongExpectedVersion();
      if (answer.current >= 0) wrong.setCurrentStreamRevision(String(answer.current));
      const bytes = wrong.serializeBinary();
      response.setError(refusal('event_store.client.WrongExpectedVersion', bytes));
      return response;
    }
    case 'deleted': {
      const bytes = new shared.StreamDeleted().serializeBinary();
      response.setError(refusal('event_store.client.StreamDeleted', bytes));
      return response;
    }
  }
}

/** An answer that is none: a server that is not ready, or that gave up waiting for its followers. */
export function batchFailure(id: Uuid, stream: string, why: 'not-ready' | 'timeout') {
  const response = new streams.BatchAppendResp();
  response.setCorrelationId(id);
  response.setStreamIdentifier(streamIdentifier(stream));
  const nothing = new Uint8Array();
  response.setError(
    why === 'timeout'
      ? refusal('event_store.client.Timeout', nothing)
      : refusal('google.protobuf.Empty', nothing, 'Server Is Not Ready'),
  );
  return response;
}

function refusal(type: string, bytes: Uint8Array, message = ''): Status {
  const details = new Any();
  details.pack(bytes, type);
  const error = new status.Status();
  error.setMessage(message);
  error.setDetails(details);
  return error;
}

/** An error of a whole call, as a real server words it. */
export function callError(code: codes, details: string, more: Record<string, string> = {}) {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(more)) metadata.set(name, value);
  const error: Partial<ServiceError> = { code, details, metadata };
  return Object.assign(new Error(details), error);
}
