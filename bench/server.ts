import express from 'express';
import { directoryOver } from '../src/commands/directory.ts';
import type { Operation } from '../src/http/operation.ts';
import { listen } from '../src/http/server.ts';
import { verifyingTokens } from '../src/http/sign-in.ts';
import { operations } from '../src/http/table.ts';
import { openLocalIssuer } from '../src/main/local-issuer.ts';
import { readSettings } from '../src/main/settings.ts';
import { startViews } from '../src/main/views.ts';
import { openEvidenceFolder } from '../src/vault/evidence.ts';
import { now, openBench } from './home.ts';

/** Entry of a server's process: `ledger` the real one, `fixed` with the first answer again, `bare` Express alone. */
const [mode, folder] = process.argv.slice(2) as ['ledger' | 'fixed' | 'bare', string];

const FIXED: readonly string[] = ['claim', 'show-statement'];
const NEVER = 1e9;

switch (mode) {
  case 'ledger':
    await serve();
    break;
  case 'fixed':
    for (const row of operations) if (FIXED.includes(row.id)) answerTheSame(row);
    await serve();
    break;
  case 'bare':
    serveBare();
}

/** All stays of the application but the handler: it runs once, and what it answered is answered ever after. */
function answerTheSame(row: Operation): void {
  const { run } = row;
  let reply: ReturnType<Operation['run']> | undefined;
  const again: Operation['run'] = (services, call) => {
    reply ??= run(services, call);
    return reply;
  };
  Object.assign(row, { run: again });
}

async function serve(): Promise<void> {
  const ledger = await openBench(folder);
  const settings = readSettings({ LEDGER_HOME: folder });
  const views = startViews(settings);
  const { position = '' } = await ledger.store.head();
  await views.waitFor(position, NEVER);
  const issuer = await openLocalIssuer(ledger.vault, 'skills-ledger', now);
  const server = await listen(
    {
      ledger: { ...ledger, name: 'Bench Society', demo: false, trouble: () => undefined },
      views,
      directory: directoryOver(ledger.vault),
      evidence: openEvidenceFolder({ folder: settings.evidence }),
      verify: verifyingTokens({ ...issuer, keys: issuer.publicKey }, now),
      rates: { read: NEVER, write: NEVER, heavy: NEVER },
      log: (line) => void JSON.stringify(line),
      ending: () => false,
    },
    { port: 0, host: '127.0.0.1' },
  );
  process.once('message', async () => {
    await server.close(1_000);
    await views.close();
    await ledger.close();
    process.disconnect();
  });
  process.send?.(server.port);
}

/** What Express does with as much JSON in and out, and nothing else. */
function serveBare(): void {
  const app = express();
  const body = { answer: 'x'.repeat(Number(process.argv[4])) };
  app.use(express.json());
  app.all('/{*any}', (_req, res) => void res.json(body));
  const server = app.listen(0, '127.0.0.1', () => {
    process.send?.((server.address() as { port: number }).port);
  });
  process.once('message', () => {
    server.close();
    server.closeAllConnections();
    process.disconnect();
  });
}
