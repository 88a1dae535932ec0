import compression from 'compression';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { v4 } from 'uuid';
import { failed } from './failed.ts';
import { docsRouter } from './pages/docs.ts';
import { homePage } from './pages/home.ts';
import { bodyOf, Problem, problemOf } from './problem.ts';
import { failedSignIns } from './rates.ts';
import { sendPage, sendText } from './sending.ts';
import type { Services } from './services.ts';
import { serving } from './serving.ts';
import { operations } from './table.ts';

/** The application: the operations of the table, the pages, and problems for all else. */
export function makeApp(services: Services): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(marked(services));
  app.get('/', (req, res) => sendPage(req, res, homePage(services.ledger)));
  app.use('/docs', compression(), docsRouter());
  app.use(failedSignIns(services));
  app.use(serving(services, operations));
  app.use(answerProblem(services));
  return app;
}

/** What helmet sets, which is the same for every answer: it is asked once. */
function guardingHeaders(): [string, string][] {
  const headers: [string, string][] = [];
  const answer = {
    setHeader: (name: string, value: string) => headers.push([name, value]),
    removeHeader: () => undefined,
  };
  // Works on plain http in a LAN: no upgrade to https is asked for, no HSTS is promised.
  const guard = helmet({
    strictTransportSecurity: false,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  });
  guard({} as Request, answer as unknown as Response, (error) => {
    if (error !== undefined) throw error;
  });
  return headers;
}

interface Marks {
  requestId: string;
  operation?: string;
}

/** Every answer has an id and one line in the log; the route is named by its operation, never by its URL. */
function marked(services: Services) {
  const guarding = guardingHeaders();
  return (_req: Request, res: Response, next: NextFunction): void => {
    const marks: Marks = { requestId: v4() };
    Object.assign(res.locals, marks);
    res.setHeader('Request-Id', marks.requestId);
    for (const [name, value] of guarding) res.setHeader(name, value);
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

/** Errors as problems (RFC 9457), the body reader's among them. */
function answerProblem(services: Services) {
  return (error: unknown, req: Request, res: Response, _next: NextFunction): void => {
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
    res.statusCode = problem.status;
    const body = JSON.stringify(bodyOf(problem, requestId));
    sendText(req, res, 'application/problem+json', body);
  };
}

function bodyProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return undefined;
  const { type, status, limit } = error as { type?: unknown; status?: unknown; limit?: number };
  if (type === 'entity.parse.failed') {
    return new Problem(400, 'body-malformed', 'the body is no JSON (RFC 8259)');
  }
  if (type === 'entity.too.large') {
    return new Problem(
      413,
      'body-too-large',
      `the body has more than ${limit} bytes, the most that this takes`,
    );
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
