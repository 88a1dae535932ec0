import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { AuthoredRulebook } from '../../src/scheme/rulebook.ts';
import { remarksOn } from '../../src/scheme/rulebook-check.ts';
import { rulebookSchema } from '../../src/scheme/rulebook-schema.ts';
import { base, examples } from './rulebook-examples.ts';

describe('examples of docs/reference/rulebook.md', () => {
  it('are there for every field of a rulebook', () => {
    const fields = Object.keys(rulebookSchema().properties ?? {});
    const plain = ['$schema', 'format', 'says'];
    expect(Object.keys(examples).sort()).to.deep.equal(
      fields.filter((name) => !plain.includes(name)).sort(),
    );
  });

  for (const [field, all] of Object.entries({ base: [{ yaml: base }], ...examples })) {
    for (const [n, { yaml }] of all.entries()) {
      it(`${field}, ${n + 1}: a rulebook without a remark`, () => {
        const example = parse(yaml) as object;
        if (field !== 'base') expect(example).to.have.property(field);
        const rulebook = AuthoredRulebook.parse({ ...parse(base), ...example });
        expect(remarksOn(rulebook)).to.deep.equal([]);
      });
    }
  }
});
