import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { LRUCache } from 'lru-cache';
import type { Recordings } from '../core/voicemail/ports.js';

/** Makes audio that every browser plays, where what was kept is not (µ-law, GSM); by whoever knows audio. */
export type ToPlayable = (audio: Buffer, mimeType: string) => Promise<{ content: Buffer; mimeType: string }>;

interface Kept {
  readonly storageKey: string;
  readonly mimeType: string;
  readonly bytes: number;
}

/** Sends recordings as players ask for them: whole, or a range (206). */
export type AudioSender = (request: Request, response: Response, kept: Kept, fileName?: string) => Promise<void>;

/** Sent from the store as they are; anything else is converted first, and kept in memory for the ranges that follow. */
const sentAsKept = new Set(['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/webm']);

export function audioSender(recordings: Recordings, toPlayable: ToPlayable): AudioSender {
  const converted = new LRUCache<string, { content: Buffer; mimeType: string }>({
    maxSize: 64 * 1024 * 1024,
    sizeCalculation: ({ content }) => content.length || 1,
    ttl: 10 * 60_000,
  });

  return async (request, response, kept, fileName) => {
    if (fileName !== undefined) response.attachment(fileName);
    if (sentAsKept.has(kept.mimeType)) {
      const range = rangeOf(request, kept.bytes);
      if (!begin(response, range, kept.bytes, kept.mimeType)) return;
      await send(response, await recordings.read(kept.storageKey, range));
      return;
    }
    const { content, mimeType } = converted.get(kept.storageKey) ?? (await convert(kept));
    const range = rangeOf(request, content.length);
    if (!begin(response, range, content.length, mimeType)) return;
    response.end(range ? content.subarray(range.start, range.end + 1) : content);
  };

  async function convert(kept: Kept) {
    const playable = await toPlayable(await buffer(await recordings.read(kept.storageKey)), kept.mimeType);
    converted.set(kept.storageKey, playable);
    return playable;
  }
}

type Range = { start: number; end: number };

/** The one range that was asked for; several are answered with everything, as the standard allows. */
function rangeOf(request: Request, size: number): Range | undefined {
  const ranges = request.range(size, { combine: true });
  if (ranges === -1) return { start: size, end: size };
  return Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
}

/** Writes status and headers; false where there is nothing to send after them. */
function begin(response: Response, range: Range | undefined, size: number, mimeType: string): boolean {
  response.set({ 'Accept-Ranges': 'bytes', 'Content-Type': mimeType, 'Cache-Control': 'private, no-store' });
  if (range && range.start >= size) {
    response.set('Content-Range', `bytes */${size}`).status(416).end();
    return false;
  }
  if (range) response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${size}`);
  response.set('Content-Length', String(range ? range.end - range.start + 1 : size));
  return true;
}

/** A listener who goes away, in the middle or while the audio was looked for, is no error. */
const send = async (response: Response, audio: Readable): Promise<void> => {
  if (response.destroyed) return void audio.destroy();
  await pipeline(audio, response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
};
