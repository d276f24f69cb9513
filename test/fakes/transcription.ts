import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atTheEnd } from '../support/clean-up.js';

/** A request that the service took. */
interface AskedTranscript {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly fields: Readonly<Record<string, string>>;
}

/** What the service does with the next request, instead of writing it down. */
export type Mood = (response: ServerResponse) => void;

/** A local `/v1/audio/transcriptions` that refuses what the real one refuses. */
export interface LocalTranscription {
  readonly url: string;
  readonly asked: readonly AskedTranscript[];
  /** How many requests came, taken or not. */
  readonly requests: number;
  /** What is said in any audio. */
  says: unknown;
  /** Used up first, one for each request. */
  readonly moods: Mood[];
  /** The model knows `json` only, as the newer ones of OpenAI. */
  plainOnly: boolean;
}

export const transcriptionKey = 'sk-of-the-local-service';
const mostBytes = 26_214_400;
const endings = ['flac', 'mp3', 'mp4', 'mpeg', 'mpga', 'm4a', 'ogg', 'wav', 'webm'];

export const answersWith =
  (status: number, headers: Record<string, string> = {}): Mood =>
  (response) =>
    response.writeHead(status, headers).end(JSON.stringify({ error: { message: 'refused' } }));
export const answersText =
  (text: string): Mood =>
  (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
/** It takes the request and never answers. */
export const neverAnswers: Mood = () => {};
export const breaksOff: Mood = (response) => response.destroy();

/** Start it; it ends with the file. */
export async function startTranscription(): Promise<LocalTranscription> {
  const asked: AskedTranscript[] = [];
  const moods: Mood[] = [];
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    void answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atTheEnd(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const local: LocalTranscription = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    moods,
    get requests() {
      return requests;
    },
    says: { text: 'Please call me back.' },
    plainOnly: false,
  };
  return local;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const mood = moods.shift();
    if (mood) return mood(response);
    if (request.method !== 'POST' || request.url !== '/v1/audio/transcriptions') return answersWith(404)(response);
    if (request.headers.authorization !== `Bearer ${transcriptionKey}`) return answersWith(401)(response);
    if (body.length > mostBytes) return answersWith(413)(response);
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('multipart/form-data')) return answersWith(415)(response);
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const file = form.get('file');
    if (!(file instanceof File) || !endings.includes(file.name.split('.').at(-1) ?? ''))
      return answersWith(400)(response);
    const fields = Object.fromEntries(
      [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
    if (!fields.model || (local.plainOnly && fields.response_format !== 'json')) return answersWith(400)(response);
    asked.push({ fileName: file.name, bytes: Buffer.from(await file.arrayBuffer()), fields });
    answersText(JSON.stringify(local.says))(response);
  }
}
