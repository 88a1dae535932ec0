import { v4 } from 'uuid';
import { amendClaim, assignClaim, claimActivity } from '../src/commands/claim.ts';
import {
  approveClaim,
  rejectClaim,
  returnClaim,
  revokeApproval,
} from '../src/commands/decide-claim.ts';
import { joinScheme } from '../src/commands/membership.ts';
import { register } from '../src/commands/register.ts';
import { appointAssessor, publishRulebook } from '../src/commands/scheme.ts';
import { type Act, actOn, as, system, type Who } from '../src/demo/act.ts';
import type { Random } from '../src/demo/random.ts';
import { newIdOf } from '../src/events/ids.ts';
import type { OpenLedger } from '../src/main/open.ts';
import type { Rulebook } from '../src/scheme/rulebook.ts';

/** Facts of one member: registered, in a scheme, and claims in the years since. */
export const FACTS_OF_MEMBER = 50;
const MODELS = 40;
const ASSESSORS = 10;

/** Who and what the measured commands are about. */
export interface Society {
  scheme: string;
  assessors: string[];
}

/** A claim of two lines with five texts, as the contract's figures are about. */
export function claimBody(random: Random) {
  const year = random.int(2021, 2025);
  const line = (kind: 'course' | 'conference', amount: number) => {
    const month = String(random.int(1, 12)).padStart(2, '0');
    const from = `${year}-${month}-${String(random.int(1, 27)).padStart(2, '0')}`;
    return { kind, quantity: { amount, unit: 'minute' as const }, from, ...TEXTS };
  };
  const { reflection: _one, ...second } = line('conference', 60 * random.int(1, 8));
  return { lines: [line('course', 30 * random.int(1, 12)), second] };
}

const TEXTS = {
  title: 'Buying cloud services well: frameworks, call-offs and exit plans',
  provider: 'Invented Training for Councils Ltd',
  reflection:
    'We compared two call-offs of our own with the examples. The exit plan was missing in both, so that I have put it on the list for every renewal from now on, with a named owner and a date.',
};

const kind = (name: string, category: string) => ({
  kind: name,
  category,
  measure: 'minute' as const,
  accept: 'approval' as const,
  earns: [{ rate: { points: 100, per: { amount: 60, unit: 'minute' as const } } }],
});

/** A year of 20 points, of which training is at most 15; half a year's may be carried on. */
const rulebook: Rulebook = {
  format: 2,
  cycle: { months: 12, starts: 'fixed' },
  kinds: [kind('course', 'training'), kind('conference', 'events')],
  targets: [{ grade: 'full', points: 2_000 }],
  limits: [
    {
      name: 'training',
      of: { categories: ['training'] },
      per: 'cycle',
      most: { points: 1_500 },
    },
  ],
  carry: { name: 'on', of: {}, most: { points: 1_000 } },
};

/** Makes, by real commands, a scheme with assessors and members with all their facts. */
export async function makeModels(ledger: OpenLedger, random: Random): Promise<Society> {
  const act = actOn(ledger);
  const setup = system('setup');
  const book = { version: 1, effectiveFrom: '2020-01-01', rulebook };
  const { subject: scheme } = await act.begin(publishRulebook, { who: setup, body: book });
  const assessors: string[] = [];
  for (let count = 0; count < ASSESSORS; count++) {
    const person = await ledger.vault.enterPerson(v4());
    const body = { person, from: '2020-01-01' };
    await act.run(appointAssessor, { subject: scheme, who: setup, body });
    assessors.push(person);
  }
  const society = { scheme, assessors };
  const model = (_: unknown, number: number) =>
    makeModel(ledger, act, society, random.of(`model ${number}`), number);
  await Promise.all(Array.from({ length: MODELS }, model));
  return society;
}

async function makeModel(
  ledger: OpenLedger,
  act: Act,
  { scheme, assessors }: Society,
  random: Random,
  number: number,
): Promise<void> {
  const body = {
    name: `Model Member ${number}`,
    email: `model-${number}@example.org`,
    number: `M${1_000 + number}`,
    grade: 'full',
    on: '2020-06-01',
  };
  const { person } = await register(ledger, { ...act.ask(system('import')), raw: body, body });
  const member = as('member', { id: person });
  const joining = { scheme, on: '2020-06-01' };
  await act.run(joinScheme, { subject: person, who: member, body: joining });
  const story = { act, person, member, assessor: as('assessor', { id: random.pick(assessors) }) };
  for (let left = FACTS_OF_MEMBER - 2; left > 0; ) left -= await claimStory(story, random, left);
}

interface Story {
  act: Act;
  person: string;
  member: Who;
  assessor: Who;
}

/** One claim from its beginning to an end that `left` facts allow. @returns how many facts it took */
async function claimStory(story: Story, random: Random, left: number): Promise<number> {
  const { act, person: subject, member, assessor } = story;
  const body = claimBody(random);
  const { commandId } = await act.run(claimActivity, { subject, who: member, body });
  const path = { claim: newIdOf(commandId, 'claim') };
  let by = commandId;
  const lineIds = () => [0, 1].map((at) => newIdOf(by, `line/${at}`));
  const of = { subject, path };
  const approve = () =>
    act.run(approveClaim, {
      ...of,
      who: assessor,
      body: { lines: lineIds().map((lineId) => ({ lineId })) },
    });
  const chance = random.next();
  if (left === 1 || chance < 0.05) return 1;
  if (chance < 0.1) {
    const { id } = assessor.actor;
    await act.run(assignClaim, { ...of, who: assessor, body: { assessor: id } });
    return 2;
  }
  if (chance < 0.2) {
    const said = { lines: lineIds(), reason: 'This is outside what the scheme counts.' };
    await act.run(rejectClaim, { ...of, who: assessor, body: said });
    return 2;
  }
  if (chance < 0.3 && left >= 4) {
    const asked = { reason: 'For how long did you take part on the second day?' };
    await act.run(returnClaim, { ...of, who: assessor, body: asked });
    by = (await act.run(amendClaim, { ...of, who: member, body })).commandId;
    await approve();
    return 4;
  }
  const approval = (await approve()).events[0]?.id ?? '';
  if (chance > 0.95 && left >= 3) {
    const effect = { kind: 'void' as const };
    const said = { approval, effect, reason: 'The provider says that nobody came.' };
    await act.run(revokeApproval, { ...of, who: assessor, body: said });
    return 3;
  }
  return 2;
}
