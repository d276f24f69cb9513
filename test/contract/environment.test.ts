import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InvalidEnvironment, readEnvironment } from '../../src/env.js';
import { root } from '../../src/root-folder.js';

const problemsWith = (variables: Record<string, string>): readonly string[] => {
  try {
    readEnvironment(variables);
    return [];
  } catch (error) {
    if (error instanceof InvalidEnvironment) return error.problems;
    throw error;
  }
};
const namesIn = (problems: readonly string[]) => problems.map((problem) => problem.split(':')[0]);

test('nothing set: embedded, on the loopback address, every platform off', () => {
  const config = readEnvironment({});
  expect(config).toMatchObject({
    http: { port: 3000, host: '127.0.0.1', publicUrl: undefined },
    databaseUrl: undefined,
    redisUrl: undefined,
    slack: undefined,
    teams: undefined,
    voice: undefined,
    mail: undefined,
    recordings: { kind: 'folder', folder: join(root, '.data', 'recordings') },
    transcription: undefined,
  });
});

test('an empty value is an unset one', () => {
  expect(readEnvironment({ PORT: '', SLACK_BOT_TOKEN: ' ', LOG_LEVEL: '' })).toEqual(readEnvironment({}));
});

test('every wrong name is told at once, with why, and no value that is secret', () => {
  const problems = problemsWith({
    PORT: 'http',
    HEALTH_PORT: '70000',
    DATABASE_URL: 'mysql://somewhere',
    REDIS_URL: 'localhost',
    ATTENDANT_SECRET: 'too short',
    LOG_LEVEL: 'loud',
    PUBLIC_URL: 'attendant.example.com',
    SLACK_APP_TOKEN: 'xapp-1-secret',
    VOICE_ACCOUNT_SID: 'AC1',
    RECORDINGS_URL: 's3://bucket',
  });
  expect(namesIn(problems).sort()).toEqual([
    'ATTENDANT_SECRET',
    'DATABASE_URL',
    'HEALTH_PORT',
    'LOG_LEVEL',
    'PORT',
    'PUBLIC_URL',
    'RECORDINGS_URL',
    'REDIS_URL',
    'SLACK_APP_TOKEN',
    'VOICE_ACCOUNT_SID',
  ]);
  expect(problems.join()).not.toMatch(/xapp|too short/);
  expect(problems.find((problem) => problem.startsWith('LOG_LEVEL'))).toContain('must be one of fatal, error');
});

test.each([
  [{ SLACK_BOT_TOKEN: 'x' }, 'SLACK_SIGNING_SECRET (over HTTP) or SLACK_APP_TOKEN'],
  [{ SLACK_SIGNING_SECRET: 'x' }, 'needs SLACK_BOT_TOKEN'],
  [{ TEAMS_COMPANY_BOTS: '1', TEAMS_ANONYMOUS: '1' }, 'unset TEAMS_ANONYMOUS'],
  [{ MICROSOFT_APP_ID: 'x' }, 'needs MICROSOFT_APP_PASSWORD'],
  [
    { MICROSOFT_APP_ID: 'x', MICROSOFT_APP_PASSWORD: 'y', MICROSOFT_APP_TYPE: 'SingleTenant' },
    'needs MICROSOFT_APP_TENANT_ID',
  ],
  [{ TEAMS_ANONYMOUS: '1', HOST: '0.0.0.0' }, 'HOST must be a loopback address'],
  [{ TEAMS_ANONYMOUS: 'yes' }, 'must be one of 0, 1'],
  [{ SMTP_URL: 'smtp://localhost' }, 'needs MAIL_FROM'],
  [{ VOICE_AUTH_TOKEN: 'x' }, 'needs VOICE_ACCOUNT_SID'],
  [{ INBOUND_SMTP_PORT: '25' }, 'needs INBOUND_SMTP_DOMAIN'],
  [{ INBOUND_SMTP_PORT: '25', INBOUND_SMTP_DOMAIN: 'a@b' }, 'must be a domain'],
  [{ SLACK_CLIENT_ID: '1' }, 'needs SLACK_CLIENT_SECRET and SLACK_STATE_SECRET and SLACK_SIGNING_SECRET'],
  [
    {
      SLACK_CLIENT_ID: '1',
      SLACK_CLIENT_SECRET: '2',
      SLACK_STATE_SECRET: 'x'.repeat(32),
      SLACK_SIGNING_SECRET: '4',
      SLACK_BOT_TOKEN: 'bot',
    },
    'unset SLACK_BOT_TOKEN',
  ],
])('%j is refused: %s', (variables, why) => {
  expect(problemsWith(variables).join()).toContain(why);
});

