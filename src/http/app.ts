import compression from 'compression';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { v4 } from 'uuid';
import { limits } from '../limits.ts';
import { type Caller, callerOf } from './access.ts';
import { failed } from './failed.ts';
import type { Operation, Reply } from './operation.ts';
import { docsRouter } from './pages/docs.ts';
import { homePage } from './pages/home.ts';
import type { Page } from './pages/html.ts';
import { type Incoming, perform } from './perform.ts';
import { bodyOf, Problem, problemOf } from './problem.ts';
import { failedSignIns, rateLimits } from './rates.ts';
import type { Services } from './services.ts';
import { operations } from './table.ts';

/** The application: a route for each row of the table, the pages, and problems for all else. */
export function makeApp(services: Services): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(marked(services));
  // Works on plain http in a LAN: no upgrade to https is asked for, no HSTS is promised.
  app.use(
    helmet({
      strictTransportSecurity: false,
      contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
    }),
  );
  app.use(compression());
  app.get('/', (_req, res) => sendPage(res, homePage(services.ledger)));
  app.use('/docs', docsRouter());
  app.use(failedSignIns());
  const allow = rateLimits(services);
  for (const [path, rows] of byPath(operations)) {
    const route = app.route(path.replace(/\{(\w+)\}/g, ':$1'));
    for (const row of rows) {
      route[row.method](
        signIn(services, row),
        allow[row.limit],
        ...bodyReader(row),
        serve(services, row),
      );
    }
    const methods = rows.map(({ method }) => method.toUpperCase());
    const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
    route.all((req) => {
      const detail = `${req.method} is not possible here; ${allowed.join(', ')} is`;
      throw new Problem(405, 'method-wrong', detail, {}, { Allow: allowed.join(', ') });
    });
  }
  app.use(() => {
    throw new Problem(
      404,
      'not-found',
      'nothing has this address: /openapi.json lists what there is',
    );
  });
  app.use(answerProblem(services));
  return app;
}

/** Rows by their path, `search` before `{member}`: a brace sorts after every letter. */
function byPath(rows: readonly Operation[]): [string, Operation[]][] {
  const paths = new Map<string, Operation[]>();
  for (const row of rows) paths.set(row.path, [...(paths.get(row.path) ?? []), row]);
  return [...paths].sort(([a], [b]) => (a < b ? -1 : 1));
}

interface Marks {
  requestId: string;
  operation?: string;
}

/** Every answer has an id and one line in the log; the route is named by its operation, never by its URL. */
function marked(services: Services) {
  return (_req: Request, res: Response, next: NextFunction): void => {
    const marks: Marks = { requestId: v4() };
    Object.assign(res.locals, marks);
    res.setHeader('Request-Id', marks.requestId);
    if (services.ending()) res.setHeader('Connection', 'close');
    const began = process.hrtime.bigint();
    res.on('close', () => {
      const ms = Number(process.hrtime.bigint() - began) / 1e6;
      const operation = (res.locals as Marks).operation ?? 'none';
      services.metrics.answered(operation, res.statusCode, ms / 1_000);
      const status = res.statusCode;
      const { requestId } = marks;
      services.log({
        level: 'info',
        message: 'answered',
        requestId,
        operation,
        status,
        ms: Math.round(ms * 10) / 10,
      });
    });
    next();
  };
}

function bodyReader(row: Operation): express.RequestHandler[] {
  if (row.body === undefined && row.takes === undefined) return [];
  const json = row.takes === undefined;
  const media = row.takes ?? 'application/json';
  const reader = json
    ? express.json({ limit: limits.bodyBytes, strict: false })
    : express.raw({ limit: limits.evidenceBytes, type: () => true });
  return [
    (req, _res, next) => {
      if (json && req.is('application/json') === false) {
        throw new Problem(
          415,
          'media-type-wrong',
          `${media} is expected`,
          {},
          { 'Accept-Post': media },
        );
      }
      next();
    },
    reader,
  ];
}

/** Who asks is known before anything of the body is read. */
function signIn(services: Services, row: Operation): express.RequestHandler {
  return async (req, res, next) => {
    const caller = await callerOf(services, req.get('authorization'));
    Object.assign(res.locals, { operation: row.id, caller });
    next();
  };
}

function serve(services: Services, row: Operation) {
  return async (req: Request, res: Response): Promise<void> => {
    const { caller } = res.locals as Marks & { caller: Caller };
    const incoming: Incoming = {
      path: req.params as Record<string, string>,
      query: req.query,
      body: row.takes === undefined ? req.body : undefined,
      bytes: row.takes === undefined ? undefined : bytesOf(req.body),
      header: (name) => req.get(name),
    };
    send(req, res, row, await perform(services, row, caller, incoming));
  };
}

function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}

function send(req: Request, res: Response, row: Operation, reply: Reply): void {
  if (reply.position !== undefined) res.setHeader('Ledger-Position', reply.position);
  if (reply.revision !== undefined) res.setHeader('ETag', `"${reply.revision}"`);
  // What is sealed elsewhere is kept nowhere; the rest may be kept by the caller and asked for again.
  const open = row.may.includes('anyone');
  res.setHeader(
    'Cache-Control',
    row.opens || row.writes ? 'no-store' : open ? 'no-cache' : 'private, no-cache',
  );
  res.vary('Authorization');
  if (reply.file !== undefined) {
    const { bytes, media, name } = reply.file;
    res.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
    res.setHeader(
      'Content-Disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    );
    res.status(200).type(media).send(Buffer.from(bytes));
    return;
  }
  if (!row.writes && req.fresh) {
    res.status(304).end();
    return;
  }
  if (reply.page !== undefined) {
    sendPage(res, reply.page);
    return;
  }
  res.status(reply.status ?? row.status).type('json');
  res.send(reply.json ?? JSON.stringify(reply.body));
}

function sendPage(res: Response, { html, policy }: Page): void {
  res.setHeader('Content-Security-Policy', policy);
  res.type('html').send(html);
}

/** Errors as problems (RFC 9457), the body reader's among them. */
function answerProblem(services: Services) {
  return (error: unknown, _req: Request, res: Response, _next: NextFunction): void => {
    const problem = bodyProblem(error) ?? problemOf(error);
    const { requestId, operation } = res.locals as Marks;
    if (problem.status >= 500 && !(error instanceof Problem)) {
      const where = operation === undefined ? {} : { operation };
      services.log({ ...failed(error), requestId, ...where });
    }
    if (res.headersSent) {
      res.destroy();
      return;
    }
    for (const name of ['ETag', 'Content-Disposition']) res.removeHeader(name);
    res.set(problem.headers).set('Cache-Control', 'no-store');
    res.status(problem.status).type('application/problem+json');
    res.send(JSON.stringify(bodyOf(problem, requestId)));
  };
}

function bodyProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return undefined;
  const { type, status } = error as { type?: unknown; status?: unknown };
  if (type === 'entity.parse.failed') {
    return new Problem(400, 'body-malformed', 'the body is no JSON (RFC 8259)');
  }
  if (type === 'entity.too.large') {
    return new Problem(413, 'body-too-large', 'the body is larger than this takes');
  }
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') {
    return new Problem(
      415,
      'media-type-wrong',
      'UTF-8 is expected, plain or as gzip, deflate or br',
    );
  }
  if (error instanceof URIError || (typeof status === 'number' && status >= 400 && status < 500)) {
    return new Problem(400, 'body-malformed', 'the request cannot be read');
  }
  return undefined;
}
