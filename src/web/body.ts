import busboy from 'busboy';
import type { Request, RequestHandler } from 'express';
import type { TypedFile } from '../core/chat/exchange.js';
import { oneLine, wellFormed } from '../core/text.js';

/** A form that is larger than we take: it is read to its end, and kept nowhere. */
export class TooLarge extends Error {}

/** What a form of ours sent: each field's values in order, and the files. */
export interface Body {
  readonly fields: URLSearchParams;
  readonly files: ReadonlyMap<string, TypedFile>;
}

/** For people who are signed in: the largest of our forms holds a recording. */
export const ample: Limits = { fields: 200, fieldSize: 256 * 1024, files: 2, fileSize: 25 * 1024 * 1024 };
/** For anybody at all, of whom we hold as little as possible in memory. */
export const small: Limits = { fields: 20, fieldSize: 4 * 1024, files: 0 };
type Limits = NonNullable<busboy.BusboyConfig['limits']>;

/** Reads either kind of form into `request.body`: `TooLarge` where it exceeds `limits`. 400 what is no form. */
export const readBody =
  (limits: Limits): RequestHandler =>
  (request, response, next) => {
    if (!request.is(['urlencoded', 'multipart'])) return void response.status(400).type('text').send('Not a form.\n');

    const fields = new URLSearchParams();
    const files = new Map<string, TypedFile>();
    let tooLarge = false;
    try {
      const reader = busboy({ headers: request.headers, limits, defParamCharset: 'utf8' });
      reader.on('field', (name, value, { valueTruncated }) => {
        tooLarge ||= valueTruncated;
        fields.append(wellFormed(name), wellFormed(value));
      });
      reader.on('file', (name, stream, { filename }) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('limit', () => {
          tooLarge = true;
        });
        stream.on('end', () => {
          if (filename) files.set(name, { fileName: oneLine(filename, 255), content: Buffer.concat(chunks) });
        });
      });
      for (const limit of ['fieldsLimit', 'filesLimit', 'partsLimit'] as const)
        reader.on(limit, () => {
          tooLarge = true;
        });
      reader.on('error', () => response.status(400).type('text').send('The form is broken.\n'));
      reader.on('close', () => {
        if (response.headersSent) return;
        request.body = tooLarge ? new TooLarge() : ({ fields, files } satisfies Body);
        next();
      });
      request.pipe(reader);
    } catch {
      response.status(400).type('text').send('The form is broken.\n');
    }
  };

export const bodyOf = (request: Request): Body => request.body as Body;
