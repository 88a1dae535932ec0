import type { May } from '../../src/http/access.ts';
import { operations } from '../../src/http/table.ts';

type Column = Extract<May, string> | 'shared' | 'contact';

const columns: readonly Column[] = [
  'anyone',
  'signed-in',
  'own',
  'assessor',
  'reviewer',
  'line-manager',
  'organisation-contact',
  'admin',
  'auditor',
  'analyst',
  'shared',
  'contact',
];

/** Who may do what: a row for each operation, a column for each rule. */
export function rolesPage(): string {
  const rows = operations.map(({ id, may, opens }) => {
    const cells = columns.map((column) => {
      const found = may.some((rule) => columnOf(rule) === column);
      return found ? 'x' : '';
    });
    return `| [${id}](http.md#${id})${opens ? ' †' : ''} | ${cells.join(' | ')} |`;
  });
  return [
    '# Roles',
    '',
    introduction,
    '',
    `| Operation | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => ':-:').join('|')}|`,
    ...rows,
    '',
  ].join('\n');
}

function columnOf(rule: May): Column {
  if (typeof rule === 'string') return rule;
  return 'shares' in rule ? 'shared' : 'contact';
}

const introduction = `Made from the table in \`src/http/table.ts\`, which the server reads too; a test tries every operation as everybody.
A token says who somebody is; facts say what they may do:

- **own**: a member on their own record, under any id that was found to be the same person's.
- **assessor**: who has an appointment in force in a scheme of that member (or in any scheme, where no member is named).
- **reviewer**, **line-manager**, **organisation-contact**, **admin**, **auditor**, **analyst**: granted by an admin. Manager
  and contact act for one organisation.
- **shared**: a manager or contact of an organisation, or a person, with whom the member shares just this.
- **contact**: an organisation-contact, and only of the organisation that is named.
- † opens sealed text: of others only with \`Access-Reason\`, and a row is left in the access log.

Admins and auditors may see people; an analyst works with what was given out
([ADR 26](../adr/0026-who-may-see-people.md)).

Beyond this table the rules of a decision hold: nobody decides on a claim of their own or one that they entered, and a
correction is approved by another person than who proposed it.`;
