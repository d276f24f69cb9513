import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { Deps } from '../../core/deps.js';
import { UserError } from '../../core/errors.js';
import { RecordingMissing } from '../../core/recordings/ports.js';
import type { StoredAudio } from '../../core/voicemail/ports.js';

/** Sends a recording, whole or as a range (206). */
export type AudioSender = (request: Request, response: Response, kept: StoredAudio, fileName?: string) => Promise<void>;

/**
 * Create the sender. Rejects (404) when the file is missing, so that players can tell that from audio that they cannot
 * play.
 */
export const audioSender =
  ({ recordings, audio }: Pick<Deps, 'recordings' | 'audio'>): AudioSender =>
  async (request, response, kept, fileName) => {
    try {
      if (await audio.playsAsKept(kept)) {
        const range = rangeOf(request, kept.bytes);
        const { stream } = await recordings.read(kept.storageKey, isBeyond(range, kept.bytes) ? undefined : range);
        named(response, fileName);
        if (writeHead(response, range, kept.bytes, kept.mimeType)) await send(response, stream);
        else stream.destroy();
        return;
      }
      const { content, mimeType } = await audio.playable(kept);
      const range = rangeOf(request, content.length);
      named(response, fileName);
      if (!writeHead(response, range, content.length, mimeType)) return;
      response.end(range ? content.subarray(range.start, range.end + 1) : content);
    } catch (error) {
      if (!(error instanceof RecordingMissing)) throw error;
      throw new UserError((words) => words.voicemail.audioMissing, 404);
    }
  };

function named(response: Response, fileName: string | undefined): void {
  if (fileName !== undefined) response.attachment(fileName);
}

type Range = { start: number; end: number };

/** The requested range; several ranges are answered with the whole file, as the standard allows. */
function rangeOf(request: Request, size: number): Range | undefined {
  const ranges = request.range(size, { combine: true });
  if (ranges === -1) return { start: size, end: size };
  return Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
}

const isBeyond = (range: Range | undefined, size: number): boolean => range !== undefined && range.start >= size;

/** Write status and headers; false when no body follows. */
function writeHead(response: Response, range: Range | undefined, size: number, mimeType: string): boolean {
  response.set({ 'Accept-Ranges': 'bytes', 'Content-Type': mimeType, 'Cache-Control': 'private, no-store' });
  if (isBeyond(range, size)) {
    response.set('Content-Range', `bytes */${size}`).status(416).end();
    return false;
  }
  if (range) response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${size}`);
  response.set('Content-Length', String(range ? range.end - range.start + 1 : size));
  return true;
}

/** Send the audio. A client that disconnects, at any time, is not an error. */
const send = async (response: Response, audio: Readable): Promise<void> => {
  if (response.destroyed) return void audio.destroy();
  await pipeline(audio, response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
};
