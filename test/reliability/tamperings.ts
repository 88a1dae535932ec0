import type { StoredEvent } from '../../src/store/event-store.ts';

/** The last fact of a type. */
export function last(facts: readonly StoredEvent[], type: string): StoredEvent {
  const found = facts.findLast((fact) => fact.type === type);
  if (found === undefined) throw new Error(`the template has no ${type}`);
  return found;
}

export function inData(index: number, from: string, to: string): string {
  return `UPDATE events SET data = replace(data, '${from}', '${to}') WHERE position = ${index}`;
}

function inMetadata(index: number, from: string, to: string): string {
  return `UPDATE events SET metadata = replace(metadata, '${from}', '${to}') WHERE position = ${index}`;
}

/** What is done to the file, the fact that is named for it, and what is said. */
export const tamperings: readonly {
  what: string;
  sql(facts: readonly StoredEvent[]): string[];
  names(facts: readonly StoredEvent[]): StoredEvent | undefined;
  says: string | RegExp;
}[] = [
  {
    what: 'a space is put into a fact',
    sql: (facts) => [inData(last(facts, 'Claimed').index, '{"claimId"', '{ "claimId"')],
    names: (facts) => last(facts, 'Claimed'),
    says: 'its data is not canonical',
  },
  {
    what: 'a fact is cut short',
    sql: (facts) => [
      `UPDATE events SET data = substr(data, 1, 40) WHERE position = ${last(facts, 'Claimed').index}`,
    ],
    names: (facts) => last(facts, 'Claimed'),
    says: 'its data is no JSON',
  },
  {
    what: 'a fact says something that none of its kind can',
    sql: (facts) => [inData(last(facts, 'ClaimApproved').index, '"points":300', '"points":-300')],
    names: (facts) => last(facts, 'ClaimApproved'),
    says: 'breaks the schema of version 1: lines.0.awards.0.points',
  },
  {
    what: 'a fact is given another id',
    sql: (facts) => [
      `UPDATE events SET id = randomblob(16) WHERE position = ${last(facts, 'Erased').index}`,
    ],
    names: () => undefined,
    says: 'its id is not that of fact 0 of its command',
  },
  {
    what: 'a fact is called another',
    sql: (facts) => [
      `UPDATE events SET type = 'AppealLodged' WHERE position = ${last(facts, 'Claimed').index}`,
    ],
    names: (facts) => last(facts, 'Claimed'),
    says: 'breaks the schema of version 1',
  },
  {
    what: 'a fact is deleted',
    sql: (facts) => [
      `DELETE FROM events WHERE position = ${last(facts, 'EvidenceAttached').index}`,
    ],
    names: (facts) => facts[last(facts, 'EvidenceAttached').index + 1],
    says: 'is expected here',
  },
  {
    what: 'a revision is skipped',
    sql: (facts) => [
      `UPDATE events SET revision = revision + 1 WHERE position = ${last(facts, 'Erased').index}`,
    ],
    names: (facts) => last(facts, 'Erased'),
    says: /revision \d+ is expected/,
  },
  {
    what: 'a fact is repeated at the end',
    sql: (facts) => [
      `INSERT INTO events SELECT (SELECT max(position) + 1 FROM events), stream,
         (SELECT max(revision) + 1 FROM events AS e WHERE e.stream = events.stream),
         clock, id, type, data, metadata FROM events WHERE position = ${last(facts, 'ClaimApproved').index}`,
    ],
    names: (facts) => last(facts, 'ClaimApproved'),
    says: /its id is that of index \d+ already/,
  },
  {
    what: 'the contents of two facts change places',
    sql: (facts) => {
      const [one, two] = facts.filter(({ type }) => type === 'Registered');
      return [one, two].map(
        (fact, n) =>
          `UPDATE events SET data = '${(n === 0 ? two : one)?.data}' WHERE position = ${fact?.index}`,
      );
    },
    names: (facts) => facts.find(({ type }) => type === 'Registered'),
    says: 'in the stream of another',
  },
  {
    what: 'the time of a fact is put back',
    sql: (facts) => [
      inMetadata(last(facts, 'Claimed').index, '"recordedAt":"20', '"recordedAt":"19'),
    ],
    names: (facts) => last(facts, 'Claimed'),
    says: 'before the fact before it in its stream',
  },
  {
    what: 'the time of a fact is put forward',
    sql: (facts) => [
      inMetadata(last(facts, 'CorrectionCompleted').index, '"recordedAt":"20', '"recordedAt":"29'),
    ],
    names: (facts) => last(facts, 'CorrectionCompleted'),
    says: /it is .+ now/,
  },
  {
    what: 'the claimant becomes the decider',
    sql: (facts) => {
      const { index, stream, data: text } = last(facts, 'ClaimApproved');
      const [decider] = JSON.parse(text).decision.decidedBy;
      return [inData(index, decider, stream.slice('member-'.length))];
    },
    names: (facts) => last(facts, 'ClaimApproved'),
    says: 'decided on their own claim',
  },
  {
    what: 'the appointment begins only later',
    sql: (facts) => [
      inData(last(facts, 'AssessorAppointed').index, '"from":"2020', '"from":"2990'),
    ],
    names: (facts) => facts.find(({ type }) => type === 'ClaimApproved'),
    says: 'was not in force',
  },
  {
    what: 'who proposed a correction becomes who approved it',
    sql: (facts) => {
      const { proposedBy } = JSON.parse(last(facts, 'CorrectionProposed').data);
      const { index, data: text } = last(facts, 'CorrectionApproved');
      return [inData(index, JSON.parse(text).decidedBy[0], proposedBy)];
    },
    names: (facts) => last(facts, 'CorrectionApproved'),
    says: 'approved their own proposal',
  },
  {
    what: 'what a correction selects becomes another fact',
    sql: (facts) => {
      const { index, data: text } = last(facts, 'CorrectionItemsListed');
      return [inData(index, JSON.parse(text).items[0].eventId, last(facts, 'Claimed').id)];
    },
    names: (facts) => last(facts, 'CorrectionApproved'),
    says: 'repeats the digest',
  },
];
