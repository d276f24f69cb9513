import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { readEnvironment } from '../../src/env.js';
import { startAttendant } from '../../src/main.js';
import { botToken, signingSecret } from '../fakes/slack/slack.js';
import { wav } from '../support/audio.js';
import { atTheEnd } from '../support/clean-up.js';
import { eventually } from '../support/eventually.js';
import { type SlackCompany, slackCompany } from '../support/slack.js';

type Line = Readonly<Record<string, unknown>>;

const apiKey = 'a-key-of-the-environment';
let at: SlackCompany;
let url: string;
const lines: Line[] = [];
const said = (message: string) => lines.filter(({ msg }) => msg === message);

/** A complete Attendant whose Slack never answers, so that its adapters and jobs have errors to log. */
beforeAll(async () => {
  at = await slackCompany();
  const folder = await mkdtemp(join(tmpdir(), 'attendant-request-id-'));
  const config = readEnvironment({
    PORT: '0',
    DATABASE_URL: at.company.databaseUrl,
    ATTENDANT_DATA: folder,
    ATTENDANT_SECRET: randomUUID() + randomUUID(),
    ATTENDANT_API_KEY: apiKey,
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: 'http://127.0.0.1:1/api/',
  });
  const log = pino({ level: 'debug', base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const attendant = await startAttendant(config, { log });
  url = attendant.url;
  atTheEnd(async () => {
    await attendant.stop();
    await rm(folder, { recursive: true, force: true });
  });
});

test('from the API to the job that could not post the card', async () => {
  const form = new FormData();
  form.set('metadata', JSON.stringify({ sourceId: 'one', mailbox: { extension: '101' } }));
  form.set('audio', new Blob([new Uint8Array(wav(3))]), 'message.wav');
  const headers = { authorization: `Bearer ${apiKey}`, 'x-request-id': 'from-the-proxy-1' };
  const answer = await fetch(`${url}/api/v1/voicemails`, { method: 'POST', headers, body: form });
  expect([answer.status, answer.headers.get('x-request-id')]).toEqual([201, 'from-the-proxy-1']);

  await eventually(() => expect(said('task failed, will be retried')).not.toEqual([]));
  expect(said('task failed, will be retried')[0]).toMatchObject({
    task: 'notice.post',
    entries: [{ ids: { noticeId: expect.any(String) }, requestId: 'from-the-proxy-1' }],
  });
});

test('from the log to a problem document', async () => {
  const headers = { authorization: 'Bearer wrong', 'x-request-id': 'from-the-proxy-2' };
  const answer = await fetch(`${url}/api/v1/directory`, { headers });
  expect(await answer.json()).toMatchObject({ status: 401, instance: 'from-the-proxy-2' });
  await eventually(() =>
    expect(said('request')).toContainEqual(expect.objectContaining({ requestId: 'from-the-proxy-2' })),
  );
});

test('from Slack to what the core could not find out there', async () => {
  const { slack } = at;
  slack.connect(`${url}/slack/events`);
  await slack.slash('USTRANGER', 'help');
  const [request] = said('request').filter(({ route }) => route === '/slack/events');
  await eventually(() =>
    expect(said('profile not read')).toContainEqual(expect.objectContaining({ requestId: request?.requestId })),
  );
  expect(request?.requestId).toMatch(/^[\da-f-]{36}$/);
});
