import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type Cli, CliError, type CliLedger } from '../cli/context.ts';
import type { Settings } from './settings.ts';
import type { World } from './start.ts';

/** What the verbs stand on. */
export interface Root extends World {
  cli: Cli;
  settings: () => Settings;
  /** Those of a ledger that is there. @throws CliError where there is none */
  settingsOfLedger: () => Settings;
}

/**
 * The command line with the verb that is asked for, and no other: to load all of them costs more than most verbs do.
 * Where no verb has that name it has all, in the order of help, so that help and refusals know them.
 */
export async function programOf(root: Root, asked = ''): Promise<Command> {
  const program = new Command('skills-ledger')
    .description('the continuing professional development ledger of a professional society')
    .version(versionOf(new URL('../../../package.json', import.meta.url)))
    .configureOutput({
      // One line, as all errors here.
      outputError: (text, write) =>
        write(`skills-ledger: ${oneLine(text)} (--help shows what is expected)\n`),
    });
  const verbs = verbsOf(program, root);
  const verb = verbs.get(asked);
  for (const add of verb === undefined ? new Set(verbs.values()) : [verb]) await add();
  return program;
}

function verbsOf(program: Command, root: Root): Map<string, () => Promise<void>> {
  const { cli, env, now, settings, settingsOfLedger } = root;
  const backups = async () => {
    const [{ backupVerbs }, { backupsOf }] = await Promise.all([
      import('../cli/backup.ts'),
      import('./backup.ts'),
    ]);
    backupVerbs(program, backupsOf(root), cli.print);
  };
  return new Map([
    ['start', async () => (await import('./start.ts')).startVerb(program, root)],
    ['token', async () => (await import('../cli/token.ts')).tokenVerb(program, cli, issuer)],
    ['import', async () => (await import('../cli/import.ts')).importVerb(program, cli)],
    ['rulebook', async () => (await import('../cli/rulebook.ts')).rulebookVerb(program, cli)],
    ['profile', async () => (await import('../cli/profile.ts')).profileVerb(program, cli)],
    ['history', async () => (await import('../cli/history.ts')).historyVerb(program, cli)],
    ['statement', async () => (await import('../cli/statement.ts')).statementVerb(program, cli)],
    ['standing', async () => (await import('../cli/standing.ts')).standingVerb(program, cli)],
    ['release', async () => (await import('../cli/release.ts')).releaseVerb(program, cli)],
    ['capability', async () => (await import('../cli/capability.ts')).capabilityVerb(program, cli)],
    ['coverage', async () => (await import('../cli/coverage.ts')).coverageVerb(program, cli)],
    ['support', async () => (await import('../cli/support.ts')).supportVerb(program, cli)],
    ['explain', async () => (await import('../cli/explain.ts')).explainVerb(program, cli)],
    ['close', async () => (await import('../cli/close.ts')).closeVerb(program, cli)],
    ['letters', async () => (await import('../cli/close-letters.ts')).lettersVerb(program, cli)],
    ['dispose', async () => (await import('../cli/dispose.ts')).disposeVerb(program, cli)],
    ['export', async () => (await import('../cli/export.ts')).exportVerb(program, cli)],
    [
      'project',
      async () => {
        const [{ projectVerb }, { projectionProcess }] = await Promise.all([
          import('../cli/project.ts'),
          import('./project.ts'),
        ]);
        projectVerb(program, cli, () => projectionProcess(env));
      },
    ],
    ['rebuild', async () => (await import('../cli/rebuild.ts')).rebuildVerb(program, cli)],
    ['verify', async () => (await import('../cli/verify.ts')).verifyVerb(program, cli)],
    ['backup', backups],
    ['restore', backups],
    [
      'copy',
      async () => {
        const [{ copyVerb }, { copiesOf }] = await Promise.all([
          import('../cli/copy.ts'),
          import('./copy.ts'),
        ]);
        copyVerb(program, copiesOf(env), cli);
      },
    ],
    [
      'keys-lost',
      async () => {
        const { keysLostVerb } = await import('../cli/keys-lost.ts');
        keysLostVerb(program, acceptLoss, cli.print);
      },
    ],
    ['bench', async () => (await import('./bench.ts')).benchVerb(program)],
  ]);

  async function acceptLoss() {
    return (await import('./open-for-verb.ts')).acceptLoss(settingsOfLedger(), now);
  }

  function issuer() {
    const { signIn } = settings();
    if (signIn.kind !== 'local') {
      throw new CliError(`tokens come from ${signIn.issuer} (LEDGER_ISSUER), not from here`);
    }
    return async ({ vault }: CliLedger, subject: string) => {
      const { openLocalIssuer } = await import('./local-issuer.ts');
      return (await openLocalIssuer(vault, signIn.audience, now)).mint(subject);
    };
  }
}

function versionOf(packageFile: URL): string {
  return (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version;
}

function oneLine(text: string): string {
  return text
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ');
}
