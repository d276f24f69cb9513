import { z } from 'zod';
import type { VoiceConfig } from '../env.js';

/** 180 s of the provider's largest format are 16 MB. */
const mostBytes = 20 * 1024 * 1024;
const patienceMilliseconds = 8_000;

/** A recording could not be had now; it may be there later. */
class RecordingAway extends Error {
  constructor(why: string) {
    super(`the recording cannot be fetched: ${why}`);
    this.name = 'RecordingAway';
  }
}

/**
 * The audio of a recording, from the provider and nowhere else: an address elsewhere would be handed our credentials.
 * Bounded in size and time. Rejects with RecordingAway when the provider does not give it now.
 */
export async function fetchRecording(voice: VoiceConfig, address: string): Promise<Buffer> {
  const url = new URL(address);
  if (url.origin !== new URL(voice.apiUrl).origin) throw new RecordingAway('it is not at the provider');
  const response = await ask(voice, url);
  if (!response.body) throw new RecordingAway('it is empty');

  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    bytes += part.length;
    if (bytes > mostBytes) throw new RecordingAway('it is too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const RecordingList = z.object({ recordings: z.array(z.object({ sid: z.string().min(1) })) });

/** The recordings the provider has of a call, for when its callback never came: sids and addresses. */
export async function listRecordings(voice: VoiceConfig, callSid: string): Promise<{ sid: string; url: string }[]> {
  const account = new URL(`/2010-04-01/Accounts/${encodeURIComponent(voice.accountSid)}/`, voice.apiUrl);
  const response = await ask(voice, new URL(`Calls/${encodeURIComponent(callSid)}/Recordings.json`, account));
  const { recordings } = RecordingList.parse(await response.json());
  return recordings.map(({ sid }) => ({ sid, url: new URL(`Recordings/${encodeURIComponent(sid)}`, account).href }));
}

async function ask(voice: VoiceConfig, url: URL): Promise<Response> {
  const credentials = Buffer.from(`${voice.accountSid}:${voice.authToken}`).toString('base64');
  const response = await fetch(url, {
    headers: { authorization: `Basic ${credentials}` },
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMilliseconds),
  }).catch((error: unknown) => {
    throw new RecordingAway(error instanceof Error ? error.message : 'no answer');
  });
  if (!response.ok) throw new RecordingAway(`the provider answered ${response.status}`);
  return response;
}
