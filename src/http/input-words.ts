import type { z } from 'zod';

/** What is wrong with an input, in words, where its schema has none of its own: what stands there, what is expected. */
export function inputWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const expected = `${types[issue.expected] ?? issue.expected} is expected`;
      return issue.input === undefined ? `it is missing: ${expected}` : expected;
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      const one = values.length === 1 ? values.join() : `one of ${values.join(', ')}`;
      return `${issue.input === undefined ? 'it is missing: ' : ''}${one} is expected`;
    }
    case 'unrecognized_keys':
      return `there is no field ${issue.keys.join(', ')} here`;
    case 'too_small':
      return `at least ${counted(issue.minimum, issue.origin)} expected`;
    case 'too_big':
      return `at most ${counted(issue.maximum, issue.origin)} expected`;
    case 'invalid_format':
      return issue.format === 'uuid' ? 'an id is expected: a UUID in lower case' : undefined;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor} is expected`;
    case 'invalid_union':
      return issue.input === undefined
        ? 'it is missing'
        : 'what stands here is of none of the shapes that are expected';
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return undefined;
  }
}

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** So many characters of a text, items of a list; of a number itself. */
function counted(count: number | bigint, origin: string): string {
  const what = { string: 'character', array: 'item' }[origin];
  if (what === undefined) return `${count} is`;
  return Number(count) === 1 ? `1 ${what} is` : `${count} ${what}s are`;
}
