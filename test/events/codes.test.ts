import { expect } from 'chai';
import { describe, it } from 'mocha';
import { z } from 'zod';
import * as codes from '../../src/events/codes.ts';
import { defineFact } from '../../src/events/define.ts';
import { registry } from '../../src/events/registry.ts';
import { Metadata } from '../../src/events/shapes.ts';
import { factFixtures } from '../support/fixtures.ts';
import { type Leaf, leavesIn, leavesOf } from './leaves.ts';

// What stands in a fact in clear stands there for ever, in every copy. Each list below was read by a person who
// asked: could this tell of somebody's health, family or conduct? A new one is read in the same way, here.

const capacity = 'assessor panel delegate rule attendance recognition import';
const unit = 'minute day month unit credit';
const source = 'self peer manager external recognition';
const roles = 'reviewer line-manager organisation-contact admin auditor analyst';

const approvedLists: Record<string, string> = {
  'AppealDismissed decision/capacity': capacity,
  'AppealUpheld decision/capacity': capacity,
  'ApprovalRevoked decision/capacity': capacity,
  'ApprovalRevoked effect/kind': 'void ended',
  'AuthorityGranted role': roles,
  'ClaimAmended lines/*/quantity/unit': unit,
  'ClaimApproved decision/capacity': capacity,
  'ClaimApproved lines/*/accepted/unit': unit,
  'ClaimRejected decision/capacity': capacity,
  'ClaimReturned decision/capacity': capacity,
  'Claimed lines/*/quantity/unit': unit,
  'CorrectionProposed change/kind': 'retract adjust',
  'CorrectionProposed predicate/by': 'fact',
  'CycleDetermined outcome': 'met short in-grace exempt paused not-yet-due',
  'DisclosureProfilePublished level': 'council region-by-type region nation society',
  'Erased scope': 'text claim person',
  'EvidenceAttached file/media': 'application/pdf image/png image/jpeg image/webp image/gif',
  'FrameworkSkillsListed skills/*/held': 'true',
  'InterestDeclared kind': 'employer provider colleague other',
  'LedgerOpened contractVersion': '1',
  'LedgerOpened zone': 'Europe/London',
  'OrganisationSucceeded kind': 'merger split rename',
  'Rejoined continuity': 'kept new',
  'ReliefChanged class': 'class-a class-b class-c class-d',
  'ReliefGranted class': 'class-a class-b class-c class-d',
  'ReviewOpened decision/capacity': capacity,
  'ReviewOverturned decision/capacity': capacity,
  'ReviewUpheld decision/capacity': capacity,
  'SharingGranted to/kind': 'organisation person',
  'SharingGranted what': 'standing statement skills contact',
  'SkillCredited source': source,
  'SkillReassessed source': source,
  'TableCellsListed cells/*/status': 'shown suppressed not-known',
  'TableReleased standing': 'provisional final',
};

const approvedMetadata: Record<string, string> = {
  'metadata actor/role': `member assessor ${roles} import rule setup`,
  'metadata submittedOn/source': 'paper e-mail telephone old-system',
};

const approvedCodes: Record<string, string> = {
  ActivityLevel: 'introductory intermediate advanced expert',
  ActivityRole:
    'assessor attendee author chair co-author editor mentee mentor organiser panellist participant speaker ' +
    'trainer volunteer',
  Delivery: 'in-person online recorded blended self-paced',
  ReasonCode:
    'administrative-error agreement amount-reduced attendance-corrected changed-circumstances counted-twice ' +
    'data-migration evidence-missing evidence-unclear evidence-wrong new-evidence other outside-cycle ' +
    'outside-scheme provider-notice review-sample reviewed rules-misapplied',
  Topic:
    'accessibility architecture artificial-intelligence cloud communication cyber-security data ' +
    'digital-inclusion ethics finance geography governance information-governance infrastructure law leadership ' +
    'procurement professional-practice project-delivery research service-design software sustainability',
};

/** Text in clear that is no code: names of bodies and of what is on offer, which are public. */
const approvedTexts = [
  'DisclosureProfilePublished name',
  'EntryChanged title',
  'EntryListed title',
  'FrameworkPublished levels/*/name',
  'FrameworkPublished name',
  'FrameworkSkillsListed skills/*/description',
  'FrameworkSkillsListed skills/*/levels/*/text',
  'FrameworkSkillsListed skills/*/name',
  'FrameworkSkillsListed skills/*/roles/*',
  'LedgerOpened name',
  'OrganisationDetailsChanged name',
  'OrganisationRegistered name',
  'ProfilePublished name',
  'ProfilePublished needs/*/name',
];

