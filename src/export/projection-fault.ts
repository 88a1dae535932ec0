import { registry } from '../events/registry.ts';

/** What is wrong with what a file exports as `projection`, in words; undefined: nothing. */
export function faultOf(found: unknown): string | undefined {
  if (typeof found !== 'object' || found === null) {
    return 'it exports no "projection": export const projection = defineProjection({ ... }) is expected';
  }
  const { name, types, columns, ...functions } = found as Record<string, unknown>;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9_]{0,62}$/.test(name)) {
    return `name is ${JSON.stringify(name)}: lower case letters, digits and underscores are expected`;
  }
  if (!isTexts(types)) return 'types: a list of types of facts is expected';
  const unknown = types.find((type) => !registry.has(type));
  if (unknown !== undefined)
    return `types: there is no fact "${unknown}" (docs/reference/facts.md)`;
  if (!isTexts(columns) || new Set(columns).size !== columns.length) {
    return 'columns: a list of names, each once, is expected';
  }
  const lacking = ['initial', 'apply', 'rows'].find((key) => typeof functions[key] !== 'function');
  return lacking === undefined ? undefined : `${lacking}: a function is expected`;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
}
