import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { Expected, Sent } from './log.ts';
import type { Served } from './reading.ts';
import { batchFailure, batchResponse, nameOf } from './wire.ts';

type BatchAppendReq = import('@eventstore/db-client/generated/streams_pb.js').BatchAppendReq;
type BatchAppendResp = import('@eventstore/db-client/generated/streams_pb.js').BatchAppendResp;
type Options = NonNullable<ReturnType<BatchAppendReq['getOptions']>>;
type Uuid = NonNullable<ReturnType<BatchAppendReq['getCorrelationId']>>;
export type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

interface Job {
  id: Uuid;
  options: Options | undefined;
  events: Sent[];
}

/** The stream of appends: each may come in parts, and is done when its last part is there. */
export function handleBatchAppend(served: Served, call: BatchCall): void {
  const jobs = new Map<string, Job>();
  call.on('data', (request: BatchAppendReq) => {
    const id = request.getCorrelationId();
    if (id === undefined) throw new Error('an append without an id');
    const key = id.getString();
    const job = jobs.get(key) ?? { id, options: undefined, events: [] };
    jobs.set(key, job);
    job.options ??= request.getOptions();
    job.events.push(...request.getProposedMessagesList().map(sent));
    if (!request.getIsFinal()) return;
    jobs.delete(key);
    void answer(served, call, job);
  });
  call.on('end', () => call.end());
  call.on('error', () => undefined);
}

async function answer({ log, faults, cable }: Served, call: BatchCall, job: Job): Promise<void> {
  const { id, options, events } = job;
  if (options === undefined) throw new Error('an append without options');
  const stream = nameOf(options.getStreamIdentifier());
  const say = (response: BatchAppendResp): void => {
    if (!call.cancelled && !call.writableEnded) call.write(response);
  };
  const fault = faults.take('append');
  if (fault === 'not-ready') return say(batchFailure(id, stream, 'not-ready'));
  if (fault === 'cut-before') return cable().cut();
  if (fault === 'timeout-lost') return say(batchFailure(id, stream, 'timeout'));
  const response = batchResponse(id, stream, log.append(stream, expectedOf(options), events));
  if (fault === 'cut-after') return cable().cut();
  if (fault === 'silent') return;
  if (fault === 'timeout-stored') return say(batchFailure(id, stream, 'timeout'));
  if (fault === 'slow') await sleep(200);
  say(response);
}

function expectedOf(options: Options): Expected {
  if (options.hasNoStream()) return -1;
  return options.hasStreamPosition() ? Number(options.getStreamPosition()) : -2;
}

function sent(message: ReturnType<BatchAppendReq['getProposedMessagesList']>[number]): Sent {
  return {
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}
