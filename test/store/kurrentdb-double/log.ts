/** An event as it crosses the wire: bytes, and what stands beside them. */
export interface Sent {
  id: string;
  type: string;
  contentType: string;
  data: Uint8Array;
  metadata: Uint8Array;
}

/** An event as the log holds it. */
export interface Kept extends Sent {
  stream: string;
  revision: number;
  /** Commit and prepare position at once, as of every event that was not written in a transaction of old. */
  position: number;
  created: number;
}

/** A revision, -1 for a stream that is not there, -2 for any. */
export type Expected = number;

export type Answer =
  | { kind: 'stored'; revision: number; position: number }
  | { kind: 'wrong'; current: number }
  | { kind: 'deleted' };

/** What a server keeps, by the rules that a real one was seen to follow. */
export interface Log {
  readonly all: readonly Kept[];
  append(stream: string, expected: Expected, events: readonly Sent[]): Answer;
  /** Undefined where the stream is not there, or was deleted and may be written again. */
  stream(name: string): readonly Kept[] | undefined;
  /** As an operator does: for good. */
  tombstone(stream: string): void;
  isDeleted(stream: string): boolean;
  /** Removes what stands before a revision, from the stream and from the log, as scavenging does. */
  scavenge(stream: string, before: number): void;
  onAppend(listener: () => void): () => void;
}

/** Bytes of an event's frame beside what it carries. */
const FRAME = 70;

export function createLog(now: () => number): Log {
  let all: Kept[] = [];
  const streams = new Map<string, Kept[]>();
  const lengths = new Map<string, number>();
  const deleted = new Set<string>();
  const listeners = new Set<() => void>();
  let end = 0;

  const write = (stream: string, event: Sent): Kept => {
    const revision = lengths.get(stream) ?? 0;
    const kept = { ...event, stream, revision, position: end, created: now() };
    end += FRAME + stream.length + event.data.length + event.metadata.length;
    lengths.set(stream, revision + 1);
    all.push(kept);
    streams.set(stream, [...(streams.get(stream) ?? []), kept].slice(-most(stream)));
    return kept;
  };
  /** `$maxCount` of the stream's metadata. */
  const most = (stream: string): number => {
    const set = streams.get(`$$${stream}`)?.at(-1);
    if (set === undefined) return Number.MAX_SAFE_INTEGER;
    const { $maxCount } = JSON.parse(Buffer.from(set.data).toString('utf8'));
    return $maxCount ?? Number.MAX_SAFE_INTEGER;
  };
  const repeated = (stream: string, start: number, events: readonly Sent[]): Answer | undefined => {
    const stored = (streams.get(stream) ?? []).filter(({ revision }) => revision >= start);
    const last = stored[events.length - 1];
    if (last === undefined || events.some(({ id }, n) => stored[n]?.id !== id)) return undefined;
    return { kind: 'stored', revision: last.revision, position: last.position };
  };
  return {
    get all() {
      return all;
    },
    append(stream, expected, events) {
      if (deleted.has(stream)) return { kind: 'deleted' };
      const length = lengths.get(stream) ?? 0;
      if (expected !== -2 && expected !== length - 1) {
        return repeated(stream, expected + 1, events) ?? { kind: 'wrong', current: length - 1 };
      }
      const kept = events.map((event) => write(stream, event));
      for (const tell of [...listeners]) tell();
      const { revision, position } = kept.at(-1) as Kept;
      return { kind: 'stored', revision, position };
    },
    stream: (name) => streams.get(name),
    tombstone(stream) {
      const none = new Uint8Array();
      const contentType = 'application/octet-stream';
      write(stream, { id: zero, type: '$streamDeleted', contentType, data: none, metadata: none });
      deleted.add(stream);
      streams.delete(stream);
      for (const tell of [...listeners]) tell();
    },
    isDeleted: (stream) => deleted.has(stream),
    scavenge(stream, before) {
      const stays = (event: Kept): boolean => event.stream !== stream || event.revision >= before;
      all = all.filter(stays);
      streams.set(stream, (streams.get(stream) ?? []).filter(stays));
    },
    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const zero = '00000000-0000-4000-8000-000000000000';
