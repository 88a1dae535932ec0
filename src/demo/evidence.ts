import { createHash } from 'node:crypto';
import { attachEvidence, evidenceIdOf } from '../commands/claim.ts';
import { handle } from '../commands/handle.ts';
import { commandIdOf, streamName } from '../events/ids.ts';
import { as } from './act.ts';
import { badgePng, certificatePdf } from './certificate.ts';
import type { Claim } from './claims.ts';
import type { Stage } from './stage.ts';

/** Plans that some claims have evidence: mostly a link, seldom a file. */
export function planEvidence(stage: Stage, claim: Claim): void {
  if (claim.paper) return;
  const drawn = claim.random.next();
  if (drawn < 0.006) planFile(stage, claim);
  else if (drawn < 0.07) planLink(stage, claim);
}

/** Plans that a link is attached on the day of the claim. */
export function planLink(stage: Stage, claim: Claim): void {
  const { member, random } = claim;
  const link = `https://events.example/certificates/${random.int(100_000, 999_999)}`;
  stage.plan.add(claim.on, 'evening', member.lane, () =>
    stage.act.run(attachEvidence, {
      subject: member.id,
      who: as('member', member),
      path: { claim: claim.id },
      body: { link },
    }),
  );
}

/** Plans that a PDF or a picture is attached on the day of the claim; `told` hears the id of the evidence. */
export function planFile(stage: Stage, claim: Claim, told?: (evidence: string) => void): void {
  const { member, random } = claim;
  const number = random.int(1_000, 9_999);
  const picture = number % 3 === 0;
  const fileName = picture ? `badge-${number}.png` : `certificate-${number}.pdf`;
  const media = picture ? ('image/png' as const) : ('application/pdf' as const);
  stage.plan.add(claim.on, 'evening', member.lane, async () => {
    const { ledger, act } = stage;
    const asking = act.ask(as('member', member));
    const stream = streamName('member', member.id);
    const commandId = commandIdOf(ledger.ledgerId, member.id, stream, asking.key);
    const evidenceId = evidenceIdOf(commandId);
    const bytes = picture ? badgePng() : certificatePdf();
    const key = await ledger.vault.takeKey();
    const place = { ledgerId: ledger.ledgerId, stream, evidenceId };
    // On disk before the fact, as for evidence that comes in over HTTP.
    const { blob } = await ledger.evidence.put({ bytes, key, place });
    const file = { blob, media, bytes: bytes.length };
    await handle(ledger, {
      ...asking,
      definition: attachEvidence,
      subject: member.id,
      path: { claim: claim.id },
      raw: { fileName },
      body: { fileName, file },
      files: [createHash('sha256').update(bytes).digest('hex')],
      mintedKey: key,
    });
    told?.(evidenceId);
  });
}
