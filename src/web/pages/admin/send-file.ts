import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { UserError } from '../../../core/errors.js';
import type { TenantId } from '../../../core/ids.js';

/** The most exports of one company that this process sends at once; each reads whole tables, page after page. */
const mostExports = 3;
/** A client that takes nothing for this time gives its place to others. */
const stalledMilliseconds = 60_000;

/** A file that a browser keeps: its name without the ending, and its text. */
interface SentFile {
  readonly name: string;
  readonly format: 'csv' | 'json';
  readonly pieces: Iterable<string> | AsyncIterable<string>;
}

const types = { csv: 'text/csv; charset=utf-8', json: 'application/json' } as const;

/** The exports that are being sent, by company. */
const running = new Map<TenantId, number>();

/**
 * Send an export piece by piece. Throws UserError (429) while too many of the company's are being sent; a client that goes
 * away, or takes nothing any more, ends its own.
 */
export async function sendExport(response: Response, tenantId: TenantId, file: SentFile): Promise<void> {
  const before = running.get(tenantId) ?? 0;
  if (before >= mostExports) throw new UserError(({ reports }) => reports.tooManyDownloads, 429);
  running.set(tenantId, before + 1);
  response.setTimeout(stalledMilliseconds, () => response.destroy());
  try {
    await sendFile(response, file);
  } finally {
    const left = (running.get(tenantId) ?? 1) - 1;
    if (left > 0) running.set(tenantId, left);
    else running.delete(tenantId);
  }
}

/** Send a file to keep, piece by piece. A browser that goes away ends it quietly. */
export async function sendFile(response: Response, { name, format, pieces }: SentFile): Promise<void> {
  response.attachment(`${name}.${format}`).type(types[format]);
  try {
    await pipeline(Readable.from(format === 'csv' ? withByteOrderMark(pieces) : pieces), response);
  } catch (error) {
    if (!response.destroyed || (error as { code?: string }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/** Yield a CSV file with its byte order mark: without it spreadsheets do not read UTF-8. */
async function* withByteOrderMark(pieces: SentFile['pieces']): AsyncGenerator<string> {
  yield '\ufeff';
  yield* pieces;
}
