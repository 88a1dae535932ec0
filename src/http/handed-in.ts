import { type Actor, Metadata } from '../events/shapes.ts';
import type { Incoming } from './perform.ts';
import { Problem } from './problem.ts';
import { type Services, todayOf } from './services.ts';

const HandedIn = Metadata.shape.submittedOn.unwrap();
type HandedIn = Metadata['submittedOn'];

/** By what way something was handed in (`Submitted-By`). */
export const waysIn = HandedIn.shape.source.options;

/**
 * When and how something was handed in that an admin enters for another, by the headers `Submitted-On` and
 * `Submitted-By`; undefined: today. Nobody else says so of themselves, since deadlines go by it (contract, 2).
 *
 * @throws Problem `submission-forbidden` for any other role, `header-wrong` on half of it, or a day still to come
 */
export function handedIn(services: Services, { role }: Actor, { header }: Incoming): HandedIn {
  const [on, source] = [header('submitted-on'), header('submitted-by')];
  if (on === undefined && source === undefined) return undefined;
  if (role !== 'admin') {
    throw new Problem(
      403,
      'submission-forbidden',
      'an admin says when something was handed in, not who hands it in: leave out Submitted-On and Submitted-By',
    );
  }
  const said = HandedIn.safeParse({ on, source });
  if (said.success && said.data.on <= todayOf(services)) return said.data;
  throw new Problem(
    400,
    'header-wrong',
    `Submitted-On and Submitted-By are expected together: a day up to today, as 2026-01-31, and one of ${waysIn.join(', ')}`,
  );
}
