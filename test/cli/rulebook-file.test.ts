import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readRulebookFile, remarkLine } from '../../src/cli/rulebook-file.ts';
import { tempDir } from '../support/temp.ts';

const plain = `format: 2
cycle: { months: 12, starts: fixed }
kinds:
  - kind: course
    category: training
    measure: minute
    accept: approval
    earns: [{ rate: { points: 1, per: 1 hour } }]
targets: [{ grade: full, points: 20 }]
`;

/** Every remark on a file with this text. */
function remarks(text: string): string[] {
  const path = join(tempDir(), 'rules.yaml');
  writeFileSync(path, text);
  return readRulebookFile(path).remarks.map((remark) => remarkLine('FILE', remark));
}

const broken: [what: string, text: string, says: string][] = [
  [
    'a colon inside a text',
    plain.replace('format: 2', 'format: 2\nsays: courses: twenty hours'),
    'FILE:2:7: error: a colon too many: a text with a colon in it stands in "quotes"; or this line and the next are not indented alike',
  ],
  [
    'a tab',
    plain.replace('  - kind', '\t- kind'),
    'FILE:4:1: error: a tab stands at the beginning of the line: indent with spaces',
  ],
  [
    'a field that stands twice, as where an item lacks its hyphen',
    plain.replace('accept: approval', 'measure: unit'),
    'FILE:7:5: error: the field measure stands twice: leave one out, or begin the next item of the list with "- "',
  ],
  [
    'a field that is not indented like the others of its item',
    plain.replace('    accept', '   accept'),
    'FILE:7:1: error: fields of one item stand exactly below each other; a further item begins with "- "',
  ],
  [
    'a bracket that is not closed',
    plain.replace('starts: fixed }', 'starts: fixed'),
    'FILE:3:1: error: a { or [ before this is not closed',
  ],
  [
    'a text that YAML takes for an alias',
    plain.replace('format: 2', 'format: 2\nsays: *important*'),
    'FILE:2:7: error: a text that begins with * stands in "quotes"',
  ],
];

describe('a file of a rulebook', () => {
  for (const [what, text, says] of broken) {
    it(`that is no YAML: one remark, in plain words, on ${what}`, () => {
      expect(remarks(text)).to.deep.equal([says]);
    });
  }

  it('may name something once and use it again, as YAML lets it', () => {
    const kind =
      '  - { kind: talk, category: *its, measure: unit, accept: approval, earns: [{ points: 1 }] }\n';
    const twice = plain
      .replace('category: ', 'category: &its ')
      .replace('targets', `${kind}targets`);
    expect(remarks(twice)).to.deep.equal([]);
  });

  it('with a name that nothing has: the nearest is offered', () => {
    const limit = 'limits: [{ name: a, of: { kinds: [corse] }, per: cycle, entries: 1 }]\n';
    expect(remarks(plain + limit)).to.deep.equal([
      'FILE:10:34: error: there is no kind corse (is course meant?); there are: course',
    ]);
  });

  it('with an empty list where names are expected: it says so', () => {
    const [says] = remarks(`${plain}exemptGrades: []\n`);
    expect(says).to.match(
      /^FILE:10:15: error: exemptGrades: an empty list stands here; a list of names/,
    );
  });

  it('with a share of nothing: it says of what there are shares', () => {
    const limit = 'limits: [{ name: a, of: {}, per: cycle, most: { share: 1/3 } }]\n';
    expect(remarks(plain + limit)[0]).to.contain(
      'limits.a.most.of is missing: target, or { kinds, categories,',
    );
  });

  it('in prose: it names the fields that must be there, and not all that there are', () => {
    expect(remarks('Twenty hours a year.\n')[0]).to.contain(
      '"Twenty hours a year." stands here; { format, cycle, kinds, targets, … } is expected',
    );
  });
});
