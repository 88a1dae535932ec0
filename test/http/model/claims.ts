import { course } from '../../support/society.ts';
import type { Model, ModelClaim, ModelLine } from './model.ts';
import * as rules from './model.ts';
import { act, type Real } from './real.ts';

/** A line as it is asked for: a kind of the rulebook, and whole hours. */
export interface Asked {
  kind: string;
  hours: number;
}

const POINTS_OF_AN_HOUR: Record<string, number> = { course: 100, reading: 50 };
const reason = 'because of what was seen';

export function bodyOf(asked: readonly Asked[]): { lines: unknown[] } {
  const [line] = course.lines;
  const lines = asked.map(({ kind, hours }) => ({
    ...line,
    kind,
    quantity: { amount: hours * 60, unit: 'minute' },
  }));
  return { lines };
}

/** The lines as claimed; reading counts on recording, and is approved at once. */
async function linesOf(real: Real, claim: string, asked: readonly Asked[]): Promise<ModelLine[]> {
  const path = `/v1/members/${real.member}/claims/${claim}`;
  const shown = (await real.society.clients.auditor.get(path)).body.lines;
  return asked.map(({ kind, hours }, n) => ({
    id: shown[n].line.lineId,
    points: hours * (POINTS_OF_AN_HOUR[kind] ?? 0),
    state: kind === 'reading' ? 'approved' : 'submitted',
    approval: shown[n].approval,
  }));
}

export async function claim(model: Model, real: Real, asked: readonly Asked[]): Promise<void> {
  const answer = await act(real, model, 'member', '/claims', bodyOf(asked), 'done');
  if (answer !== undefined) await claimed(model, real, answer.body.ids.claim, asked);
}

export async function claimed(
  model: Model,
  real: Real,
  id: string,
  asked: readonly Asked[],
): Promise<void> {
  const nothing = { reviews: new Map(), rejections: new Map(), appeals: new Map() };
  const states = { returned: false, withdrawn: undefined, erased: false };
  model.claims.push({ id, lines: await linesOf(real, id, asked), ...states, ...nothing });
}

export async function amend(
  of: ModelClaim,
  { lines }: { lines: Asked[] },
  model: Model,
  real: Real,
): Promise<void> {
  const path = `/claims/${of.id}/amendments`;
  const done = await act(real, model, 'member', path, bodyOf(lines), rules.whole(of, 'amend'));
  if (done === undefined) return;
  of.lines = await linesOf(real, of.id, lines);
  of.returned = false;
}

export async function withdraw(of: ModelClaim, _: object, model: Model, real: Real): Promise<void> {
  const path = `/claims/${of.id}/withdrawals`;
  const done = await act(real, model, 'member', path, {}, rules.whole(of, 'withdraw'));
  if (done !== undefined) of.withdrawn = done.body.events[0].id;
}

export async function giveBack(of: ModelClaim, _: object, model: Model, real: Real): Promise<void> {
  const path = `/claims/${of.id}/returns`;
  const done = await act(real, model, 'first', path, { reason }, rules.whole(of, 'return'));
  if (done !== undefined) of.returned = true;
}

/** Approves or rejects some of the lines: those whose bit is set, or the first. */
export async function decide(
  of: ModelClaim,
  { which, reject }: { which: number; reject: boolean },
  model: Model,
  real: Real,
): Promise<void> {
  const chosen = of.lines.filter((_line, n) => (which >> n) % 2 === 1);
  const lines = chosen.length > 0 ? chosen : of.lines.slice(0, 1);
  const expected = rules.deciding(of, lines);
  const ids = lines.map(({ id }) => id);
  const body = reject ? { lines: ids, reason } : { lines: ids.map((lineId) => ({ lineId })) };
  const path = `/claims/${of.id}/${reject ? 'rejections' : 'approvals'}`;
  const done = await act(real, model, 'first', path, body, expected);
  if (done === undefined) return;
  const event = done.body.events[0].id as string;
  for (const line of lines) line.state = reject ? 'rejected' : 'approved';
  if (reject) of.rejections.set(event, { lines: ids, overruled: false, final: false });
  else for (const line of lines) line.approval = event;
}

