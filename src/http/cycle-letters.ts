import { z } from 'zod';
import { letterHeading, letterLines, schemeTitle } from '../commands/letters.ts';
import { openedDetails } from '../commands/opened.ts';
import { Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { determinedStatement } from '../projections/standing-determined.ts';
import { organisationNames } from '../projections/standing-names.ts';
import { total } from '../scheme/carrying.ts';
import { outcomes } from '../scheme/outcome.ts';
import { unmetWords } from '../scheme/statement-words.ts';
import { AskedDay, CycleName } from './asked.ts';
import { type Operation, read, under } from './operation.ts';
import { certificatePage } from './pages/certificate.ts';
import { Problem } from './problem.ts';
import { todayOf } from './services.ts';

export const letterOperations: readonly Operation[] = under('cycles', [
  read({
    id: 'export-letters',
    path: '/v1/schemes/{scheme}/letters',
    summary:
      'A merge file (CSV) for letters to the members of a scheme: names and numbers, figures of a cycle, what is still needed and by when.',
    may: ['admin'],
    opens: true,
    limit: 'heavy',
    query: z.strictObject({
      cycle: CycleName,
      on: AskedDay.optional().describe('the day for which it is true; absent: today'),
      outcome: z.enum(outcomes).optional(),
    }),
    async run(services, { path, query, opening }) {
      const { ledger, views } = services;
      if (opening === undefined) throw new Error('letters open names without a reason');
      const on = query.on ?? todayOf(services);
      const asked = { ...query, scheme: path['scheme'] ?? '', on, takesPart: true };
      const scheme = await schemeTitle(ledger, asked.scheme);
      const about = { scheme, nameOf: organisationNames(views) };
      const parts = [letterHeading];
      for (let cursor: string | undefined; ; ) {
        const page = await views.standing(asked, { limit: limits.pageMost, cursor });
        parts.push(await letterLines(ledger, opening, page.items, about));
        cursor = page.next;
        if (cursor === undefined) break;
      }
      const bytes = Buffer.from(parts.join(''));
      return { file: { bytes, media: 'text/csv', name: `letters-${query.cycle}.csv` } };
    },
  }),
  read({
    id: 'show-certificate',
    path: '/v1/members/{member}/certificate',
    summary: 'A printable page (HTML) that says what a cycle was determined to have come to.',
    may: ['own', 'admin'],
    opens: true,
    query: z.strictObject({ scheme: Uuid, cycle: CycleName }),
    async run({ ledger }, { path, query }) {
      const member = path['member'] ?? '';
      const determined = await determinedStatement(ledger.store, member, query);
      if (determined === undefined) {
        throw new Problem(404, 'not-found', 'this cycle was not determined for this member');
      }
      const { statement, on, ...proof } = determined;
      const { name = '', number = '' } = await openedDetails(ledger, member);
      const { grade = '', cycle, target, counted, carriedIn, needed, outcome } = statement;
      const page = certificatePage({
        society: ledger.name,
        scheme: statement.title,
        unmet: unmetWords(statement),
        ...{ on, proof },
        ...{ name, number, grade, cycle, target, counted, needed, outcome },
        carriedIn: total(carriedIn),
      });
      return { page };
    },
  }),
]);
