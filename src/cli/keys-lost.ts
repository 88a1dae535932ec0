import type { Command } from 'commander';
import type { Print } from './context.ts';

/** `keys-lost`: states that keys which facts use are gone, so that a ledger opens again without them. */
export function keysLostVerb(
  program: Command,
  acceptLoss: () => Promise<{ before: number; after: number }>,
  print: Print,
): void {
  program
    .command('keys-lost')
    .description(
      'state that keys which facts use are lost for good: what was sealed under them stays sealed',
    )
    .addHelpText(
      'after',
      '\nOnly for a ledger that does not open because keys are missing.\n\nExample:\n  skills-ledger keys-lost',
    )
    .action(async () => {
      const { before, after } = await acceptLoss();
      print(
        before === after
          ? 'no key is missing: nothing was stated'
          : `stated in ${after - before} facts; the ledger opens again`,
      );
    });
}
