import { publishFramework } from '../commands/framework.ts';
import type { Ledger } from '../commands/handle.ts';
import { type Importer, importer, refusalOf } from '../commands/imported.ts';
import { rehearsal } from '../commands/rehearsal.ts';
import {
  type Body,
  bodyOf,
  type FileReading,
  readSkills,
  type SkillFile,
} from './framework-file.ts';
import {
  type Fate,
  type Known,
  keepIds,
  type Recoded,
  readLevels,
  readMapping,
  skillsSaid,
} from './framework-mapping.ts';
import { nameKey, type Treated } from './framework-skills.ts';
import { type Bad, ImportError } from './problem.ts';

/** What an import of a framework is asked to do. */
export interface FrameworkRequest extends FileReading {
  /** What the framework is called: by its name it is found again. */
  name?: string | undefined;
  /** The framework whose next version it is, where its name does not tell. */
  framework?: string | undefined;
  staleAfterMonths?: number | undefined;
  effectiveFrom?: string | undefined;
  /** A file that says what became of skills that are in the file no more. */
  fates?: Uint8Array | undefined;
  /** `old=new`, each: levels that are others now. */
  level: readonly string[];
  source: string;
  dryRun: boolean;
  onBehalfOf: string | undefined;
}

/** What an import of a framework did, or with `dryRun` would do. */
export interface FrameworkReport
  extends Pick<
    SkillFile,
    'encoding' | 'delimiter' | 'mapping' | 'unread' | 'renamed' | 'skipped' | 'notices'
  > {
  kind: 'framework';
  dryRun: boolean;
  framework: string;
  name: string;
  version: number;
  rows: number;
  kept: number;
  /** Skills that are held or not, though the framework has levels. */
  held: Treated[];
  bad: Bad[];
  /** Why it was refused as a whole, where no row is to blame. */
  refusal?: string;
  /** Beside the version before; absent of the first. */
  since?: { same: number; added: string[]; mapped: number; recoded: Recoded[] };
  /** Skills of the version before of which nothing says what became of them: nothing is published. */
  unresolved: Known[];
  outcome: 'published' | 'there before' | 'refused';
}

/**
 * Publishes a file as the first or the next version of a framework, as a whole or not at all. The same file again
 * adds nothing.
 *
 * @throws ImportError when no row can be read; and what `handle` throws, after which it may be run again
 */
export async function importFramework(
  request: FrameworkRequest,
  ledger: Ledger,
): Promise<FrameworkReport> {
  const { dryRun, onBehalfOf } = request;
  const run = importer(dryRun ? rehearsal(ledger) : ledger, onBehalfOf);
  const file = readSkills(request);
  const place = await placeOf(request, run);
  const { framework, last, versions } = place;
  const before = last?.skills ?? [];
  const said = skillsSaid(request.fates, before);
  const { gone, added, recoded } = keepIds(file.drafts, before, { mint: place.mint, said });
  const { fates, bad: wrong } = fatesOf(request, last?.skills, file);
  const named = new Set(fates.map(({ skill }) => skill));
  const unresolved = gone.filter(({ skill }) => !named.has(skill));
  // Found by its name, it keeps the name as it was written first.
  const found = request.framework === undefined ? last?.name : undefined;
  const name = found ?? request.name ?? last?.name ?? '';
  const levels = readLevels(request.level);
  const body = bodyOf(file.drafts, {
    version: versions + 1,
    name,
    levels: file.columns.map(({ code, name: called }) => ({ code, name: called })),
    effectiveFrom: request.effectiveFrom,
    staleAfterMonths: request.staleAfterMonths ?? last?.staleAfterMonths,
    mapped: fates.length + request.level.length === 0 ? undefined : { skills: fates, levels },
  });
  const bad = [...file.rows.flatMap((row) => row.bad), ...file.torn, ...wrong];
  const sound = body !== undefined && bad.length === 0 && unresolved.length === 0;
  const published = sound
    ? await outcomeOf(() => place.publish(body))
    : { outcome: 'refused' as const };
  const { encoding, delimiter, mapping, unread, renamed, skipped, notices } = file;
  return {
    ...{ kind: 'framework', dryRun, framework, name, rows: file.rows.length },
    ...{ encoding, delimiter, mapping, unread, renamed, skipped, notices },
    version: published.outcome === 'there before' ? versions : versions + 1,
    kept: file.drafts.length,
    held: heldOf(file),
    bad: bad.toSorted((a, b) => a.line - b.line),
    ...(last === undefined
      ? {}
      : {
          since: {
            same: file.drafts.length - added.length - recoded.length,
            added,
            mapped: fates.length,
            recoded,
          },
        }),
    unresolved,
    ...published,
  };
}

/** Where the framework is, and what publishes its next version. */
async function placeOf({ name, framework, source }: FrameworkRequest, run: Importer) {
  if (name === undefined && framework === undefined) {
    throw new ImportError('--name is expected: what the framework is called');
  }
  const first = { text: `${source}/framework/${nameKey(name ?? '')}` };
  const id = framework ?? run.idOf('framework', first);
  const { state } = await run.ledger.streams.load('framework', id);
  const { last } = state;
  const versions = state.versions.length;
  if (framework !== undefined && last === undefined) {
    throw new ImportError(`there is no framework ${framework}`);
  }
  const next = { text: `${source}/${id}/version ${versions + 1}` };
  return {
    framework: id,
    last,
    versions,
    mint: last && ((nth: number) => run.mintedIn('framework', id, next, `skill/${nth}`)),
    publish(body: Body) {
      const asked = { definition: publishFramework, body };
      return last === undefined
        ? run.begin(first, asked)
        : run.ask(next, { ...asked, subject: id });
    },
  };
}

function fatesOf(
  { fates }: FrameworkRequest,
  before: readonly Known[] | undefined,
  { drafts }: SkillFile,
): { fates: Fate[]; bad: Bad[] } {
  if (fates === undefined) return { fates: [], bad: [] };
  if (before === undefined) {
    throw new ImportError('--mapping: this is the first version, and none was before it');
  }
  return readMapping(fates, before, drafts);
}

async function outcomeOf(
  run: () => Promise<unknown>,
): Promise<Pick<FrameworkReport, 'outcome' | 'refusal'>> {
  try {
    await run();
    return { outcome: 'published' };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    if (refusal.code === 'framework-same') return { outcome: 'there before' };
    // Skills that went are found before: what is left to say is of levels.
    const hint = refusal.code === 'mapping-incomplete' ? '; --level old=new says it' : '';
    return { outcome: 'refused', refusal: `${refusal.message}${hint}` };
  }
}

function heldOf({ drafts }: SkillFile): Treated[] {
  return drafts
    .filter(({ held }) => held)
    .map(({ row, name }) => ({ line: row.line, name, says: 'has no text at any level' }));
}
