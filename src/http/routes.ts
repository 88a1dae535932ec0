/** What stands at a path, and the values of its names in braces, decoded. */
export interface Found<T> {
  at: T;
  params: Record<string, string>;
}

interface Place<T> {
  at?: T;
  words: Map<string, Place<T>>;
  /** The place of a name in braces, which takes any segment that is no word here. */
  named?: { name: string; place: Place<T> };
}

/**
 * Finds what stands at a path by one look for each of its segments, where Express tries one pattern after another.
 * As there, case does not matter in words, and neither does a slash at the end.
 *
 * @param entries paths with names in braces: `/v1/members/{member}`
 */
export function pathTable<T>(
  entries: Iterable<readonly [string, T]>,
): (path: string) => Found<T> | undefined {
  const root: Place<T> = { words: new Map() };
  for (const [path, at] of entries) placeFor(root, path).at = at;
  return (path) => find(root, path);
}

function placeFor<T>(root: Place<T>, path: string): Place<T> {
  let place = root;
  for (const segment of path.split('/').slice(1)) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined) {
      const next = place.words.get(segment) ?? { words: new Map() };
      place.words.set(segment, next);
      place = next;
      continue;
    }
    place.named ??= { name, place: { words: new Map() } };
    if (place.named.name !== name) throw new Error(`${path}: {${place.named.name}} stands there`);
    place = place.named.place;
  }
  return place;
}

/** @throws URIError where a segment is not percent-encoded as it should be */
function find<T>(root: Place<T>, path: string): Found<T> | undefined {
  const segments = path.split('/');
  if (segments.length > 2 && segments.at(-1) === '') segments.pop();
  const params: Record<string, string> = {};
  let place = root;
  for (const segment of segments.slice(1)) {
    const word = place.words.get(segment) ?? place.words.get(segment.toLowerCase());
    if (word !== undefined) {
      place = word;
    } else if (place.named !== undefined && segment !== '') {
      params[place.named.name] = decodeURIComponent(segment);
      place = place.named.place;
    } else {
      return undefined;
    }
  }
  return place.at === undefined ? undefined : { at: place.at, params };
}
