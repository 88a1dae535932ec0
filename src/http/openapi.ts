import { z } from 'zod';
import { limits } from '../limits.ts';
import type { May } from './access.ts';
import { waysIn } from './handed-in.ts';
import { type Operation, read } from './operation.ts';
import { accessReasons } from './perform.ts';
import { ProblemShape } from './problem.ts';
import { examplesFor, problemExamples } from './problem-examples.ts';
import { fileMedia } from './report-file.ts';

/** The operation that describes all others. */
export function openapiOperation(operations: readonly Operation[]): Operation {
  let made: unknown;
  const row: Operation = {
    ...read({
      id: 'openapi',
      path: '/openapi.json',
      summary: 'This description (OpenAPI 3.1).',
      may: ['anyone'],
      output: z.looseObject({ openapi: z.string() }),
      async run() {
        made ??= describe([...operations, row]);
        return { body: made };
      },
    }),
    tag: 'health',
  };
  return row;
}

/** The OpenAPI 3.1 description of these operations, made from their schemas. */
export function describe(operations: readonly Operation[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const row of operations) {
    const path = paths[row.path] ?? {};
    path[row.method] = described(row);
    paths[row.path] = path;
  }
  const tags = [...new Set(operations.map(({ tag }) => tag))].sort();
  return {
    openapi: '3.1.0',
    info: {
      title: 'skills-ledger',
      version: '1.0.0',
      summary: 'The continuing professional development ledger of a professional society.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: schemaOf(ProblemShape, 'output') },
      examples: problemExamples(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
  };
}

function described(row: Operation): Record<string, unknown> {
  const open = row.may.includes('anyone');
  return {
    operationId: row.id,
    tags: [row.tag],
    summary: row.summary,
    description: open ? 'Open to anyone.' : `May be done by: ${row.may.map(nameOf).join(', ')}.`,
    security: open ? [] : [{ bearer: [] }],
    parameters: [...pathParameters(row), ...queryParameters(row), ...headerParameters(row)],
    ...requestBody(row),
    responses: { [row.status]: success(row), ...repeat(row), default: problemsOf(row) },
  };
}

/** A rule of who may, in words. */
export function nameOf(rule: May): string {
  if (typeof rule === 'string') return rule;
  return 'shares' in rule
    ? `with whom the member shares ${rule.shares}`
    : `organisation-contact of the ${rule.contactOf}`;
}

function problemsOf(row: Operation): Record<string, unknown> {
  const schema = { $ref: '#/components/schemas/Problem' };
  const examples = Object.fromEntries(
    examplesFor(row).map((code) => [code, { $ref: `#/components/examples/${code}` }]),
  );
  return {
    description: 'A problem (RFC 9457); `code` is stable.',
    content: { 'application/problem+json': { schema, examples } },
  };
}

/** What an address that ends like a file answers; other answers that are no JSON are bytes. */
function mediaOf(path: string): string {
  if (path.endsWith('.html')) return 'text/html';
  return path.endsWith('.csv') ? 'text/csv' : 'application/octet-stream';
}

function success({ output, writes, summary, path, told }: Operation): Record<string, unknown> {
  const position = {
    'Ledger-Position': {
      description: 'opaque; a read that sends it back as Ledger-At-Least sees this write',
      schema: { type: 'string' },
    },
  };
  const content =
    output === undefined
      ? { [mediaOf(path)]: { schema: {} } }
      : {
          'application/json': { schema: schemaOf(output, 'output') },
          ...(told && Object.fromEntries(fileMedia.map((media) => [media, { schema: {} }]))),
        };
  return { description: summary, ...(writes ? { headers: position } : {}), content };
}

function repeat(row: Operation): Record<string, unknown> {
  return row.writes
    ? { 200: { ...success(row), description: 'The same command was answered before.' } }
    : {};
}

function requestBody({ body, takes }: Operation): Record<string, unknown> {
  if (takes !== undefined) {
    return {
      requestBody: {
        required: true,
        content: { [takes]: { schema: { type: 'string', format: 'binary' } } },
      },
    };
  }
  if (body === undefined) return {};
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: schemaOf(body, 'input') } },
    },
  };
}

function pathParameters({ path }: Operation): unknown[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', format: 'uuid' },
  }));
}

function queryParameters({ query }: Operation): unknown[] {
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function headerParameters({ writes, opens, takes, may }: Operation): unknown[] {
  const header = (name: string, required: boolean, description: string, schema: object) => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string', ...schema },
  });
  if (writes) {
    const key = 'new for each command, the same for a retry of it';
    const match = 'the ETag of what the caller saw: refused (412) where it is another by now';
    const on = 'the day on which it was handed in, as an admin says of what they enter for another';
    const name = `percent-encoded; at most ${limits.shortText} characters`;
    return [
      header('Idempotency-Key', true, key, { format: 'uuid' }),
      header('If-Match', false, match, {}),
      ...(may.includes('admin')
        ? [
            header('Submitted-On', false, on, { format: 'date' }),
            header('Submitted-By', false, 'by what way; with Submitted-On', { enum: waysIn }),
          ]
        : []),
      ...(takes === undefined ? [] : [header('File-Name', true, name, {})]),
    ];
  }
  if (may.includes('anyone')) return [];
  const least = 'a Ledger-Position: the answer holds at least this, or is 503 after 2 s';
  const reason = 'why another’s sealed text is opened; not needed for one’s own';
  return [
    header('Ledger-At-Least', false, least, {}),
    ...(opens ? [header('Access-Reason', false, reason, { enum: accessReasons })] : []),
  ];
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
