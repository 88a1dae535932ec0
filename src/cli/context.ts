import { SingleBar } from 'cli-progress';
import type { Directory } from '../commands/directory.ts';
import type { Ledger } from '../commands/handle.ts';
import type { Sink } from '../export/whole-file.ts';
import type { Views } from '../projections/views.ts';
import type { EventStore } from '../store/event-store.ts';
import type { EvidenceStore } from '../vault/vault.ts';

/** What the verbs of the command line get from the composition root. */
export interface CliLedger extends Ledger {
  name: string;
  demo: boolean;
  directory: Directory;
  evidence: EvidenceStore;
  /** Where the read models are kept. */
  viewsFile: string;
  /** The read models, caught up with the ledger. */
  views(): Promise<Views>;
  close(): Promise<void>;
}

/** Writes a line for people. */
export type Print = (line: string) => void;

export interface Cli {
  /** Opens the ledger of the settings; refuses where there is none. */
  open(): Promise<CliLedger>;
  /** Opens its store alone, for reading: without the vault, and without a right to write. */
  openStore(): Promise<EventStore>;
  /** A line for people. */
  print: Print;
  /** Whether output is a terminal, so that a progress bar makes sense. */
  terminal: boolean;
}

/** An error that is one line on the terminal and a non-zero exit. */
export class CliError extends Error {
  override name = 'CliError';
}

/** Opens the ledger, runs a verb on it, and closes it whatever happens. */
export async function withLedger(
  cli: Cli,
  verb: (ledger: CliLedger) => Promise<void>,
): Promise<void> {
  const ledger = await cli.open();
  try {
    await verb(ledger);
  } finally {
    await ledger.close();
  }
}

/** A sink for texts that end in an end of line, to stdout. */
export function printing(print: Print): Sink {
  return { write: async (chunk) => print(String(chunk).trimEnd()) };
}

/** The person whom a member argument means: a person id, or a membership number. */
export async function memberOf(ledger: CliLedger, text: string): Promise<string> {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)) return text;
  const person = await ledger.vault.personByNumber(text);
  if (person === undefined) {
    throw new CliError(
      `no member has the number "${text}": a membership number or a person id is expected`,
    );
  }
  return person;
}

/** A bar on stderr while something long runs, where that is a terminal; else nothing. */
export function progressBar(
  terminal: boolean,
  what: string,
): { at(count: number, of: number): void; end(): void } {
  if (!terminal) return { at: () => undefined, end: () => undefined };
  const bar = new SingleBar({ stream: process.stderr, format: `{bar} {value} of {total} ${what}` });
  let begun = false;
  return {
    at(count, of) {
      if (!begun) bar.start(of, count);
      begun = true;
      bar.setTotal(of);
      bar.update(count);
    },
    end: () => bar.stop(),
  };
}
