import { type ClientRequest, get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { addAbortSignal, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { type ProviderRecording, type ProviderRecordings, RecordingGone } from '../core/voicemail/ports.js';
import type { VoiceConfig } from '../env.js';
import {
  accountAddress,
  credentialsOf,
  isProviderAddress,
  isProviderStorage,
  lookupPublicHost,
  whyRefused,
} from './provider-address.js';

/** 180 s in the provider's largest format are 16 MB. */
const mostAudioBytes = 20 * 1024 * 1024;
const mostListBytes = 1024 * 1024;
const mostRedirects = 3;
/** The timeout of one recording or list, redirects included; shorter than the lease on the row. */
const longestMilliseconds = 45_000;

/** A recording is unavailable now and may be available later. */
class RecordingAway extends Error {
  constructor(why: string) {
    super(`the recording cannot be fetched: ${why}`);
    this.name = 'RecordingAway';
  }
}

/**
 * Create the recordings of the account that `voiceNow` returns, called at each use; undefined: there is no account at
 * the moment.
 */
export function providerRecordings(voiceNow: () => Promise<VoiceConfig | undefined>): ProviderRecordings {
  const reach = async () => {
    const voice = await voiceNow();
    if (!voice) throw new RecordingAway('there is no voice provider');
    return voice;
  };
  return {
    async fetch(recording, ended) {
      const voice = await reach();
      const { response, signal } = await download(voice, addressOf(voice, recording), ended);
      return bounded(response, mostAudioBytes, signal);
    },
    async list(callId) {
      const voice = await reach();
      const url = new URL(`Recordings.json?${new URLSearchParams({ CallSid: callId })}`, accountAddress(voice));
      const { response, signal } = await download(voice, url);
      return recordingsIn(callId, await buffer(bounded(response, mostListBytes, signal)));
    },
  };
}

/** The address that the provider sent, if it is the provider's own; else the recording's usual address. */
function addressOf(voice: VoiceConfig, { sid, url }: ProviderRecording): URL {
  const told = url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
  if (told && (isProviderAddress(told, voice) || isProviderStorage(told, voice))) return told;
  return new URL(`Recordings/${encodeURIComponent(sid)}`, accountAddress(voice));
}

/**
 * https://www.twilio.com/docs/voice/api/recording; other recordings of a call (a dial, a conference) are not messages.
 */
const RecordingList = z.object({
  recordings: z.array(
    z.object({
      sid: z.string().min(1).max(128),
      call_sid: z.string().optional(),
      source: z.string().nullish(),
      status: z.string().nullish(),
    }),
  ),
});

function recordingsIn(callId: string, body: Buffer): ProviderRecording[] {
  const read = RecordingList.safeParse(jsonIn(body));
  if (!read.success) throw new RecordingAway('the list of recordings cannot be read');
  // A provider that ignores the filter lists recordings of all calls.
  const ours = read.data.recordings.filter(
    ({ call_sid, source }) => call_sid === callId && (source ?? 'RecordVerb') === 'RecordVerb',
  );
  if (ours.some(({ status }) => status === 'in-progress' || status === 'paused' || status === 'processing'))
    throw new RecordingAway('it is still being recorded');
  return ours.filter(({ status }) => (status ?? 'completed') === 'completed').map(({ sid }) => ({ sid }));
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** Download an address, following at most three redirects; our credentials are sent to the provider's API only. */
async function download(
  voice: VoiceConfig,
  first: URL,
  ended?: AbortSignal,
): Promise<{ readonly response: IncomingMessage; readonly signal: AbortSignal }> {
  const deadline = AbortSignal.timeout(longestMilliseconds);
  const signal = ended ? AbortSignal.any([deadline, ended]) : deadline;
  let url = first;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await ask(voice, url, signal);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return { response, signal };
    response.destroy();
    if (status === 410) throw new RecordingGone();
    const { location } = response.headers;
    if (status < 300 || status >= 400 || location === undefined || !URL.canParse(location, url.href))
      throw new RecordingAway(`the provider answered ${status}`);
    url = new URL(location, url);
  }
  throw new RecordingAway(`it is behind more than ${mostRedirects} redirects`);
}

function ask(voice: VoiceConfig, url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const refused = whyRefused(url, voice);
  if (refused !== undefined) throw new RecordingAway(refused);
  const options = {
    headers: isProviderAddress(url, voice) ? { authorization: credentialsOf(voice) } : {},
    lookup: lookupPublicHost(url, voice),
    // A new connection each time, because a kept-alive one might have been opened without the lookup rule.
    agent: false as const,
    signal,
  };
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(new RecordingAway(error.message));
    const request: ClientRequest =
      url.protocol === 'https:' ? getSecure(url, options, resolve) : getPlain(url, options, resolve);
    request.on('error', fail);
  });
}

/** The body of an answer; errors with `RecordingAway` when it is too large, empty, late, or cut off. */
function bounded(response: IncomingMessage, mostBytes: number, signal: AbortSignal): Readable {
  return Readable.from(limited());

  async function* limited(): AsyncGenerator<Buffer> {
    let bytes = 0;
    try {
      for await (const part of addAbortSignal(signal, response) as AsyncIterable<Buffer>) {
        bytes += part.length;
        if (bytes > mostBytes) throw new RecordingAway('it is too large');
        yield part;
      }
    } catch (error) {
      if (error instanceof RecordingAway) throw error;
      throw new RecordingAway(error instanceof Error ? error.message : 'it broke off');
    }
    if (bytes === 0) throw new RecordingAway('it is empty');
  }
}