/** Codes whose list no schema holds, by who keeps it (docs/adr/0006-closed-lists-at-the-door.md). */
const keepers: Record<string, RegExp> = {
  'src/events/codes.ts':
    /^(\w+ (decision\/)?reasons\/\*|\w+ (lines\/\*\/)?(awards\/\*\/)?topics\/\*|Claim\w+ lines\/\*\/attributes\/(role|level|delivery)|Attendance\w+ entries\/\*\/role)$/,
  'the rulebook':
    /^(\w+ (lines\/\*\/)?(awards\/\*\/|change\/)?(kind|cycle|category)|AssessorAppointed categories\/\*)$/,
  'the framework':
    /^(\w+ (lines\/\*\/|needs\/\*\/anyOf\/\*\/)?(skills\/\*\/(levels\/\*\/)?)?level|FrameworkPublished levels\/\*\/code|FrameworkSkillsListed skills\/\*\/code|FrameworkMapped levels\/\*\/(level|to))$/,
  'an admin':
    /^((Registered|GradeChanged|Rejoined) grade|SchemeJoined track|Organisation\w+ (type|region|nation|identifiers\/\*\/(register|code)|gssCode)|ProfilePublished (needs\/\*\/need|types\/\*)|NeighboursPublished regions\/\*\/(region|neighbours\/\*))$/,
  'a report, which makes its tables from ids and codes of facts':
    /^(TableReleased query\/(report|by\/\*|filters\/\*\/(by|values\/\*))|TableCellsListed cells\/\*\/(key\/\*|values\/\*\/measure))$/,
  'the refusals of a correction': /^CorrectionCompleted skipped\/\*\/reason$/,
};

/** Forms that hold nothing that somebody typed. */
const mute = new Set([
  'date',
  'date-time',
  '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
  '^[A-Za-z0-9_-]{22}$',
  '^[A-Za-z0-9_-]{43}$',
  '^[0-9a-f]{64}$',
]);

const telling =
  /health|sick|illness|medic|disab|patient|maternity|paternity|parent|pregnan|child|carer|famil|marri|spouse|divorce|bereave|funeral|fraud|theft|plagiar|misconduct|offence|crim|dismiss|expel|suspend|sanction|debt|unpaid|religio|union|ethnic|gender|sexual/;

/** A rulebook is public, is written by an admin, and is about nobody: its words are no codes of a person. */
const ofRulebook = /^RulebookPublished rulebook\//;
const leaves = [...registry.values()]
  .flatMap(leavesOf)
  .filter(({ place }) => !ofRulebook.test(place));

/** Places with their values, those of one place together. */
function listsOf(found: readonly Leaf[]): Record<string, string> {
  const lists: Record<string, string> = {};
  for (const { place, values } of found) {
    if (values === undefined) continue;
    lists[place] = [lists[place], ...values].filter((value) => value !== undefined).join(' ');
  }
  return lists;
}

const schemaOf = (schema: z.ZodType): object => z.toJSONSchema(schema, { unrepresentable: 'any' });

describe('What stands in clear', () => {
  it('is in the facts’ own lists what was approved', () => {
    expect(listsOf(leaves)).to.deep.equal(approvedLists);
  });

  it('is in their metadata what was approved', () => {
    const found = leavesIn(schemaOf(Metadata), 'metadata ');
    expect(listsOf(found)).to.deep.equal(approvedMetadata);
    const forms = found.flatMap(({ form, place }) =>
      form === undefined || mute.has(form) ? [] : [place],
    );
    expect(forms).to.deep.equal([]);
  });

  it('is in the lists at the door what was approved', () => {
    const lists = Object.entries(codes).map(([name, list]) => leavesIn(schemaOf(list), name));
    expect(listsOf(lists.flat())).to.deep.equal(approvedCodes);
  });

  it('is text that people type only where it names what is public', () => {
    const free = leaves.filter(({ form }) => form === 'free').map(({ place }) => place);
    expect([...new Set(free)].sort()).to.deep.equal(approvedTexts);
  });

  it('is otherwise an id, a date, a hash, or a code that somebody named keeps a list of', () => {
    const loose = leaves.filter(
      ({ place, form }) =>
        form !== undefined &&
        form !== 'free' &&
        !mute.has(form) &&
        !Object.values(keepers).some((kept) => kept.test(place)),
    );
    expect(loose).to.deep.equal([]);
  });

  it('tells nothing of health, family or conduct, in any list', () => {
    const all = [approvedLists, approvedMetadata, approvedCodes].flatMap((lists) =>
      Object.values(lists),
    );
    const words = all.flatMap((list) => list.split(' '));
    expect(words.filter((word) => telling.test(word))).to.deep.equal([]);
  });

  it('is in the committed facts a code of its list', () => {
    const kept: Record<string, z.ZodType> = {
      reasons: codes.ReasonCode,
      topics: codes.Topic,
      delivery: codes.Delivery,
    };
    for (const [name, { data }] of factFixtures()) {
      for (const [member, value] of membersIn(data)) {
        const list = kept[member];
        if (list === undefined) continue;
        for (const code of [value].flat()) {
          expect(list.safeParse(code).success, `${name}: ${code}`).to.equal(true);
        }
      }
    }
  });

  it('would be noticed where it is new: a list, a text, a code, a name of a member from outside', () => {
    const fact = defineFact({
      type: 'Noted',
      category: 'member',
      says: 'For this test.',
      shape: {
        state: z.enum(['ill']),
        note: z.string(),
        lines: z.array(z.strictObject({ mood: z.string().regex(/^x$/) })),
        more: z.record(z.string(), z.int()),
      },
      sealed: ['reason'],
    });
    expect(
      leavesOf(fact).filter(({ form }) => form === undefined || !mute.has(form)),
    ).to.deep.equal([
      { place: 'Noted state', values: ['ill'] },
      { place: 'Noted note', form: 'free' },
      { place: 'Noted lines/*/mood', form: '^x$' },
      { place: 'Noted more/*', form: 'free' },
    ]);
  });
});

function membersIn(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.entries(value);
  return [...own, ...Object.values(value).flatMap(membersIn)];
}
