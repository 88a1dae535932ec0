import type { ErrorCode, YAMLError } from 'yaml';

/** The parser’s findings that people who write rulebooks run into, in words that say what would be right. */
const words: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab stands at the beginning of the line: indent with spaces',
  BLOCK_AS_IMPLICIT_KEY:
    'a colon too many: a text with a colon in it stands in "quotes"; or this line and the next are not indented alike',
  MULTILINE_IMPLICIT_KEY: 'a field is expected here, as "name: value"',
  BAD_INDENT: 'the line is not indented like those that it belongs to',
  BAD_SCALAR_START: 'a text that begins like this stands in "quotes"',
  BLOCK_IN_FLOW: 'a comma is missing before this: inside { } and [ ] commas part what stands there',
  MULTIPLE_DOCS: '--- begins a second rulebook here: a file holds one',
};

/** What is wrong with the YAML of a file, in plain words. */
export function yamlFault({ code, pos, message }: YAMLError, text: string): string {
  if (code === 'DUPLICATE_KEY') {
    const name = /^[^\s:]*/.exec(text.slice(pos[0]))?.[0];
    return `the field ${name} stands twice: leave one out, or begin the next item of the list with "- "`;
  }
  if (message.startsWith('Flow')) return 'a { or [ before this is not closed';
  if (message.startsWith('Sequence item')) {
    return 'fields of one item stand exactly below each other; a further item begins with "- "';
  }
  if (message.startsWith('Missing closing')) return 'a text in quotes is not closed';
  return words[code] ?? `this cannot be read: ${message}`;
}
