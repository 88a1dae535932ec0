import { z } from 'zod';
import { Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { failed } from './failed.ts';
import { type Call, CommandAnswer, type Operation, type Reply, read } from './operation.ts';
import { type Incoming, perform } from './perform.ts';
import { bodyOf, Problem, ProblemShape, problemOf } from './problem.ts';
import type { Services } from './services.ts';

const Row = z.strictObject({
  operation: z.string().max(100).describe('the id of a command that takes JSON'),
  path: z.record(z.string().max(50), z.string().max(100)).default({}).describe('ids in its path'),
  body: z.unknown(),
  key: Uuid.describe('the Idempotency-Key of this command'),
  ifMatch: z.string().max(50).optional(),
  submittedOn: z.string().max(50).optional().describe('as the header Submitted-On'),
  submittedBy: z.string().max(50).optional().describe('as the header Submitted-By'),
});
type Row = z.output<typeof Row>;

const Bulk = z.strictObject({ commands: z.array(Row).min(1).max(limits.bulkCommands) });

interface Result {
  status: number;
  position?: string | undefined;
  body: unknown;
}

/** Many commands in one request: each is authorised, decided and stored by itself. */
export function bulkOperation(commands: ReadonlyMap<string, Operation>): Operation {
  const row = read({
    id: 'bulk',
    method: 'post',
    path: '/v1/bulk',
    summary:
      'Up to 1,000 commands, each its own transaction, key and result; results in the order sent.',
    may: ['signed-in'],
    limit: 'heavy',
    body: Bulk,
    output: z.object({
      results: z.array(
        z.object({
          status: z.int(),
          position: z.string().optional(),
          body: z.union([CommandAnswer, ProblemShape]),
        }),
      ),
    }),
    async run(services, call) {
      const results = await inOrderByStream(call.body.commands, (row) =>
        one(services, commands, call, row),
      );
      return { body: { results }, position: lastOf(results) as Reply['position'] };
    },
  });
  return { ...row, tag: 'bulk' };
}

/** Commands on one thing run one after another, others beside them: the answers stand in the order sent. */
async function inOrderByStream(
  rows: readonly Row[],
  run: (row: Row) => Promise<Result>,
): Promise<Result[]> {
  const last = new Map<string, Promise<unknown>>();
  return Promise.all(
    rows.map((row) => {
      const thing = JSON.stringify(Object.values(row.path)[0] ?? row.operation);
      const result = (last.get(thing) ?? Promise.resolve()).then(() => run(row));
      last.set(thing, result);
      return result;
    }),
  );
}

async function one(
  services: Services,
  commands: ReadonlyMap<string, Operation>,
  { caller, correlationId }: Call,
  { operation, path, body, key, ifMatch, submittedOn, submittedBy }: Row,
): Promise<Result> {
  const row = commands.get(operation);
  try {
    if (row === undefined) {
      throw new Problem(
        422,
        'input-wrong',
        'operation is no command that takes JSON: /openapi.json lists them',
      );
    }
    const named = [...row.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    if (
      named.some((name) => path[name] === undefined) ||
      Object.keys(path).length !== named.length
    ) {
      throw new Problem(
        422,
        'input-wrong',
        `path names ${named.join(', ') || 'nothing'}, no more and no less`,
      );
    }
    const headers: Record<string, string | undefined> = {
      'idempotency-key': key,
      'if-match': ifMatch,
      'submitted-on': submittedOn,
      'submitted-by': submittedBy,
    };
    const incoming: Incoming = { path, query: {}, body, header: (name) => headers[name] };
    const reply = await perform(services, row, caller, incoming);
    return { status: reply.status ?? row.status, position: reply.position, body: reply.body };
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code === 'internal') {
      const where = row === undefined ? {} : { operation: row.id };
      services.log({ ...failed(error), requestId: correlationId, ...where });
    }
    return { status: problem.status, body: bodyOf(problem, correlationId) };
  }
}

/** Positions ascend with the order of the ledger, not of the request: the caller is told one that covers all. */
function lastOf(results: readonly Result[]): string | undefined {
  const positions = results.flatMap(({ position }) => (position === undefined ? [] : [position]));
  return positions.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).at(-1);
}
