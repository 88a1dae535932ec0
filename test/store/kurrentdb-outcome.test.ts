import * as client from '@eventstore/db-client';
import { Metadata } from '@grpc/grpc-js';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { NoAnswer, type OutcomeKind, outcomeOf } from '../../src/store/kurrentdb-outcome.ts';

function service(code: number, details: string, exception = ''): never {
  const metadata = new Metadata();
  if (exception !== '') metadata.set('exception', exception);
  metadata.set('stream-name', 'ledger.member-1');
  metadata.set('leader-endpoint-host', '127.0.0.1');
  metadata.set('leader-endpoint-port', '2113');
  metadata.set('expected-version', '3');
  metadata.set('maximum-append-size', '1048576');
  return { code, details, metadata, message: `${code} : ${details}` } as never;
}

/** As the client makes its errors of what a server answers. */
const converted = (code: number, details: string, exception = '') =>
  client.convertToCommandError(service(code, details, exception));

const wrong = new client.WrongExpectedVersionError(null as never, {
  streamName: 's',
  expected: 'no_stream',
  current: 4n,
});
const wrongOfNone = new client.WrongExpectedVersionError(null as never, {
  streamName: 's',
  expected: 3n,
  current: 'no_stream',
});

/** What was thrown, in words; the thing itself; what it means. */
const table: [string, unknown, OutcomeKind][] = [
  ['a wrong expected version, whose message is empty', wrong, 'conflict'],
  ['a wrong expected version of a stream that is not there', wrongOfNone, 'conflict'],
  ['a node that has gone', converted(14, 'Connection dropped'), 'retry'],
  ['a node that ends its connections', converted(13, 'Received RST_STREAM with code 2'), 'retry'],
  ['a call that a node cancelled', converted(1, 'Call cancelled by the server'), 'retry'],
  ['a deadline of the client', converted(4, 'Deadline exceeded'), 'retry'],
  ['a deadline without code and message', new client.DeadlineExceededError(), 'retry'],
  ['a server that stops a call as too slow', converted(10, 'Timeout'), 'retry'],
  ['a server that has no memory left', converted(8, 'Resource exhausted'), 'retry'],
  [
    'a server that is not ready, known by its words',
    new client.UnknownError(undefined, 'Could not recognize Server Is Not Ready'),
    'retry',
  ],
  [
    'a server that is busy, known by its words',
    new client.UnknownError(undefined, 'Could not recognize Server Is Busy'),
    'retry',
  ],
  ['an unknown error without code and message', new client.UnknownError(), 'retry'],
  ['a node that is no leader', converted(5, 'Leader info available', 'not-leader'), 'retry'],
  [
    'a cluster without a leader, a plain Error',
    new Error('Failed to discover after 10 attempts.'),
    'retry',
  ],
  ['an address that nobody listens at', systemError('ECONNREFUSED'), 'retry'],
  ['a name that nobody knows', systemError('ENOTFOUND'), 'retry'],
  ['a timer of ours', new NoAnswer('no answer within 5000 ms: read'), 'retry'],
  ['a login that is refused', converted(16, 'Unauthenticated'), 'refused'],
  ['a login without the right', converted(7, 'Access Denied', 'access-denied'), 'refused'],
  ['a right that an append lacks, without a message', new client.AccessDeniedError(), 'refused'],
  ['a permission that is denied by code alone', converted(7, 'Permission denied'), 'refused'],
  [
    'an append that is too large',
    converted(3, 'Maximum Append Size', 'maximum-append-size-exceeded'),
    'refused',
  ],
  ['an argument that is wrong', converted(3, 'Invalid argument'), 'refused'],
  ['a server that lacks a method', converted(12, 'Unimplemented'), 'refused'],
  ['a server that is too old', new client.UnsupportedError('x', '22.10'), 'refused'],
  ['a stream that was deleted', converted(9, 'Deleted', 'stream-deleted'), 'gone'],
  ['a deleted stream, in an append', client.StreamDeletedError.fromStreamName('s'), 'gone'],
  ['a defect of the client', new TypeError('undefined is not iterable'), 'broken'],
  ['data that was lost', converted(15, 'Data loss'), 'broken'],
  ['an unknown error with words that nobody knows', converted(2, 'Something happened'), 'broken'],
  ['no Error at all', 'Impossible situation', 'broken'],
  ['nothing', undefined, 'broken'],
];

function systemError(code: string): Error {
  return Object.assign(new Error(`connect ${code} 127.0.0.1:2113`), { code });
}

describe('what the client of KurrentDB throws', () => {
  for (const [what, thrown, kind] of table) {
    it(`is ${kind}: ${what}`, () => {
      const outcome = outcomeOf(thrown);
      expect(outcome.kind).to.equal(kind);
      expect(outcome.message)
        .to.be.a('string')
        .and.match(/^[^\n]+$/);
    });
  }

  it('says where a stream ends that is elsewhere', () => {
    expect([wrong, wrongOfNone].map((error) => outcomeOf(error).actual)).to.deep.equal([4n, -1n]);
  });

  it('is told without what gRPC adds when it has nothing to add', () => {
    const refused = converted(14, 'No connection established. Resolution note:');
    expect(outcomeOf(refused).message).to.equal('14 : No connection established.');
  });

  it('is known for every type of error that an append, a read or a subscription can give', () => {
    const other = /^(persistent-|maximum-subscribers|user-|scavenge-|invalid-transaction)/;
    const types = Object.values(client.ErrorType as Record<string, string>).filter(
      (type) => !other.test(type),
    );
    const untold = types.filter((type) => outcomeOf({ type, message: '' }).kind === 'broken');
    // Of a stream that is not there the client's reader makes an empty stream before this.
    expect(untold).to.have.members(['stream-not-found', 'no-stream', 'not-found']);
  });
});
