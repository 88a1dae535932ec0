import type { AwardedClaim } from './awarded-claims.ts';
import type { QueueClaim } from './queue-claims.ts';

/** What is remembered of a claim. */
export interface KeptClaim {
  queued: QueueClaim;
  awarded: AwardedClaim;
}

/** Names are left out: there are as many texts as claims. */
type Lean = [
  submittedOn: string,
  assignee: string | 0,
  lines: [lineId: string, kind: string, waits: 0 | 1][],
  rejections: [string, readonly string[]][],
  appeals: [string, string][],
  cycles: AwardedClaim['cycles'],
  awards: [string, string, string, string, string, number][],
];

export function writeClaim({ queued, awarded }: KeptClaim): string {
  const { submittedOn, assignee = 0, lines, rejections, appeals } = queued;
  const lean: Lean = [
    submittedOn,
    assignee,
    [],
    [...rejections],
    [...appeals],
    awarded.cycles,
    awarded.awards.map((one) => [
      one.approval,
      one.line,
      one.scheme,
      one.cycle,
      one.category,
      one.points,
    ]),
  ];
  for (const [lineId, { kind, waits }] of lines) lean[2].push([lineId, kind, waits ? 1 : 0]);
  return JSON.stringify(lean);
}

export function readClaim(text: string): KeptClaim {
  const [submittedOn, assignee, lines, rejections, appeals, cycles, awards] = JSON.parse(
    text,
  ) as Lean;
  return {
    queued: {
      submittedOn,
      assignee: assignee === 0 ? undefined : assignee,
      lines: new Map(lines.map(([lineId, kind, waits]) => [lineId, { kind, waits: waits === 1 }])),
      rejections: new Map(rejections),
      appeals: new Map(appeals),
    },
    awarded: {
      cycles,
      awards: awards.map(([approval, line, scheme, cycle, category, points]) => {
        return { approval, line, scheme, cycle, category, points };
      }),
    },
  };
}
