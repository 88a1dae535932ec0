/**
 * Every question that reports of capability ask of rows, as of the index `?1` (facts with a lower one) and for days
 * from `?2` to `?3`: one condition on two pairs of columns, whatever the moment is (docs/adr/0018). Numbers of one
 * member come as one text, since to hand over each row costs more than to join them.
 */
const KNOWN = 'recorded_from < ?1 AND coalesce(recorded_until, ?1) >= ?1';
const TRUE_THEN = 'effective_from <= ?3 AND coalesce(effective_until, 99999999) > ?2';

/** Members after number `?1`, in order, at most `?2`. */
export const MEMBERS_AFTER = `
  SELECT member FROM capability_people WHERE member > ?1 ORDER BY member LIMIT ?2`;

const POST = `member, effective_from, coalesce(effective_until, 99999999), grade, organisation, people
  FROM capability_posts`;

/** Posts of the members after number `?4`, up to `?5`. */
export const POSTS_BETWEEN = `
  SELECT ${POST} WHERE member > ?4 AND member <= ?5 AND ${KNOWN} AND ${TRUE_THEN}
  ORDER BY member, effective_from`;

/** Posts at the body `?4`. */
export const POSTS_AT = `
  SELECT ${POST} WHERE organisation = ?4 AND ${KNOWN} AND ${TRUE_THEN}`;

/** Posts of the member `?4`. */
export const POSTS_OF = `
  SELECT ${POST} WHERE member = ?4 AND ${KNOWN} AND ${TRUE_THEN} ORDER BY effective_from`;

const SKILLS = `FROM capability_skills WHERE member = ?4 AND ${KNOWN} AND ${TRUE_THEN}
    AND (?5 IS NULL OR source IN (SELECT value FROM json_each(?5)))`;

/** Skills of the member `?4`, column by column; of the sources in `?5` where it is a list. */
export const SKILLS_OF = `
  SELECT json_group_array(term), json_group_array(effective_from),
    json_group_array(coalesce(effective_until, 99999999)), json_group_array(coalesce(valid_until, 99999999))
  ${SKILLS}`;

/** The same of one day: what is no longer valid then is from no day at all. */
export const SKILLS_ON = `
  SELECT json_group_array(term), json_group_array(iif(valid_until <= ?2, 0, effective_from))
  ${SKILLS}`;

/** What was said of the membership of the person `?1`. */
export const SAID_OF = 'SELECT member, said FROM capability_people WHERE person = ?1';

/** Which rows of bodies are known at the index `?1`: these two numbers tell. */
export const BODIES_KNOWN = `
  SELECT sum(recorded_from < ?1), sum(coalesce(recorded_until, ?1) < ?1) FROM capability_organisations`;

/** Bodies as they were on the day `?3`. */
export const BODIES = `
  SELECT organisation, name, type, region, nation, state, successors
  FROM capability_organisations WHERE ${KNOWN} AND ${TRUE_THEN}`;

/** Versions of frameworks of which all skills were named by then, the last of each last. */
export const FRAMEWORKS = `
  SELECT framework, version, effective_from, name, levels, stale_after_months
  FROM capability_frameworks AS published
  WHERE at < ?1 AND skills =
    (SELECT count(*) FROM capability_named_skills AS named
     WHERE named.framework = published.framework AND named.version = published.version AND named.at < ?1)
  ORDER BY framework, version`;

/** Skills that the version `?2` of the framework `?1` names, in its order. */
export const NAMED_SKILLS = `
  SELECT skill, name, held FROM capability_named_skills
  WHERE framework = ?1 AND version = ?2 ORDER BY place`;

/** Terms of all versions of the framework `?1`. */
export const TERMS = `
  SELECT version, skill, level, term, rank FROM capability_terms WHERE framework = ?1`;

/** Which mappings are known at the index `?1`: these two numbers tell. */
export const MAPPINGS_KNOWN = `
  SELECT count(*), sum(coalesce(until, ?1) < ?1) FROM capability_mappings WHERE at < ?1`;

/** How versions of the framework `?2` became the next, as was said below the index `?1`. */
export const MAPPINGS = `
  SELECT version, mappings, levels FROM capability_mappings
  WHERE framework = ?2 AND at < ?1 AND coalesce(until, ?1) >= ?1 ORDER BY version, at`;

/** Versions of the profile `?2` that were published below the index `?1`, the last first. */
export const PROFILE = `
  SELECT version, name, needs, types FROM capability_profiles
  WHERE profile = ?2 AND at < ?1 ORDER BY version DESC`;

/** From which day on the profile `?2` is asked for no longer, as was said last. */
export const PROFILE_END = `
  SELECT until FROM capability_profile_ends WHERE profile = ?2 AND at < ?1 ORDER BY at DESC LIMIT 1`;

/** What bodies declare of themselves that holds on the day `?2`, the last word last. */
export const DECLARATIONS = `
  SELECT organisation, framework, version, skill, level, headcount, of, as_of, by
  FROM capability_declarations
  WHERE at < ?1 AND as_of <= ?2
    AND (withdrawn_at IS NULL OR withdrawn_at >= ?1 OR withdrawn_from > ?2)
  ORDER BY organisation, as_of, at`;

/** Who a number is. */
export const PERSON_OF = 'SELECT person FROM capability_people WHERE member = ?1';

/** Every row about skills of the member `?2` that there was below the index `?1`, later known otherwise or not. */
export const HISTORY_OF = `
  SELECT credit, place, recorded_from, recorded_until, effective_from, effective_until, valid_until,
    term, source, fact
  FROM capability_skills WHERE member = ?2 AND recorded_from < ?1
  ORDER BY effective_from, credit, place, recorded_from`;

/** What was on offer, as was known at the index `?1`. */
export const ENTRIES = `
  SELECT entry, said FROM support_entries
  WHERE recorded_from < ?1 AND coalesce(recorded_until, ?1) >= ?1 ORDER BY recorded_from`;

/** Runs of the entry `?2` that are not over on the day `?3`, as was known at the index `?1`. */
export const SESSIONS_OF = `
  SELECT session, effective_from, effective_until FROM support_sessions
  WHERE entry = ?2 AND recorded_from < ?1 AND coalesce(recorded_until, ?1) >= ?1 AND effective_until > ?3
  ORDER BY effective_from, session`;

/** Which regions border on which, as was said last below the index `?1`. */
export const NEIGHBOURS = `
  SELECT regions FROM support_neighbours WHERE at < ?1 ORDER BY at DESC LIMIT 1`;

/** Members whose contact is shared with the organisation or person `?1` on the day `?2`. */
export const CONTACTS = `
  SELECT DISTINCT person FROM support_contacts
  WHERE shared_with = ?1 AND effective_from <= ?2 AND coalesce(effective_until, 99999999) > ?2`;
