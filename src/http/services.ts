import type { Directory } from '../commands/directory.ts';
import type { Ledger } from '../commands/handle.ts';
import type { Views } from '../projections/views.ts';
import type { CivilDate } from '../scheme/civil-date.ts';
import { civilDateIn } from '../scheme/civil-date.ts';
import type { EvidenceStore } from '../vault/vault.ts';
import type { Metrics } from './metrics.ts';
import type { Verify } from './sign-in.ts';

/** What the HTTP room runs on; the composition root makes it. */
export interface Services {
  ledger: Ledger & { name: string; demo: boolean; trouble(): string | undefined };
  views: Views;
  directory: Directory;
  evidence: EvidenceStore;
  /** Tells who a token speaks for. */
  verify: Verify;
  /** Requests of one subject in a minute, by allowance. */
  rates: Record<'read' | 'write' | 'heavy', number>;
  metrics: Metrics;
  /** One structured line; without personal data. */
  log(line: LogLine): void;
  /** Whether the process is on its way out: takes nothing new. */
  ending(): boolean;
}

export interface LogLine {
  level: 'info' | 'error';
  message: string;
  requestId?: string;
  operation?: string;
  status?: number;
  ms?: number;
  error?: string;
}

/** Today, in the ledger's zone. */
export function todayOf({ ledger }: Services): CivilDate {
  return civilDateIn(ledger.zone, ledger.now());
}
