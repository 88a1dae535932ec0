import type { MemberDerived, SkillDerived } from '../projections/capability/cell.ts';
import type { CreditTold } from '../projections/capability/derivation.ts';

/** Why somebody is in a figure, or is not: where they are, what they have, and by which facts. */
export function memberLines(
  { member, absorbed, counted, placed, skills }: MemberDerived,
  said = counted ? 'counted' : 'not counted',
): string[] {
  const places = placed.map(({ council, name, grade, people, type }) => {
    const where = name === undefined ? council : `${name} (${type})`;
    return `  ${people / 100} at ${where}, ${grade}`;
  });
  const also = absorbed.length === 0 ? '' : `, who was ${absorbed.join(', ')}, too`;
  return [`${member}${also}: ${said}`, ...places, ...skills.flatMap(skillLines)];
}

function skillLines({ name, level, current, counted, credits }: SkillDerived): string[] {
  const state = level === undefined ? 'nothing runs' : `${level}, ${current ? 'current' : 'stale'}`;
  const heading = `  ${name}: ${state}${counted ? '' : ' (not in this figure)'}`;
  return [heading, ...credits.map(creditLine)];
}

const words: Record<CreditTold['verdict'], string> = {
  counts: 'counts',
  'counts-as-stale': 'counts, as stale',
  lower: 'lower than what counts',
  stale: 'stale, while another is current',
  'not-yet': 'true only later',
  over: 'over by then',
  'taken-back': 'taken back',
  'other-source': 'of another source',
};

function creditLine(credit: CreditTold): string {
  const { verdict, level, source, observedOn, until, validUntil, version, fact, by } = credit;
  const days = [
    `observed ${observedOn}`,
    ...(until === undefined ? [] : [`until ${until}`]),
    ...(validUntil === undefined ? [] : [`valid until ${validUntil}`]),
  ];
  const facts = [
    `fact ${fact.index} ${fact.type} ${fact.id}`,
    ...(by === undefined ? [] : [`then ${by.index} ${by.type} ${by.id}`]),
  ];
  const said = `${level} (${source}, version ${version}), ${days.join(', ')}`;
  return `    ${words[verdict]}: ${said}; ${facts.join('; ')}`;
}
