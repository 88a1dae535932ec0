import type { Directory } from '../commands/directory.ts';
import type { Ledger } from '../commands/handle.ts';

/** What the verbs of the command line get from the composition root. */
export interface CliLedger extends Ledger {
  name: string;
  demo: boolean;
  directory: Directory;
  close(): Promise<void>;
}

export interface Cli {
  /** Opens the ledger of the settings; refuses where there is none. */
  open(): Promise<CliLedger>;
  /** A line for people. */
  print(line: string): void;
  /** Whether output is a terminal, so that a progress bar makes sense. */
  terminal: boolean;
}

/** An error that is one line on the terminal and a non-zero exit. */
export class CliError extends Error {
  override name = 'CliError';
}

/** Opens the ledger, runs a verb on it, and closes it whatever happens. */
export async function withLedger(cli: Cli, verb: (ledger: CliLedger) => Promise<void>): Promise<void> {
  const ledger = await cli.open();
  try {
    await verb(ledger);
  } finally {
    await ledger.close();
  }
}

/** The person whom a member argument means: a person id, or a membership number. */
export async function memberOf(ledger: CliLedger, text: string): Promise<string> {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)) return text;
  const person = await ledger.vault.personByNumber(text);
  if (person === undefined) {
    throw new CliError(`no member has the number "${text}": a membership number or a person id is expected`);
  }
  return person;
}
