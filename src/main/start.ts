import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { pino } from 'pino';
import type { Print } from '../cli/context.ts';
import { evidenceSweeper } from '../commands/sweep-evidence.ts';
import type { LogLine } from '../http/services.ts';
import { type Verify, verifyingTokens } from '../http/sign-in.ts';
import { unheard } from './address.ts';
import { type Beginning, begin, beginDemoInPlace, checkBeginning } from './begin.ts';
import { leftOfMaking } from './demo.ts';
import { issuerUnheard } from './issuer-heard.ts';
import { openLocalIssuer } from './local-issuer.ts';
import { type OpenLedger, openLedger } from './open.ts';
import { shownPlace } from './places.ts';
import { isEmbedded, readSettings, type Settings } from './settings.ts';
import { sweepDaily } from './sweep.ts';
import { startViews } from './views.ts';
import { welcome } from './welcome.ts';

/** What the composition root gives to `start`. */
export interface World {
  env: Record<string, string | undefined>;
  now: () => string;
  print: Print;
  /** Whether stderr is a terminal. */
  terminal: boolean;
}

interface Options {
  empty?: true;
  demo?: true;
  name?: string;
  demoSeed: string;
  demoEnds?: string;
}

const DEMO_NAME = 'Society of Local Digital Services';
/** Of a ledger that nobody named: no name of anybody. */
const PLAIN_NAME = 'CPD ledger';

/** Requests of one subject in a minute: far above what a person or a well-behaved script does. */
const RATES = { read: 12_000, write: 6_000, heavy: 1_200 };
/** How long accepted requests may take when the server ends, in ms. */
const FINISH_MS = 10_000;

/** `start`: the ledger over HTTP; on an empty home with a demo society. */
export function startVerb(program: Command, world: World): void {
  program
    .command('start')
    .description('start the ledger; where there is none yet, with a demo society')
    .option('--empty', 'begin a new ledger without the demo')
    .option(
      '--demo',
      'begin a new ledger with the demo on a cluster or with a vault in PostgreSQL, too, where none is made by itself',
    )
    .option(
      '--name <name>',
      'what a new ledger is called, for good; unless said, the demo’s has a name of its own, and an empty one a plain one',
    )
    .option('--demo-seed <text>', 'another seed, another society', 'demo')
    .option('--demo-ends <day>', 'the last day of the demo; today, unless said')
    .addHelpText(
      'after',
      '\nExamples:\n  skills-ledger start\n  PORT=8080 skills-ledger start --empty --name "Our Society"',
    )
    .action(async (options: Options) => start(world, options));
}

async function start(world: World, options: Options): Promise<void> {
  const settings = readSettings(world.env);
  const { print, now } = world;
  const { empty = false, demo = false, demoSeed: seed, demoEnds: endsOn } = options;
  const withDemo = demo || (isEmbedded(settings) && !empty);
  const name = options.name ?? (withDemo ? DEMO_NAME : PLAIN_NAME);
  const beginning = { name, empty, demo, seed, endsOn };
  checkBeginning(beginning, now());
  const kept = await begun(settings, beginning, world);
  const ledger = await openLedger(settings, now, { name, demo: false });
  try {
    if (kept)
      print('A ledger is there already, and it is kept: --empty and --demo begin a new one');
    await serve(ledger, settings, world);
  } finally {
    await ledger.close();
  }
  print('ended; everything that was accepted is written');
}

/** @returns whether a new ledger was asked for, and one is there already */
async function begun(settings: Settings, beginning: Beginning, world: World): Promise<boolean> {
  const { empty, demo } = beginning;
  if (!isEmbedded(settings)) {
    world.print(`Reading ${shownPlace(settings)}`);
    return demo && !(await beginDemoInPlace(settings, beginning, world));
  }
  const there = existsSync(settings.ledgerFile);
  if (!there || leftOfMaking(settings)) await begin(settings, beginning, world);
  return there && (empty || demo);
}

async function serve(ledger: OpenLedger, settings: Settings, { now, print }: World): Promise<void> {
  // Loaded here alone: other verbs start in half the time without it.
  const { listen } = await import('../http/server.ts');
  const verify = await verifier(ledger, settings, now);
  const logger = pino({ base: null }, pino.destination({ dest: 2, sync: false }));
  const views = startViews(settings);
  let ending = false;
  const log = ({ level, message, ...line }: LogLine): void => logger[level](line, message);
  const server = await listen(
    {
      ledger,
      views,
      directory: ledger.directory,
      evidence: ledger.evidence,
      verify,
      rates: RATES,
      log,
      ending: () => ending,
    },
    settings,
  ).catch(async (error: unknown) => {
    await views.close();
    throw unheard(settings, error as NodeJS.ErrnoException);
  });
  const sweeping = sweepDaily(
    evidenceSweeper(ledger.store, ledger.vault, ledger.evidence),
    now,
    log,
  );
  // Before a line says that it runs: whoever reads it may end it.
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  for (const line of await welcome(ledger, settings, server.port, now)) print(line);
  const { signIn } = settings;
  const silent = signIn.kind === 'remote' ? await issuerUnheard(signIn.jwks) : undefined;
  if (silent !== undefined) {
    print(`Nobody can sign in now: the keys at LEDGER_JWKS cannot be had: ${silent}`);
  }
  await told;
  ending = true;
  await server.close(FINISH_MS);
  await sweeping.end();
  await views.close();
}

async function verifier(
  ledger: OpenLedger,
  settings: Settings,
  now: () => string,
): Promise<Verify> {
  const { signIn } = settings;
  if (signIn.kind === 'local') {
    const local = await openLocalIssuer(ledger.vault, signIn.audience, now);
    return verifyingTokens({ ...local, keys: local.publicKey }, now);
  }
  const { issuer, audience, jwks } = signIn;
  return verifyingTokens({ issuer, audience, keys: new URL(jwks) }, now);
}
