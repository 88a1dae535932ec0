import { setTimeout as sleep } from 'node:timers/promises';
import { status as codes, type ServerWritableStream } from '@grpc/grpc-js';
import type { Cable } from '../../support/cable.ts';
import { streams } from './definitions.ts';
import type { Fault, Faults } from './faults.ts';
import type { Kept, Log } from './log.ts';
import { callError, nameOf, readResponse, streamIdentifier } from './wire.ts';

type ReadReq = import('@eventstore/db-client/generated/streams_pb.js').ReadReq;
type ReadResp = import('@eventstore/db-client/generated/streams_pb.js').ReadResp;
type Options = NonNullable<ReturnType<ReadReq['getOptions']>>;
export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

export interface Served {
  log: Log;
  faults: Faults;
  cable(): Cable;
}

/** The one call that reads a stream, reads the log and subscribes, by what its options say. */
export function handleRead(served: Served, call: ReadCall): void {
  const options = call.request.getOptions();
  if (options === undefined) throw new Error('a read without options');
  const answering = options.hasSubscription()
    ? subscribe(served, call, options)
    : options.hasStream()
      ? readStream(served, call, options)
      : readAll(served, call, options);
  answering.catch((error: unknown) => call.destroy(error as Error));
}

async function readStream(served: Served, call: ReadCall, options: Options): Promise<void> {
  const fault = served.faults.take('readStream');
  const name = nameOf(options.getStream()?.getStreamIdentifier());
  if (served.log.isDeleted(name)) {
    const more = { exception: 'stream-deleted', 'stream-name': name };
    fail(call, callError(codes.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, more));
    return;
  }
  const stored = served.log.stream(name);
  if (stored === undefined) {
    const response = new streams.ReadResp();
    const missing = new streams.ReadResp.StreamNotFound();
    missing.setStreamIdentifier(streamIdentifier(name));
    response.setStreamNotFound(missing);
    await answer(served, call, [], fault, response);
    return;
  }
  const from = options.getStream();
  const first = from?.hasRevision() ? Number(from.getRevision()) : 0;
  const seen = fault === 'lag' ? stored.slice(0, -1) : stored;
  const events = seen.filter(({ revision }) => revision >= first);
  await answer(served, call, events.slice(0, Number(options.getCount())), fault);
}

async function readAll(served: Served, call: ReadCall, options: Options): Promise<void> {
  const fault = served.faults.take('readAll');
  const backwards = options.getReadDirection() === 1;
  const from = placeOf(options);
  const events = backwards
    ? served.log.all.toReversed()
    : served.log.all.filter(({ position }) => position >= from);
  await answer(served, call, events.slice(0, Number(options.getCount())), fault);
}

async function answer(
  served: Served,
  call: ReadCall,
  events: readonly Kept[],
  fault: Fault | undefined,
  instead?: ReadResp,
): Promise<void> {
  if (fault === 'not-leader') {
    const leader = {
      'leader-endpoint-host': '127.0.0.1',
      'leader-endpoint-port': `${served.cable().port}`,
    };
    const more = { exception: 'not-leader', ...leader };
    fail(call, callError(codes.NOT_FOUND, 'Leader info available', more));
    return;
  }
  if (fault === 'not-ready') {
    fail(call, callError(codes.UNAVAILABLE, 'Server Is Not Ready'));
    return;
  }
  if (fault === 'slow') await sleep(200);
  if (fault === 'cut-before') return served.cable().cut();
  if (instead !== undefined) call.write(instead);
  const whole = fault === 'half' ? events.slice(0, events.length / 2) : events;
  for (const event of whole) await written(call, event);
  if (fault === 'silent') return;
  if (fault === 'half') {
    await sleep(20);
    return served.cable().cut();
  }
  call.end();
}

async function subscribe(served: Served, call: ReadCall, options: Options): Promise<void> {
  const { log, faults } = served;
  const fault = faults.take('subscribe');
  const regex = new RegExp(options.getFilter()?.getEventType()?.getRegex() ?? '');
  // Exclusive, where a read is inclusive.
  let place = options.getAll()?.hasPosition() ? placeOf(options) : -1;
  const confirmed = new streams.ReadResp();
  confirmed.setConfirmation(new streams.ReadResp.SubscriptionConfirmation());
  call.write(confirmed);
  if (fault === 'silent') return;
  if (fault === 'cut-before') return served.cable().cut();
  if (fault === 'not-ready') {
    fail(call, callError(codes.UNAVAILABLE, 'Server Is Not Ready'));
    return;
  }
  let sending = false;
  const send = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    for (let event = next(); event !== undefined && !call.cancelled; event = next()) {
      place = event.position;
      if (regex.test(event.type)) await written(call, event);
      if (fault === 'cut-after') return served.cable().cut();
      if (fault === 'end') return void call.end();
    }
    sending = false;
  };
  const next = (): Kept | undefined => {
    const at = firstAfter(log.all, place);
    return log.all[at];
  };
  const stop = log.onAppend(() => void send());
  call.on('cancelled', stop);
  call.on('close', stop);
  await send();
}

/** Ends the call with a status, as a server does. */
function fail(call: ReadCall, error: Error): void {
  call.emit('error', error);
}

/** The log is sorted by position. */
function firstAfter(all: readonly Kept[], place: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle] as Kept).position <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeOf(options: Options): number {
  const all = options.getAll();
  return all?.hasPosition() ? Number(all.getPosition()?.getCommitPosition()) : 0;
}

/** Goes at the reader's pace. */
async function written(call: ReadCall, event: Kept): Promise<void> {
  if (call.write(readResponse(event)) || call.cancelled) return;
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