test('what belongs together is read together', () => {
  const slack = { SLACK_BOT_TOKEN: 'bot', SLACK_API_URL: 'http://127.0.0.1:9/api' };
  expect(readEnvironment({ ...slack, SLACK_SIGNING_SECRET: 'sign' }).slack).toEqual({
    botToken: 'bot',
    apiUrl: 'http://127.0.0.1:9/api/',
    mode: { kind: 'http', signingSecret: 'sign' },
  });
  expect(readEnvironment({ ...slack, SLACK_APP_TOKEN: 'app' }).slack?.mode).toEqual({
    kind: 'socket',
    appToken: 'app',
  });
  expect(readEnvironment({ TEAMS_ANONYMOUS: '1' }).teams?.identity).toEqual({ kind: 'anonymous' });
  expect(readEnvironment({ PUBLIC_URL: 'https://a.example/' }).http.publicUrl).toBe('https://a.example');
});

test('RECORDINGS_URL is a folder of this machine, or a bucket', () => {
  const recordingsAt = (RECORDINGS_URL: string) => readEnvironment({ RECORDINGS_URL }).recordings;
  expect(recordingsAt('file:///var/audio')).toEqual({ kind: 'folder', folder: '/var/audio' });
  expect(recordingsAt('file:audio')).toEqual({ kind: 'folder', folder: join(root, 'audio') });
  expect(recordingsAt('s3://maple-audio?region=ca-central-1')).toEqual({
    kind: 's3',
    bucket: 'maple-audio',
    prefix: '',
    region: 'ca-central-1',
    endpoint: undefined,
    credentials: undefined,
  });
  const elsewhere = `endpoint=${encodeURIComponent('http://127.0.0.1:9000')}`;
  expect(recordingsAt(`s3://key:sec%2Fret@audio/attendant/voicemail/?${elsewhere}`)).toEqual({
    kind: 's3',
    bucket: 'audio',
    prefix: 'attendant/voicemail/',
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:9000',
    credentials: { accessKeyId: 'key', secretAccessKey: 'sec/ret' },
  });
});

test.each([
  ['ftp://somewhere', 'must be file:FOLDER or s3://'],
  ['file://another.machine/audio', 'must name a folder of this machine'],
  ['s3://bucket', 'needs a region'],
  ['s3://No_Bucket?region=eu-west-1', 'must name a bucket'],
  ['s3:bucket?region=eu-west-1', 'must name a bucket'],
  ['s3://bucket/a%20b?region=eu-west-1', 'the prefix may have'],
  ['s3://bucket?region=eu-west-1&acl=public-read', 'endpoint and region only, not acl'],
  ['s3://bucket?endpoint=minio:9000', 'endpoint must be an http or https address'],
  ['s3://key@bucket?region=eu-west-1', 'both key and secret'],
  ['s3://key:%E0%A4%A@bucket?region=eu-west-1', 'key and secret cannot be decoded'],
])('RECORDINGS_URL %s stops the start: %s', (RECORDINGS_URL, why) => {
  const problems = problemsWith({ RECORDINGS_URL });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(why);
  expect(problems[0]).toMatch(/^RECORDINGS_URL: /);
});

test('a database of its own needs a secret that every process shares; the demo makes one', () => {
  const DATABASE_URL = 'postgres://attendant@localhost/attendant';
  expect(namesIn(problemsWith({ DATABASE_URL }))).toEqual(['ATTENDANT_SECRET']);
  expect(problemsWith({ DATABASE_URL, ATTENDANT_SECRET: 'x'.repeat(32) })).toEqual([]);
  expect(readEnvironment({ DATABASE_URL }, { demo: true }).secret).toBeUndefined();
});
