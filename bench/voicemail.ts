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
/** How many are under way at once: a company's busy minute, and what fills the server. */
const busy = 10;
const full = 50;
/** Rounds are still getting faster until about a thousand messages have gone through. */
const warmUps = 3;
/** Both sides swing by a quarter from round to round, so that five rounds gave 0.35 and 0.49 for the same code. */
const rounds = 11;
const audio = wav(3);

/**
 * From `POST /api/v1/voicemails` to the card at Slack, against the bare pipeline (one insert, one file write with
 * fsync, one HTTP post in a BullMQ job on Redis): how many a second with 10 and with 50 under way at once, as for
 * `slack-ack`, and how late at 20 a second.
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

/** Measures an installation by how one leaves a message there; it ends with its figures, however they end. */
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

/** Links somebody to Slack and returns how to leave them a message. */
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

/** By hand, because `FormData` would take our messages' sender longer than the reference's sender takes in all. */
function form(metadata: unknown): Buffer {
  const part = (head: string) => `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n`;
  return Buffer.concat([
    Buffer.from(`${part('name="metadata"')}\r\n${JSON.stringify(metadata)}\r\n`),
    Buffer.from(`${part('name="audio"; filename="message.wav"')}Content-Type: audio/wav\r\n\r\n`),
    audio,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

/** Both sides' messages go the same way: they share the machine with what is measured. */
async function post(url: string, expected: number, headers: Record<string, string>, body: Buffer): Promise<void> {
  const answer = await request(url, { method: 'POST', headers, body });
  if (answer.statusCode !== expected) throw new Error(`${answer.statusCode} ${await answer.body.text()}`);
  await answer.body.dump();
}

/** Sends `messages`, so many under way at once; messages a second until the last card has arrived. */
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

/** A burst, and then, outside the measured time, the audio that follows the cards: the reference must not bear it. */
async function burstAndUploads(slack: LocalSlack, send: Send, atOnce: number): Promise<number> {
  const wanted = slack.uploads() + messages;
  const perSecond = await burst(slack, send, atOnce);
  for (const late = performance.now() + 60_000; slack.uploads() < wanted && performance.now() < late; )
    await new Promise((resolve) => setTimeout(resolve, 50));
  return perSecond;
}

/** Sends 20 a second for ten seconds; the 95th percentile, in ms, of the time from each POST to a card for it. */
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
  // Cards say nothing of their order; the n-th to arrive is at least as late as the n-th to be sent.
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
