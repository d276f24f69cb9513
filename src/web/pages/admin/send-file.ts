import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { UserError } from '../../../core/errors.js';
import type { TenantId } from '../../../core/ids.js';

/** As many exports of one company as this process sends at once; each reads the company's tables page after page. */
const mostExports = 3;
/** A client that takes nothing for so long gives its place to others. */
const stalledMilliseconds = 60_000;

/** The exports that are being sent, by company. */
const running = new Map<TenantId, number>();

/**
 * Send an export piece by piece. Throws UserError (429) while too many of the company's are being sent; a client that goes
 * away, or takes nothing any more, ends its own.
 */
export async function sendExport(
  response: Response,
  tenantId: TenantId,
  file: { readonly name: string; readonly format: 'csv' | 'json'; readonly pieces: AsyncIterable<string> },
): Promise<void> {
  const before = running.get(tenantId) ?? 0;
  if (before >= mostExports) throw new UserError(({ reports }) => reports.tooManyDownloads, 429);
  running.set(tenantId, before + 1);
  response.setTimeout(stalledMilliseconds, () => response.destroy());
  const { name, format, pieces } = file;
  const isCsv = format === 'csv';
  try {
    await sendFile(
      response,
      `${name}.${format}`,
      isCsv ? withByteOrderMark(pieces) : pieces,
      isCsv ? csvType : 'application/json',
    );
  } finally {
    const left = (running.get(tenantId) ?? 1) - 1;
    if (left > 0) running.set(tenantId, left);
    else running.delete(tenantId);
  }
}

const csvType = 'text/csv; charset=utf-8';

/** Yield a CSV file with its byte order mark: without it spreadsheets do not read UTF-8. */
async function* withByteOrderMark(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  yield '\ufeff';
  yield* pieces;
}

/** Send a file to keep, piece by piece. A browser that goes away ends it quietly. */
export async function sendFile(
  response: Response,
  fileName: string,
  pieces: Iterable<string> | AsyncIterable<string>,
  type = csvType,
): Promise<void> {
  response.attachment(fileName).type(type);
  try {
    await pipeline(Readable.from(pieces), response);
  } catch (error) {
    if (!response.destroyed || (error as { code?: string }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
