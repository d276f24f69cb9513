import { createHmac } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Deps } from '../../../src/core/deps.js';
import { teamsClient } from '../../fakes/teams/client.js';
import { teamsListening } from '../../fakes/teams/listening.js';
import { part, signingKey, tokenOf } from '../../fakes/teams/login.js';
import { type FakeTeams, fakeTeams } from '../../fakes/teams/teams.js';
import { atTheEnd } from '../../support/clean-up.js';

const dispatch = vi.hoisted(() => vi.fn());
vi.mock('../../../src/core/app/dispatch.js', () => ({ dispatch }));

let teams: FakeTeams;
let ann: ReturnType<typeof teamsClient>;
let url: string;
const log = { warn: vi.fn(), error: vi.fn() };
const printed = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'log')];

beforeAll(async () => {
  teams = await fakeTeams();
  atTheEnd(() => teams.close());
});

// A new listener has no cached keys, so that no test depends on the keys that another one made it load.
beforeEach(async () => {
  ({ url } = await teamsListening({ log } as unknown as Deps, teams));
  ann = teamsClient(teams, url, { accountId: 'ann', tenantId: 'maple', name: 'Ann' });
  dispatch.mockResolvedValue({ kind: 'done', locale: 'en' });
});

afterEach(() => {
  dispatch.mockClear();
  for (const print of printed) print.mockClear();
});

const say = (token: string | null) => ann.send({ type: 'message', text: 'status' }, token);
const now = () => Math.floor(Date.now() / 1000);
const good = () => ({ iss: 'https://api.botframework.com', aud: teams.appId, serviceurl: teams.serviceUrl });

test('a valid token is accepted', async () => {
  expect(await say(teams.token())).toMatchObject({ status: 200 });
  expect(dispatch).toHaveBeenCalledOnce();
});

const bad: Record<string, () => string | null> = {
  'no header': () => null,
  'not a token': () => 'hello',
  'another audience': () => teams.token({ aud: 'another-app' }),
  'another issuer': () => teams.token({ iss: 'https://login.example' }),
  'an expired token': () => teams.token({ exp: now() - 60 }),
  'a token valid from tomorrow': () => teams.token({ nbf: now() + 86_400 }),
  'another service': () => teams.token({ serviceurl: 'https://smba.example/teams/' }),
  'no service': () => teams.token({ serviceurl: undefined }),
  'a forged signature': () => {
    const forger = signingKey();
    const real = JSON.parse(Buffer.from(teams.token().split('.')[0] ?? '', 'base64url').toString());
    return tokenOf(good(), forger, { alg: 'RS256', kid: real.kid });
  },
  'an unknown key': () => tokenOf(good(), signingKey()),
  'a changed payload': () => {
    const [header, , signature] = teams.token().split('.');
    return [header, part({ ...good(), exp: now() + 9_999 }), signature].join('.');
  },
  'alg none': () => `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...good(), exp: now() + 600 })}.`,
  'alg none with a signature': () => {
    const [, payload, signature] = teams.token().split('.');
    return [part({ alg: 'none', typ: 'JWT' }), payload, signature].join('.');
  },
  'HS256 with a public value': () => {
    const real = JSON.parse(Buffer.from(teams.token().split('.')[0] ?? '', 'base64url').toString());
    const body = [
      { alg: 'HS256', typ: 'JWT', kid: real.kid },
      { ...good(), exp: now() + 600 },
    ]
      .map(part)
      .join('.');
    return `${body}.${createHmac('sha256', real.kid).update(body).digest('base64url')}`;
  },
};

test.each(Object.entries(bad))('an invalid token is refused: %s', async (_name, token) => {
  expect(await say(token())).toEqual({ status: 401, body: undefined });
  expect(dispatch).not.toHaveBeenCalled();
  for (const print of printed) expect(print).not.toHaveBeenCalled();
});

test('a key signs only for the channels it is endorsed for', async () => {
  teams.rollKeys(['webchat']);
  onTestFinished(() => teams.rollKeys());
  expect(await say(teams.token())).toMatchObject({ status: 401 });
  expect(dispatch).not.toHaveBeenCalled();
});

test('new keys are accepted at once, and old ones are refused', async () => {
  const old = teams.token();
  teams.rollKeys();
  expect(await say(teams.token())).toMatchObject({ status: 200 });
  expect(await say(old)).toMatchObject({ status: 401 });
});

test('a body that is not JSON or not an activity gets 400; without a token it is not read', async () => {
  const post = (body: string, token?: string) =>
    fetch(`${url}/api/messages`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    }).then(({ status }) => status);
  expect(await post('{"type":', teams.token())).toBe(400);
  expect(await post('[]', teams.token())).toBe(400);
  expect(await post('{"type":"message"}', teams.token())).toBe(400);
  expect(await post('{"type":')).toBe(401);
  expect(dispatch).not.toHaveBeenCalled();
});
