import type { Rulebook } from './rulebook.ts';
import { authoredForm } from './rulebook-authored.ts';

type Authored = Record<string, unknown>;

/** What differs between two rulebooks, in words, a line each; empty where they say the same. */
export function differences(before: Rulebook, after: Rulebook): string[] {
  const [old, now] = [authoredForm(before), authoredForm(after)];
  return [...namedLists(old, now), ...singleRules(old, now)];
}

/** Lists whose items have a name of their own. */
const lists = {
  kinds: ['kind', 'kind'],
  groups: ['group', 'group'],
  targets: ['target of', 'grade'],
  reliefs: ['relief', 'class'],
  floors: ['floor', 'name'],
  steps: ['step', 'name'],
  limits: ['limit', 'name'],
  requirements: ['requirement', 'name'],
  routes: ['route', 'name'],
} as const satisfies Partial<Record<keyof Rulebook, readonly [string, string]>>;

function namedLists(before: Authored, after: Authored): string[] {
  return Object.entries(lists).flatMap(([list, [word, key]]) => {
    const [old, now] = [before, after].map((book) =>
      byName((book[list] ?? []) as Record<string, unknown>[], key),
    ) as [Map<string, unknown>, Map<string, unknown>];
    const gone = [...old.keys()].filter((name) => !now.has(name));
    const added = [...now.keys()].filter((name) => !old.has(name));
    const kept = [...now.keys()].filter((name) => old.has(name));
    const order = orderOf(kept) === orderOf([...old.keys()].filter((name) => now.has(name)));
    return [
      ...gone.map((name) => `${word} ${name} is no more`),
      ...added.map((name) => `${word} ${name} is new: ${text(now.get(name))}`),
      ...kept.flatMap((name) => fieldsOf(`${word} ${name}`, old.get(name), now.get(name))),
      ...(order ? [] : [`${list} stand in another order`]),
    ];
  });
}

function byName(items: readonly Record<string, unknown>[], key: string): Map<string, unknown> {
  return new Map(items.map(({ [key]: name, ...rest }) => [String(name), rest]));
}

function orderOf(names: readonly string[]): string {
  return names.join(' ');
}

function singleRules(before: Authored, after: Authored): string[] {
  const { format: _old, ...old } = before;
  const { format: _now, ...now } = after;
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names]
    .filter((name) => !Object.hasOwn(lists, name))
    .sort()
    .flatMap((name) => fieldsOf(name, old[name], now[name]));
}

/** Field by field where both are objects, else the whole. */
function fieldsOf(what: string, old: unknown, now: unknown): string[] {
  if (text(old) === text(now)) return [];
  if (!isPlain(old) || !isPlain(now)) return [`${what}: ${text(old)} becomes ${text(now)}`];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names].flatMap((name) => fieldsOf(`${what}, ${name}`, old[name], now[name]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as a line of text, with keys in order. */
function text(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
  if (!isPlain(value)) return String(value);
  const fields = Object.keys(value).sort();
  return `{ ${fields.map((name) => `${name}: ${text(value[name])}`).join(', ')} }`;
}
