import { join } from 'node:path';
import autocannon from 'autocannon';
import { v4 } from 'uuid';
import { grantAuthority } from '../src/commands/authority.ts';
import { actOn, system } from '../src/demo/act.ts';
import { openLocalIssuer } from '../src/main/local-issuer.ts';
import { readModels } from '../src/projections/read-models.ts';
import { rebuild } from '../src/projections/rebuild.ts';
import { standingSums } from '../src/projections/standing-report.ts';
import { openViewsFile, removeDatabase } from '../src/projections/views-file.ts';
import type { Database } from '../src/store/driver.ts';
import { openSqliteStore } from '../src/store/sqlite.ts';
import { benchFiles, now, openBench } from './home.ts';
import { median, type Result } from './measure.ts';
import { startServer } from './serving.ts';
import { secondsOf } from './walk.ts';

const ROUNDS = 3;
const ROUND_SECONDS = 4;
const ON = '2025-12-31';

/** The report of everybody's standing: against a plain sum over its facts, and what others notice of it. */
export async function standing(folder: string): Promise<Result[]> {
  return [await reporting(folder), await beside(folder)];
}

async function reporting(folder: string): Promise<Result> {
  const { scheme, ...ledger } = await openBench(folder);
  await ledger.close();
  const store = await openSqliteStore({ path: benchFiles(folder).ledgerFile });
  const path = join(folder, 'standing.db');
  await rebuild({ store, projections: readModels, path, signal: new AbortController().signal });
  const database = openViewsFile(path, true);
  const { count } = await store.head();
  const source = { store, rows: async () => database, count: () => count };
  const ratios: number[] = [];
  const micros: number[] = [];
  let members = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const plain = await secondsOf(async () => plainSum(database));
    const ours = await secondsOf(async () => {
      members = (await standingSums(source, { scheme, on: ON }, ['grade'])).all.members;
    });
    // The first reads the file.
    if (round === 0) continue;
    ratios.push(ours / plain);
    micros.push((ours / members) * 1e6);
  }
  database.close();
  await store.close();
  removeDatabase(path);
  return {
    name: 'standing',
    what: 'report of standing / plain SQL sum of the rows of its facts',
    ratio: median(ratios),
    aim: 5,
    atMost: true,
    rounds: ratios,
    beside: `${median(micros).toFixed(0)} µs for each of ${members} members`,
  };
}

/** What reading the rows of all facts costs when nothing is weighed: one sum for each member. */
function plainSum(database: Database): void {
  database
    .prepare(
      `SELECT count(*) FROM (SELECT person, sum(length(fact)) FROM standing_facts
       WHERE until IS NULL GROUP BY person)`,
    )
    .get();
}

/** The slowest hundredth of another's GET, while reports are asked for and while none is. */
async function beside(folder: string): Promise<Result> {
  const ledger = await openBench(folder);
  const { scheme, busy } = ledger;
  const issuer = await openLocalIssuer(ledger.vault, 'skills-ledger', now);
  const member = busy[0] ?? '';
  await ledger.vault.linkSignIn('local', member, member);
  const token = await issuer.mint(member);
  const admin = { Authorization: `Bearer ${await adminToken(ledger, issuer)}` };
  await ledger.close();
  const server = await startServer('ledger', folder);
  const path = `/v1/members/${member}/statement?cycle=2024`;
  const report = `/v1/reports/standing-sums?scheme=${scheme}&on=${ON}`;
  const headers = { Authorization: `Bearer ${token}` };
  const p99 = async (): Promise<number> => {
    const load = { url: server.url + path, headers, connections: 2, duration: ROUND_SECONDS };
    return (await autocannon(load)).latency.p99;
  };
  const rounds: { without: number; during: number }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const without = await p99();
    const reports = asking(`${server.url}${report}`, admin);
    const during = await p99();
    await reports.stop();
    if (round > 0) rounds.push({ without, during });
  }
  await server.stop();
  const ratios = rounds.map(({ without, during }) => during / Math.max(1, without));
  const shown = (of: 'without' | 'during'): string => `${median(rounds.map((r) => r[of]))} ms`;
  return {
    name: 'standing-beside',
    what: 'p99 of GET statement during a report / without',
    ratio: median(ratios),
    aim: 1.5,
    atMost: true,
    rounds: ratios,
    beside: `${shown('during')} during, ${shown('without')} without`,
  };
}

/** One report after another, until it is told to stop. */
function asking(url: string, headers: Record<string, string>): { stop(): Promise<void> } {
  let wanted = true;
  const asked = (async () => {
    while (wanted) {
      const answer = await fetch(url, { headers });
      if (answer.status !== 200) throw new Error(`a report was answered with ${answer.status}`);
      await answer.text();
    }
  })();
  return {
    async stop() {
      wanted = false;
      await asked;
    },
  };
}

async function adminToken(
  ledger: Awaited<ReturnType<typeof openBench>>,
  issuer: { mint(subject: string): Promise<string> },
): Promise<string> {
  const person = await ledger.vault.enterPerson(v4());
  const act = actOn(ledger);
  await act.run(grantAuthority, { subject: person, who: system('setup'), body: { role: 'admin' } });
  await ledger.vault.linkSignIn('local', 'bench-admin', person);
  return issuer.mint('bench-admin');
}
