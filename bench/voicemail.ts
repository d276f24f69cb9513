import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { request } from 'undici';
import { startEmbeddedPostgres } from '../src/database/embedded.js';
import { wav } from '../test/support/audio.js';
import { type Installation, startInstallation, startReference } from './installation.js';
import { startLocalRedis } from './local-redis.js';
import { type LocalSlack, startLocalSlack } from './local-slack.js';
import { alternate, cost, type Figure, quantile, rate } from './measure.js';
import { scratchFolder } from './scratch.js';

const apiKey = 'bench-key-0123456789abcdef';
const messages = 400;
/** Concurrent requests: a company's busy minute, and enough to saturate the server. */
const busy = 10;
const full = 50;
/** Rounds become faster until about a thousand messages have been processed. */
const warmUps = 3;
/** Both sides vary by a quarter between rounds; with five rounds the same code measured 0.35 and 0.49. */
const rounds = 11;
const audio = wav(3);

/**
 * From `POST /api/v1/voicemails` to the card in Slack, against the minimal pipeline (one insert, one file write with
 * fsync, one HTTP post in a BullMQ job on Redis): the rate with 10 and with 50 concurrent requests, as in `slack-ack`,
 * and the delay at 20 per second.
 */
export async function* bench(say: (line: string) => void): AsyncIterable<Figure> {
  const folder = await scratchFolder();
  const postgres = await startEmbeddedPostgres(folder);
  const redis = await startLocalRedis();
  const slack = await startLocalSlack();
  if (redis === undefined) throw new Error('this benchmark needs redis-server');
  const reference = await startReference('pipeline', {
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    POST_TO: `${slack.url}/api/chat.postMessage`,
  });
  const enqueue = () => post(reference.url, 202, {}, audio);
  const bare = (atOnce: number) => () => burst(slack, enqueue, atOnce);
  try {
    const env = {
      ATTENDANT_API_KEY: apiKey,
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: 'bench-signing-secret-0123456789ab',
      SLACK_API_URL: `${slack.url}/api/`,
    };
    yield* withSender({ ...env, REDIS_URL: redis.url }, async function* (send) {
      const onRedis = await alternate(rounds, () => burstAndUploads(slack, send, busy), bare(busy), { warmUps });
      yield rate('voicemail', 'rate', onRedis.ours, onRedis.reference);
      const filled = await alternate(rounds, () => burstAndUploads(slack, send, full), bare(full));
      yield rate('voicemail', 'rate-50', filled.ours, filled.reference);

      const late = await alternate(
        2,
        () => steady(slack, send),
        () => steady(slack, enqueue),
      );
      say(`p95 from POST to card at 20 a second: ${Math.round(late.ours[0] ?? 0)} ms`);
      yield cost('voicemail', 'p95-card', late.ours, late.reference);
    });
    yield* withSender(env, async function* (send) {
      const embedded = await alternate(3, () => burstAndUploads(slack, send, busy), bare(busy), { warmUps });
      yield rate('voicemail', 'rate-embedded', embedded.ours, embedded.reference);
    });
  } finally {
    await reference.stop();
    await Promise.all([slack.stop(), redis.stop(), postgres.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}

type Send = () => Promise<void>;

/** Measure an installation by a function that leaves a message there; the installation stops afterwards in any case. */
async function* withSender(
  env: Record<string, string>,
  measure: (send: Send) => AsyncIterable<Figure>,
): AsyncIterable<Figure> {
  const installation = await startInstallation(env);
  try {
    yield* measure(await sender(installation));
  } finally {
    await installation.stop();
  }
}

/** Link a person to Slack and return a function that leaves them a message. */
async function sender(installation: Installation): Promise<Send> {
  const users = JSON.parse(await installation.cli('export', 'users', '--format', 'json')) as {
    email: string;
    extension: string;
    user_type: string;
  }[];
  const owner = users.find(({ extension, user_type }) => extension && user_type === 'business');
  if (owner === undefined) throw new Error('the small company has nobody of type business');
  await installation.cli('link', '--platform', 'slack', '--workspace', 'T1', '--account', 'U1', '--user', owner.email);

  const headers = {
    authorization: `Bearer ${apiKey}`,
    'content-type': `multipart/form-data; boundary=${boundary}`,
  };
  const about = { mailbox: { extension: owner.extension }, ani: '+14165550123' };
  return () => post(`${installation.url}/api/v1/voicemails`, 201, headers, form({ sourceId: randomUUID(), ...about }));
}

const boundary = 'message-of-the-benchmark';

/** Written directly, because `FormData` would take longer than the whole sender of the reference. */
function form(metadata: unknown): Buffer {
  const part = (head: string) => `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n`;
  return Buffer.concat([
    Buffer.from(`${part('name="metadata"')}\r\n${JSON.stringify(metadata)}\r\n`),
    Buffer.from(`${part('name="audio"; filename="message.wav"')}Content-Type: audio/wav\r\n\r\n`),
    audio,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

/** Both sides use the same sender, because senders share the machine with the measured servers. */
async function post(url: string, expected: number, headers: Record<string, string>, body: Buffer): Promise<void> {
  const answer = await request(url, { method: 'POST', headers, body });
  if (answer.statusCode !== expected) throw new Error(`${answer.statusCode} ${await answer.body.text()}`);
  await answer.body.dump();
}

/**
 * Send `messages` with a number of concurrent requests; returns the messages per second until the last card has
 * arrived.
 */
async function burst(slack: LocalSlack, send: Send, atOnce: number): Promise<number> {
  const start = performance.now();
  const arrived = cards(slack, messages);
  let left = messages;
  const one = async () => {
    for (; left > 0; ) {
      left -= 1;
      await send();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  await arrived;
  return messages / ((performance.now() - start) / 1000);
}

/**
 * Run a burst, then, outside the measured time, wait for the audio that follows the cards, so that it does not slow
 * down the reference.
 */
async function burstAndUploads(slack: LocalSlack, send: Send, atOnce: number): Promise<number> {
  const wanted = slack.uploads() + messages;
  const perSecond = await burst(slack, send, atOnce);
  for (const late = performance.now() + 60_000; slack.uploads() < wanted && performance.now() < late; )
    await new Promise((resolve) => setTimeout(resolve, 50));
  return perSecond;
}

/** Send 20 per second for ten seconds; returns the 95th percentile, in ms, of the time from each POST to its card. */
async function steady(slack: LocalSlack, send: Send): Promise<number> {
  const count = 200;
  const sent: number[] = [];
  const came: number[] = [];
  const arrived = cards(slack, count, () => came.push(performance.now()));
  for (let index = 0; index < count; index += 1) {
    sent.push(performance.now());
    void send();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await arrived;
  // Cards have no order; the n-th to arrive is at least as late as the n-th sent.
  return quantile(
    came.map((at, index) => at - (sent[index] ?? at)),
    0.95,
  );
}

function cards(slack: LocalSlack, count: number, onCard: () => void = () => undefined): Promise<void> {
  let arrived = 0;
  return new Promise((resolve) => {
    slack.onMessage = () => {
      onCard();
      arrived += 1;
      if (arrived === count) resolve();
    };
  });
}
