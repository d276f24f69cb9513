import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Yield a CSV file with its byte order mark: without it spreadsheets do not read UTF-8. */
export async function* withByteOrderMark(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  yield '\ufeff';
  yield* pieces;
}

/** Sends a file to keep, piece by piece. A browser that goes away ends it quietly. */
export async function sendPieces(
  response: Response,
  fileName: string,
  pieces: Iterable<string> | AsyncIterable<string>,
  type = 'text/csv; charset=utf-8',
): Promise<void> {
  response.attachment(fileName).type(type);
  try {
    await pipeline(Readable.from(pieces), response);
  } catch (error) {
    if (!response.destroyed || (error as { code?: string }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
