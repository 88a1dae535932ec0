import { digestOfItems } from '../../src/commands/correction.ts';
import type { AnyNewFact } from '../../src/events/registry.ts';
import type { Actor } from '../../src/events/shapes.ts';
import { idOf } from './chronicle.ts';
import { byAdmin, people, scheme, streamOf, type Told } from './history-told.ts';

export function bringIn({ said, broughtIn, pick }: Told): void {
  const member = people.members[pick(people.members.length)] as string;
  const data = { scheme, cycle: '2025', category: 'training', points: 100 * (1 + pick(9)) };
  const [stored] = said.say(streamOf(member), [{ type: 'PointsBroughtIn', data }], byAdmin);
  broughtIn.push({ member, eventId: stored?.id ?? '' });
}

/** Retracts points that were brought in, or adjusts them. */
export function correct({ said, broughtIn, pick }: Told): void {
  const [item] = broughtIn.splice(pick(Math.max(1, broughtIn.length)), 1);
  if (item === undefined) return;
  const retracts = pick(2) === 0;
  const points = { scheme, cycle: '2025', category: 'training', points: -50 };
  const change = retracts ? { kind: 'retract' as const } : { kind: 'adjust' as const, ...points };
  const correction = idOf(`correction ${said.events.length}`);
  const items = [{ person: item.member, eventId: item.eventId }];
  const digest = digestOfItems(items);
  const reasons = ['entered-wrongly'];
  const proposed = {
    predicate: { by: 'fact' as const },
    asOf: said.events.length,
    count: 1,
    parts: 1,
  };
  const stream = `correction-${correction}`;
  said.say(
    stream,
    [
      {
        type: 'CorrectionProposed',
        data: { ...proposed, digest, change, reasons, proposedBy: people.admin },
      },
      { type: 'CorrectionItemsListed', data: { part: 1, items } },
    ],
    byAdmin,
  );
  const decided = { digest, decidedBy: [people.second], decidedOn: said.today(), reasons: [] };
  const bySecond: Actor = { id: people.second, role: 'admin' };
  said.say(stream, [{ type: 'CorrectionApproved', data: decided }], bySecond);
  const { eventId } = item;
  const carried: AnyNewFact = retracts
    ? { type: 'FactRetracted', data: { eventId, reasons, correction } }
    : { type: 'PointsAdjusted', data: { ...points, correction, corrects: eventId } };
  said.say(streamOf(item.member), [carried], bySecond);
  said.say(stream, [{ type: 'CorrectionCompleted', data: { applied: 1, skipped: [] } }], bySecond);
}

export function erase({ said, claims, pick }: Told): void {
  const chosen = claims.filter(({ over }) => !over)[pick(20)];
  if (chosen === undefined) return;
  chosen.over = true;
  const kids = chosen.evidence === undefined ? [chosen.kid] : [chosen.kid, chosen.evidence];
  const data = { scope: 'claim' as const, kids, part: 1, parts: 1 };
  said.say(streamOf(chosen.member), [{ type: 'Erased', data }], byAdmin);
}
