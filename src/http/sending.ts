import { constants } from 'node:zlib';
import compression from 'compression';
import type { Request, Response } from 'express';
import type { Operation, Reply } from './operation.ts';
import type { Page } from './pages/html.ts';
import { ABOUT } from './report-file.ts';

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = constants;
/** A tenth more bytes for half of the work: answers are some ten KB, for which brotli need not look back further. */
const compress = compression({
  level: 3,
  brotli: { params: { [BROTLI_PARAM_QUALITY]: 1, [BROTLI_PARAM_LGWIN]: 16 } },
});
/** Shorter answers do not become smaller by much; in UTF-16 code units. */
const WORTH_COMPRESSING = 1_024;

/** Sends what an operation answered. */
export function send(req: Request, res: Response, row: Operation, reply: Reply): void {
  if (reply.position !== undefined) res.setHeader('Ledger-Position', reply.position);
  if (reply.revision !== undefined) res.setHeader('ETag', `"${reply.revision}"`);
  // What is sealed elsewhere is kept nowhere; the rest may be kept by the caller and asked for again.
  const open = row.may.includes('anyone');
  res.setHeader(
    'Cache-Control',
    row.opens || row.writes ? 'no-store' : open ? 'no-cache' : 'private, no-cache',
  );
  res.setHeader('Vary', row.told === undefined ? 'Authorization' : 'Authorization, Accept');
  if (reply.file !== undefined) {
    sendFile(req, res, reply.file);
  } else if (!row.writes && req.fresh) {
    res.status(304).end();
  } else if (reply.page !== undefined) {
    sendPage(req, res, reply.page);
  } else {
    res.statusCode = reply.status ?? row.status;
    sendText(req, res, 'application/json', reply.json ?? JSON.stringify(reply.body));
  }
}

function sendFile(req: Request, res: Response, file: NonNullable<Reply['file']>): void {
  res.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
  res.setHeader(
    'Content-Disposition',
    `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  );
  if (file.described) {
    const path = req.originalUrl.replace(/\.csv(?=\?|$)/, '').replace(/[<>"]/g, encodeURIComponent);
    res.setHeader('Link', `<${path}>; rel="describedby"; type="${ABOUT}"`);
  }
  compress(req, res, () => void res.status(200).type(file.media).send(Buffer.from(file.bytes)));
}

/** Sends a page of HTML under its own policy. */
export function sendPage(req: Request, res: Response, { html, policy }: Page): void {
  res.setHeader('Content-Security-Policy', policy);
  sendText(req, res, 'text/html', html);
}

/**
 * Sends a text, compressed where it is long and the client takes that. Whoever asks for nothing of the kind is
 * spared the wrapping of the answer in a stream, and Express's guesses at what it may be.
 */
export function sendText(req: Request, res: Response, type: string, text: string): void {
  res.setHeader('Content-Type', `${type}; charset=utf-8`);
  const vary = res.getHeader('Vary');
  res.setHeader('Vary', vary === undefined ? 'Accept-Encoding' : `${vary}, Accept-Encoding`);
  const end = (): void => {
    res.setHeader('Content-Length', Buffer.byteLength(text));
    res.end(text);
  };
  const plain = req.headers['accept-encoding'] === undefined || text.length < WORTH_COMPRESSING;
  if (plain) end();
  else compress(req, res, end);
}
