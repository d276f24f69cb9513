import { z } from 'zod';
import type { SpokenPart } from '../core/voicemail/transcripts/ports.js';

/** An hour of speech with the details of each part is less. */
const mostAnswerBytes = 2 * 1024 * 1024;
const mostParts = 5000;

/** https://platform.openai.com/docs/api-reference/audio: `verbose_json` has segments, `json` the text alone. */
const Answer = z.object({
  text: z.string(),
  segments: z
    .array(
      z.object({
        text: z.string(),
        no_speech_prob: z.number().min(0).max(1).nullish().catch(undefined),
        avg_logprob: z.number().nullish().catch(undefined),
      }),
    )
    .max(mostParts)
    .nullish()
    // Other servers have segments of their own form.
    .catch(undefined),
});

/** Return the parts of an answer; undefined: it is none. */
export function readAnswer(body: string): readonly SpokenPart[] | undefined {
  const read = Answer.safeParse(jsonIn(body));
  if (!read.success) return undefined;
  const { text, segments } = read.data;
  if (!segments || segments.length === 0)
    return [{ text, noSpeechProbability: undefined, meanLogProbability: undefined }];
  return segments.map(({ text, no_speech_prob, avg_logprob }) => ({
    text,
    noSpeechProbability: no_speech_prob ?? undefined,
    meanLogProbability: avg_logprob ?? undefined,
  }));
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Return the body of an answer as text. Rejects when it is longer than `mostAnswerBytes`. */
export async function readLimited(response: Response): Promise<string> {
  if (Number(response.headers.get('content-length') ?? 0) > mostAnswerBytes) throw new Error('answer too large');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > mostAnswerBytes) throw new Error('answer too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Return the seconds that a `Retry-After` names, as a number or as a date; undefined: none. */
export function retryAfterSeconds(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d{1,9}$/.test(header.trim()) ? Number(header) : (Date.parse(header.slice(0, 100)) - now) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}
