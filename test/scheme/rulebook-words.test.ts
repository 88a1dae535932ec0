import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { AuthoredRulebook, Rulebook } from '../../src/scheme/rulebook.ts';
import { authoredForm, quantityText } from '../../src/scheme/rulebook-authored.ts';
import { remarksOn } from '../../src/scheme/rulebook-check.ts';
import { differences } from '../../src/scheme/rulebook-diff.ts';
import { type JsonSchema, rulebookSchema } from '../../src/scheme/rulebook-schema.ts';
import { authored, measures } from '../../src/scheme/rules/scalars.ts';
import { plainKind, plainRulebook } from '../support/plain-rulebook.ts';

const plain = plainRulebook(
  [plainKind('course', { category: 'training', points: 100 })],
  [{ grade: 'full', points: 2_000 }],
);

function fromFile(file: string): Rulebook {
  return AuthoredRulebook.parse(parse(readFileSync(join('rulebooks', file), 'utf8')));
}

describe('a rulebook as people would write it', () => {
  for (const file of readdirSync('rulebooks')) {
    it(`${file}: written out and read again it is the same`, () => {
      const rulebook = fromFile(file);
      expect(AuthoredRulebook.parse(authoredForm(rulebook))).to.deep.equal(rulebook);
    });
  }

  it('keeps every amount, whatever its measure', () => {
    const amount = fc.record({
      amount: fc.integer({ min: 1, max: 10_000_000 }),
      unit: fc.constantFrom(...measures),
    });
    fc.assert(
      fc.property(amount, (quantity) => {
        expect(authored.quantity.parse(quantityText(quantity))).to.deep.equal(quantity);
      }),
    );
    expect(quantityText({ amount: 60, unit: 'minute' })).to.equal('1 hour');
    expect(quantityText({ amount: 50, unit: 'minute' })).to.equal('50 minutes');
  });
});

describe('differences between rulebooks', () => {
  it('are none where both say the same', () => {
    expect(differences(plain, structuredClone(plain))).to.deep.equal([]);
  });

  it('name rule and field, in points and amounts as people write them', () => {
    const limit = {
      name: 'talks',
      of: {},
      per: 'cycle' as const,
      most: { share: { num: 1, den: 3 }, of: 'target' as const },
    };
    const now: Rulebook = {
      ...plain,
      cycle: { months: 36, starts: 'fixed' },
      kinds: [...plain.kinds, plainKind('talk', { category: 'training', points: 50 })],
      targets: [{ grade: 'full', points: 6_050 }],
      limits: [limit],
    };
    expect(differences(plain, now)).to.deep.equal([
      'kind talk is new: { accept: approval, category: training, earns: [{ rate: { per: 1 hour, points: 0.5 } }], measure: minute }',
      'target of full, points: 20 becomes 60.5',
      'limit talks is new: { most: { of: target, share: 1/3 }, of: {  }, per: cycle }',
      'cycle, months: 12 becomes 36',
    ]);
    expect(differences(now, plain)).to.include('limit talks is no more');
  });
});

describe('remarks on a rulebook', () => {
  it('point at the second of two rules of one name, in whichever list it stands', () => {
    const rule = { name: 'same', of: {}, per: 'cycle' as const };
    const book: Rulebook = {
      ...plain,
      limits: [{ ...rule, entries: 3 }],
      steps: [{ ...rule, to: 100 }],
    };
    expect(remarksOn(book)).to.deep.equal([
      { level: 'error', path: ['steps', 0], says: 'same stands twice: each has a name of its own' },
    ]);
    const other = { ...book, steps: [{ ...rule, name: 'other', to: 100 }] };
    expect(remarksOn(other)).to.deep.equal([]);
  });

  it('warn of a class of relief that nobody is granted, and not of one that is', () => {
    const of = (name: string): Rulebook => ({
      ...plain,
      reliefs: [{ class: name, effect: 'by-month' }],
    });
    expect(remarksOn(of('long-leave'))).to.deep.equal([
      {
        level: 'warning',
        path: ['reliefs', 0, 'class'],
        says: 'no relief is granted in class long-leave, so this never applies; classes are class-a, class-b, class-c, class-d',
      },
    ]);
    expect(remarksOn(of('class-a'))).to.deep.equal([]);
  });

  it('warn of a period where the cycle has none', () => {
    const limits = [{ name: 'few', of: {}, per: 'period' as const, entries: 3 }];
    expect(remarksOn({ ...plain, limits }).map(({ path }) => path)).to.deep.equal([
      ['limits', 0, 'per'],
    ]);
    const halves = { ...plain.cycle, periodMonths: 6 };
    expect(remarksOn({ ...plain, cycle: halves, limits })).to.deep.equal([]);
  });
});

describe('a requirement that is made good in the time of grace', () => {
  const requirement = { name: 'ethics', of: {}, per: 'cycle' as const, entries: 1, grace: true };
  const of = (cycle: object, more: object = {}): Rulebook => ({
    ...plain,
    cycle: { ...plain.cycle, ...cycle },
    requirements: [{ ...requirement, ...more }],
  });

  it('is warned of where no cycle has such a time', () => {
    expect(remarksOn(of({})).map(({ path }) => path)).to.deep.equal([['requirements', 0, 'grace']]);
    expect(remarksOn(of({ graceMonths: 3 }))).to.deep.equal([]);
  });

  it('asks for an amount, entries or works of a cycle, and is nothing else', () => {
    const isRulebook = (more: object): boolean =>
      Rulebook.safeParse(of({ graceMonths: 3 }, more)).success;
    expect(isRulebook({})).to.equal(true);
    expect(isRulebook({ per: { months: 36 } })).to.equal(false);
    expect(isRulebook({ entries: undefined, noGapOver: 3 })).to.equal(false);
    expect(isRulebook({ entries: undefined, least: { points: 3 } })).to.equal(false);
  });
});

describe('the JSON Schema of rulebooks', () => {
  it('says of every field what it means', () => {
    const silent: string[] = [];
    const look = (schema: JsonSchema, path: string): void => {
      for (const [name, field] of Object.entries(schema.properties ?? {})) {
        if (field.description === undefined) silent.push(`${path}.${name}`);
        look(field, `${path}.${name}`);
      }
      if (schema.items !== undefined) look(schema.items, `${path}[]`);
      for (const option of schema.anyOf ?? []) look(option, path);
    };
    look(rulebookSchema(), '');
    expect(silent).to.deep.equal([]);
  });

  it('leaves out steps of a hundredth: an editor would find 0.3 wrong', () => {
    expect(JSON.stringify(rulebookSchema())).not.to.contain('multipleOf');
    expect(authored.points.safeParse(0.3).success).to.equal(true);
    expect(authored.points.safeParse(0.305).success).to.equal(false);
  });
});
