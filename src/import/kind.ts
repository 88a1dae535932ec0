import type { Importer } from '../commands/imported.ts';
import type { Field } from './columns.ts';
import type { Notice } from './problem.ts';
import type { Row } from './row.ts';

/** A body that the ledger holds already. */
export interface KnownOrganisation {
  id: string;
  name: string;
  from: string;
  until?: string | undefined;
  identifiers: readonly { register: string; code: string }[];
}

/** What the rows of a file are turned into commands with. */
export interface Making {
  rows: readonly Row[];
  importer: Importer;
  /** The same on a rehearsal of the ledger: what takes several commands is tried there first, as a whole. */
  trial: Importer;
  /** What names a row to the commands: its own id, else its content and occurrence. */
  nameOf(row: Row): { text: string };
  /** How a field's column is headed; absent: it has none. */
  headingOf(field: string): string | undefined;
  source: string;
  notice(notice: Notice): void;
  /** Every body of the ledger. */
  organisations(): Promise<KnownOrganisation[]>;
}

/** What is to be done for a row. */
export interface Task {
  row: Row;
  /** Tasks of one lane run one after another, in the order of the file. */
  lane: string;
  /** Whether anything was written: false, where all of it was there before. */
  run(): Promise<boolean>;
  /** The field that a refusal is about, by its code. */
  about: Readonly<Record<string, string>>;
}

/** One kind of file. */
export interface Kind {
  name: 'organisations' | 'members' | 'claims';
  fields: readonly Field[];
  /** Fields of which the first that a row has is its own id. */
  ids: readonly string[];
  /** Reads the rows, noting what is bad in each, and gives what is to be done, stage by stage. */
  make(making: Making): Promise<Task[][]>;
}