export async function revoke(
  of: ModelClaim,
  { which, ended }: { which: number; ended: boolean },
  model: Model,
  real: Real,
): Promise<void> {
  const line = of.lines[which % of.lines.length] as ModelLine;
  if (line.approval === undefined) return;
  const kind = ended ? 'ended' : 'void';
  const effect = ended ? { kind, from: '2026-06-01' } : { kind };
  const body = { approval: line.approval, lines: [line.id], effect, reason };
  const path = `/claims/${of.id}/revocations`;
  const done = await act(real, model, 'second', path, body, rules.revoking(of, line, kind));
  if (done !== undefined) line.state = ended ? 'ended' : 'revoked';
}

export async function review(
  of: ModelClaim,
  { which }: { which: number },
  model: Model,
  real: Real,
): Promise<void> {
  const approval = of.lines[which % of.lines.length]?.approval;
  if (approval === undefined) return;
  const path = `/claims/${of.id}/reviews`;
  const expected = rules.reviewing(of, approval);
  const done = await act(real, model, 'second', path, { approval, reason }, expected);
  if (done !== undefined) of.reviews.set(done.body.events[0].id, approval);
}

export async function closeReview(
  of: ModelClaim,
  { which, won }: { which: number; won: boolean },
  model: Model,
  real: Real,
): Promise<void> {
  const [id, approval] = [...of.reviews][which % Math.max(1, of.reviews.size)] ?? [];
  if (id === undefined || approval === undefined) return;
  const body = { outcome: won ? 'upheld' : 'overturned', reason };
  const path = `/claims/${of.id}/reviews/${id}/outcomes`;
  const done = await act(real, model, 'second', path, body, rules.ofKey(of));
  if (done === undefined) return;
  of.reviews.delete(id);
  if (!won) rules.overturn(of, approval);
}

export async function appeal(
  of: ModelClaim,
  { which }: { which: number },
  model: Model,
  real: Real,
): Promise<void> {
  const [rejection] = [...of.rejections.keys()].slice(which % Math.max(1, of.rejections.size));
  if (rejection === undefined) return;
  const open = [...of.appeals.values()].includes(rejection);
  const { overruled, final } = of.rejections.get(rejection) ?? {};
  const refused = open ? 'appeal-open' : final ? 'appeal-dismissed' : undefined;
  const expected = overruled ? 'line-not-rejected' : (refused ?? rules.ofKey(of));
  const path = `/claims/${of.id}/appeals`;
  const done = await act(real, model, 'member', path, { rejection, reason }, expected);
  if (done !== undefined) of.appeals.set(done.body.events[0].id, rejection);
}

export async function decideAppeal(
  of: ModelClaim,
  { which, won, second }: { which: number; won: boolean; second: boolean },
  model: Model,
  real: Real,
): Promise<void> {
  const [id, rejection] = [...of.appeals][which % Math.max(1, of.appeals.size)] ?? [];
  if (id === undefined || rejection === undefined) return;
  const body = { outcome: won ? 'upheld' : 'dismissed', reason };
  const expected = second ? rules.ofKey(of) : 'first-decider';
  const path = `/claims/${of.id}/appeals/${id}/outcomes`;
  const done = await act(real, model, second ? 'second' : 'first', path, body, expected);
  if (done === undefined) return;
  of.appeals.delete(id);
  const against = of.rejections.get(rejection)?.lines ?? [];
  if (!won) of.rejections.set(rejection, { lines: against, overruled: false, final: true });
  if (!won) return;
  for (const line of of.lines) if (against.includes(line.id)) line.state = 'submitted';
  of.rejections.set(rejection, { lines: against, overruled: true, final: false });
}
