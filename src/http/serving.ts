import express, { type Request, type RequestHandler, type Response } from 'express';
import { limits } from '../limits.ts';
import { callerOf } from './access.ts';
import type { Operation } from './operation.ts';
import { perform } from './perform.ts';
import { Problem } from './problem.ts';
import { rateLimits } from './rates.ts';
import { pathTable } from './routes.ts';
import { send } from './sending.ts';
import type { Services } from './services.ts';

type Handler = (req: Request, res: Response) => Promise<void>;

/** Serves every operation of the table; what has no address there, or another method, is a problem. */
export function serving(services: Services, operations: readonly Operation[]): RequestHandler {
  const allow = rateLimits(services);
  const paths = new Map<string, Map<string, Handler>>();
  for (const row of operations) {
    const methods = paths.get(row.path) ?? new Map<string, Handler>();
    paths.set(row.path, methods.set(row.method.toUpperCase(), serve(services, row, allow)));
  }
  const find = pathTable(paths);
  return (req, res) => {
    const found = find(req.path);
    if (found === undefined) {
      const detail = 'nothing has this address: /openapi.json lists what there is';
      throw new Problem(404, 'not-found', detail);
    }
    const handler = found.at.get(req.method === 'HEAD' ? 'GET' : req.method);
    if (handler === undefined) throw wrongMethod(req.method, [...found.at.keys()]);
    req.params = found.params;
    return handler(req, res);
  };
}

function wrongMethod(method: string, methods: string[]): Problem {
  const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ');
  const detail = `${method} is not possible here; ${allowed} is`;
  return new Problem(405, 'method-wrong', detail, {}, { Allow: allowed });
}

/** Who asks is known, and has not asked too often, before anything of the body is read. */
function serve(services: Services, row: Operation, allow: ReturnType<typeof rateLimits>): Handler {
  const readBody = bodyReader(row);
  return async (req, res) => {
    const caller = await callerOf(services, req.headers.authorization);
    Object.assign(res.locals, { operation: row.id, caller });
    await allow[row.limit](req, res);
    if (readBody !== undefined) await passed(readBody, req, res);
    const json = row.takes === undefined;
    const reply = await perform(services, row, caller, {
      path: req.params as Record<string, string>,
      query: req.query,
      body: json ? req.body : undefined,
      bytes: json ? undefined : bytesOf(req.body),
      header: (name) => req.get(name),
      accepts: (media) => req.accepts(media.slice()),
    });
    send(req, res, row, reply);
  };
}

/** Resolves when a handler of Express lets a request through. */
function passed(handler: RequestHandler, req: Request, res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void handler(req, res, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error);
    });
  });
}

function bodyReader(row: Operation): RequestHandler | undefined {
  if (row.takes !== undefined) {
    return express.raw({ limit: limits.evidenceBytes, type: () => true });
  }
  if (row.body === undefined) return undefined;
  const read = express.json({ limit: limits.bodyBytes, strict: false });
  const media = 'application/json';
  return (req, res, next) => {
    if (req.is(media) === false) {
      const headers = { 'Accept-Post': media };
      throw new Problem(415, 'media-type-wrong', `${media} is expected`, {}, headers);
    }
    read(req, res, next);
  };
}

function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}
