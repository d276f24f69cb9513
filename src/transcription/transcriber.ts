import type { Logger } from 'pino';
import { withoutTrailing } from '../core/text.js';
import type { SpokenAudio, Transcribed, Transcriber } from '../core/voicemail/transcripts/ports.js';
import type { TranscriptionConfig } from '../env.js';
import { openableCircuit } from './circuit.js';
import { readAnswer, readLimited, retryAfterSeconds } from './read-answer.js';

/** Fewer than the tasks of a worker, so that most of them are free for cards. */
const mostAtOnce = 2;
/** OpenAI takes no larger file; https://platform.openai.com/docs/guides/speech-to-text. */
const mostAudioBytes = 25_000_000;
/** A server without a graphics card needs about as long as the message takes. */
const patience = { seconds: 30, perSecondOfAudio: 1, most: 300 };

const endings: Readonly<Record<string, string>> = {
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/webm': 'webm',
};

interface TranscriberOptions {
  readonly log: Logger;
  /** Milliseconds of the time limit for a second of patience; shorter in tests. */
  readonly secondMilliseconds?: number;
  readonly now?: () => number;
}

/** Create the transcriber of an OpenAI-compatible service: OpenAI’s own, whisper.cpp, faster-whisper. */
export function openTranscriber(
  { url, apiKey, model }: TranscriptionConfig,
  { log, secondMilliseconds = 1000, now = Date.now }: TranscriberOptions,
): Transcriber {
  const address = addressOf(url);
  const circuit = openableCircuit(now);
  let underWay = 0;
  /** Newer models of OpenAI know `json` only. */
  let format: 'verbose_json' | 'json' = 'verbose_json';

  async function transcribe(audio: SpokenAudio): Promise<Transcribed> {
    if (audio.content.length > mostAudioBytes) {
      circuit.abandoned();
      return { kind: 'refused', why: 'larger than the service takes' };
    }
    const answer = await ask(audio).catch((error: unknown): Transcribed => ({ kind: 'later', why: reasonOf(error) }));
    if (answer.kind !== 'later') circuit.succeeded();
    else if (circuit.failed(answer.afterSeconds)) log.error({ why: answer.why }, 'transcriber unavailable');
    return answer;
  }

  async function ask(audio: SpokenAudio): Promise<Transcribed> {
    const seconds = Math.min(patience.seconds + patience.perSecondOfAudio * audio.durationSeconds, patience.most);
    const signal = AbortSignal.timeout(Math.ceil(seconds * secondMilliseconds));
    const response = await post(audio, signal);
    if (response.status !== 400 || format === 'json') return read(response);
    await response.body?.cancel();
    const plain = await post(audio, signal, 'json');
    if (plain.ok) format = 'json';
    return read(plain);
  }

  function post(audio: SpokenAudio, signal: AbortSignal, wanted = format): Promise<Response> {
    const body = new FormData();
    const name = `voicemail.${endings[audio.mimeType] ?? 'wav'}`;
    body.append('file', new Blob([new Uint8Array(audio.content)], { type: audio.mimeType }), name);
    body.append('model', model);
    body.append('response_format', wanted);
    body.append('temperature', '0');
    if (audio.language !== undefined) body.append('language', audio.language);
    const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    // A redirect would take the caller's words, and the key, to another machine.
    return fetch(address, { method: 'POST', headers, body, signal, redirect: 'error' });
  }

  async function read(response: Response): Promise<Transcribed> {
    const { status } = response;
    if (!response.ok) {
      await response.body?.cancel();
      const why = `answered ${status}`;
      if (refusals.has(status)) return { kind: 'refused', why };
      const afterSeconds = retryAfterSeconds(response.headers.get('retry-after'), now());
      return { kind: 'later', why, ...(afterSeconds === undefined ? {} : { afterSeconds }) };
    }
    const parts = readAnswer(await readLimited(response));
    return parts ? { kind: 'parts', parts } : { kind: 'later', why: 'answered something else' };
  }

  return {
    takePlace() {
      if (underWay >= mostAtOnce || !circuit.enter()) return undefined;
      underWay += 1;
      let isLeft = false;
      let isAsked = false;
      return {
        transcribe(audio) {
          isAsked = true;
          return transcribe(audio);
        },
        leave() {
          if (isLeft) return;
          isLeft = true;
          underWay -= 1;
          if (!isAsked) circuit.abandoned();
        },
      };
    },
  };
}

/** These concern the file; any other refusal concerns the set-up or the moment, and may end. */
const refusals = new Set([400, 413, 415, 422]);

/** The address to post to, from that of the server, of its API, or of the function itself. */
function addressOf(url: string): URL {
  const address = new URL(url);
  const path = withoutTrailing(address.pathname, '/');
  if (path === '') address.pathname = '/v1/audio/transcriptions';
  else if (path.endsWith('/v1')) address.pathname = `${path}/audio/transcriptions`;
  return address;
}

/** Without the address, which may hold a key. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'too slow';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}
