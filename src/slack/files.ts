import type { WebClient } from '@slack/web-api';
import { request } from 'undici';
import type { TypedFile } from '../core/chat/exchange.js';
import { oneLine } from '../core/text.js';
import type { SlackConfig } from '../env.js';
import type { MessageLocation } from './direct-messages.js';
import type { SlackFile } from './payload.js';
import { isSlackUrl } from './response-url.js';

const MOST_BYTES = 25 * 1024 * 1024;

/** Download the file of a form's file field. Rejects when the file is unavailable or larger than 25 MB. */
export async function fetchFile(config: SlackConfig, file: SlackFile): Promise<TypedFile> {
  const url = file.url_private_download;
  if (url === undefined || !isSlackUrl(url, config.apiUrl)) throw new Error('no file address of Slack');
  if (file.size > MOST_BYTES) throw new Error('file too large');

  const { statusCode, body } = await request(url, {
    headers: { authorization: `Bearer ${config.botToken}` },
    signal: AbortSignal.timeout(10_000),
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error('file too large');
    chunks.push(chunk);
  }
  if (statusCode !== 200) throw new Error(`file answered ${statusCode}`);
  return { fileName: oneLine(file.name, 255), content: Buffer.concat(chunks) };
}

/** Audio that Slack's players accept: PCM16 WAV or MP3, with a matching file name (iPhones look at the extension). */
export interface PlayableAudio {
  readonly fileName: string;
  readonly content: Buffer;
}

/** Upload audio into the thread of a message, where it plays in place. */
export async function attachAudio(once: WebClient, at: MessageLocation, audio: PlayableAudio): Promise<void> {
  await once.files.uploadV2({
    channel_id: at.channel,
    thread_ts: at.ts,
    filename: audio.fileName,
    title: audio.fileName,
    file: audio.content,
  });
}

/** List our own files in the thread of a message. */
export async function findAudio(web: WebClient, at: MessageLocation): Promise<readonly { id: string; name: string }[]> {
  const { messages = [] } = await web.conversations.replies({ channel: at.channel, ts: at.ts, limit: 20 });
  const files = messages.filter(({ bot_id }) => bot_id !== undefined).flatMap((message) => message.files ?? []);
  return files.flatMap(({ id, name, mode }) =>
    id === undefined || mode === 'tombstone' ? [] : [{ id, name: name ?? '' }],
  );
}

/** Delete our own files from the thread of a message. A deleted voicemail's audio is deleted here too. */
export async function removeAudio(web: WebClient, at: MessageLocation): Promise<void> {
  const files = await findAudio(web, at);
  await Promise.all(files.map(({ id }) => web.files.delete({ file: id })));
}
