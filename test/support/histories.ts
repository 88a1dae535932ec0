import fc from 'fast-check';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { type Chronicle, chronicle, kidOf } from './chronicle.ts';
import { approve, claim, reject, restate, review, revoke } from './history-claims.ts';
import { bringIn, correct, erase } from './history-corrections.ts';
import {
  appointment,
  byAdmin,
  panel,
  people,
  scheme,
  streamOf,
  type Told,
} from './history-told.ts';
import { plainKind, plainRulebook } from './plain-rulebook.ts';

const rulebook = plainRulebook(
  [plainKind('course', { category: 'training', points: 100 })],
  [{ grade: 'full', points: 2_000 }],
);

/** Histories that keep every rule: claims in all their lives, corrections, an absorption, erasures. */
export const histories: fc.Arbitrary<StoredEvent[]> = fc
  .array(fc.nat(9_999), { minLength: 30, maxLength: 160 })
  .map((choices) => shown(historyOf(choices)));

function historyOf(choices: readonly number[]): StoredEvent[] {
  const said = chronicle();
  begin(said);
  let next = 0;
  const pick = (of: number): number => (choices[next++] ?? 0) % of;
  const told: Told = { said, claims: [], broughtIn: [], pick };
  let absorbed = false;
  while (next < choices.length) {
    const step = pick(14);
    if (step < 3) claim(told);
    else if (step < 6) approve(told);
    else if (step === 6) reject(told);
    else if (step === 7) revoke(told);
    else if (step === 8) review(told);
    else if (step === 9) restate(told);
    else if (step === 10) bringIn(told);
    else if (step === 11) correct(told);
    else if (step === 12) erase(told);
    else if (!absorbed) {
      absorbed = true;
      const [survivor = ''] = people.members;
      said.say(
        streamOf(survivor),
        [{ type: 'Absorbed', data: { duplicate: people.double } }],
        byAdmin,
      );
      said.say(streamOf(people.double), [{ type: 'MergedInto', data: { survivor } }], byAdmin);
    }
  }
  return said.events;
}

/** In a counterexample a history is the types of its facts: the rest follows from the choices. */
function shown(events: StoredEvent[]): StoredEvent[] {
  const text = () => events.map(({ type, stream }) => `${type} ${stream.slice(0, 11)}`).join(', ');
  return Object.defineProperty(events, fc.toStringMethod, { value: text, enumerable: false });
}

function begin(said: Chronicle): void {
  const from = '2026-01-01';
  said.say(`scheme-${scheme}`, [
    {
      type: 'AssessorAppointed',
      data: {
        appointmentId: appointment,
        person: people.assessor,
        delegates: [people.delegate],
        categories: ['training', 'self-study'],
        mostPoints: 500,
        from,
      },
    },
    { type: 'PanelConstituted', data: { panelId: panel, members: people.panel, quorum: 2, from } },
    { type: 'RulebookPublished', data: { version: 1, effectiveFrom: '2020-01-01', rulebook } },
  ]);
  for (const person of [...people.members, people.double]) {
    const registered = { person, kid: kidOf(person), grade: 'full', on: from };
    const joined = { scheme, on: '2023-01-01', anchor: '2023-01-01' };
    said.say(streamOf(person), [{ type: 'Registered', data: registered }], byAdmin);
    said.say(streamOf(person), [{ type: 'SchemeJoined', data: joined }], byAdmin);
  }
}
