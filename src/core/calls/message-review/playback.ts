import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Deps } from '../../deps.js';
import { readSignedText, signText } from '../../signed-token.js';
import { type ProviderRecording, RecordingGone } from '../../voicemail/ports.js';

const purpose = 'provider-recording';
/** Played while its speaker is on the line. */
const validMinutes = 30;
/** A recording may not be ready for seconds after it was reported. */
const retriesAfterMilliseconds = [500, 1_000, 1_500, 2_000];

const Token = z.object({ sid: z.string(), url: z.string().optional(), until: z.number() });

/** Return a token by which the provider fetches a recording of its own through us, as it may ask for our credentials. */
export function playbackToken({ secret, clock }: Deps, { sid, url }: ProviderRecording): string {
  const until = clock.now().getTime() + validMinutes * 60_000;
  return signText(secret, purpose, Buffer.from(JSON.stringify({ sid, url, until })).toString('base64url'));
}

/** Return the audio of a token. Undefined: the token is invalid or old, or the provider has deleted the recording. */
export async function playback(deps: Deps, token: string): Promise<Readable | undefined> {
  const text = readSignedText(deps.secret, purpose, token);
  if (text === undefined || !deps.providerRecordings) return undefined;
  const { until, ...recording } = Token.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  if (until < deps.clock.now().getTime()) return undefined;
  for (const delay of retriesAfterMilliseconds) {
    try {
      return await deps.providerRecordings.fetch(recording);
    } catch (error) {
      if (error instanceof RecordingGone) return undefined;
      await pause(delay);
    }
  }
  return deps.providerRecordings.fetch(recording);
}
