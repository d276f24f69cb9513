import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { readEnvironment } from '../../../src/env.js';
import { teamsBots } from '../../../src/teams/bots.js';
import { teamsTabHost } from '../../../src/teams/tab-host.js';
import { signingKey, tokenOf } from '../../fakes/teams/login.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type WebCompany, webCompany } from '../../support/web.js';
import { webSession } from '../../support/web-session.js';

const appId = randomUUID();
const entraTenant = randomUUID();
/** Another company’s own bot, and the tenant that it serves. */
const birch = { appId: randomUUID(), entraTenantId: randomUUID(), accountId: randomUUID() };
const key = signingKey();
let login: string;
let company: WebCompany;
let annsEntraId: string;

beforeAll(async () => {
  const entra = createServer((request, response) => {
    response.statusCode = request.url === '/common/discovery/v2.0/keys' ? 200 : 404;
    response.end(JSON.stringify({ keys: [key.jwk] }));
  });
  entra.listen(0, '127.0.0.1');
  await once(entra, 'listening');
  atTheEnd(async () => void entra.close());
  login = `http://127.0.0.1:${(entra.address() as AddressInfo).port}`;
  const host = hostWith(login);
  company = await webCompany({}, host ? { frame: host } : {});
  annsEntraId = randomUUID();
  const ofAnn = { tenantId: company.tenantId, userId: company.ann.id, platform: 'teams', linkedBy: 'admin' };
  await company.db.account.createMany({
    data: [
      { ...ofAnn, externalWorkspaceId: entraTenant, accountId: annsEntraId },
      { ...ofAnn, externalWorkspaceId: birch.entraTenantId, accountId: birch.accountId },
    ],
  });
});

/** The tab of the environment's bot and of Birch's, with Microsoft's login at this address. */
function hostWith(loginUrl: string) {
  const app = { MICROSOFT_APP_ID: appId, MICROSOFT_APP_PASSWORD: 'x', BOT_LOGIN_URL: loginUrl };
  const { teams } = readEnvironment(app);
  if (!teams) throw new Error('Teams is off');
  const bots = teamsBots(teams, async (key) => {
    const isBirch = 'appId' in key ? key.appId === birch.appId : key.entraTenantId === birch.entraTenantId;
    return isBirch ? { kind: 'works', bot: { ...birch, type: 'SingleTenant', appPassword: 'y' } } : undefined;
  });
  return teamsTabHost(bots, 'https://attendant.example');
}

const claims = () => ({
  iss: `${login}/${entraTenant}/v2.0`,
  aud: `api://attendant.example/${appId}`,
  tid: entraTenant,
  oid: annsEntraId,
  scp: 'access_as_user',
});

const signIn = (token: string, cookie = '') =>
  fetch(`${company.origin}/teams/frame/sign-in`, {
    method: 'POST',
    headers: { cookie },
    body: new URLSearchParams({ token }),
  });

test('a person who opens the tab in Teams is signed in by their Teams account and sees their messages', async () => {
  const frame = await fetch(`${company.origin}/teams/frame?to=%2Fmessages`);
  expect(frame.headers.get('content-security-policy')).toContain('frame-ancestors https://teams.microsoft.com ');
  expect(frame.headers.get('x-frame-options')).toBeNull();
  expect(await frame.text()).toContain('data-to="/messages"');

  const entered = await signIn(tokenOf(claims(), key));
  expect(entered.status).toBe(204);
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const messages = await fetch(`${company.origin}/messages`, { headers: { cookie }, redirect: 'manual' });
  expect(messages.status).toBe(200);
  expect(await messages.text()).toContain(company.ann.displayName);
});

test('a token of the first version, for the app’s id, signs in too', async () => {
  const first = { ...claims(), iss: `https://sts.windows.net/${entraTenant}/`, aud: appId };
  expect((await signIn(tokenOf(first, key))).status).toBe(204);
});

/** The claims of a token for the tab that Birch’s own bot shows in its tenant. */
const birchClaims = () => ({
  ...claims(),
  iss: `${login}/${birch.entraTenantId}/v2.0`,
  aud: `api://attendant.example/${birch.appId}`,
  tid: birch.entraTenantId,
  oid: birch.accountId,
});

test('a token for a company’s own bot signs in people of its tenant', async () => {
  expect((await signIn(tokenOf(birchClaims(), key))).status).toBe(204);
});

test('a person who is signed in is led on at once', async () => {
  const { cookie } = await webSession(company, company.ann);
  const frame = await fetch(`${company.origin}/teams/frame?to=%2Fmessages`, {
    headers: { cookie },
    redirect: 'manual',
  });
  expect([frame.status, frame.headers.get('location')]).toEqual([303, '/messages']);
});

test('a frame always asks for the account: on a shared computer it may be another person’s by now', async () => {
  const { cookie } = await webSession(company, company.bo);
  const headers = { cookie, 'sec-fetch-dest': 'iframe' };
  const frame = await fetch(`${company.origin}/teams/frame?to=%2Fmessages`, { headers, redirect: 'manual' });
  expect(frame.status).toBe(200);
  const entered = await signIn(tokenOf(claims(), key), cookie);
  const changed = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const messages = await fetch(`${company.origin}/messages`, { headers: { cookie: changed } });
  const page = await messages.text();
  expect(page).toContain(company.ann.displayName);
  expect(page).not.toContain(company.bo.displayName);
});

test('an account that nobody linked ends the session of the person before it', async () => {
  const { cookie } = await webSession(company, company.bo);
  const refused = await signIn(tokenOf({ ...claims(), oid: randomUUID() } as object, key), cookie);
  expect(refused.status).toBe(403);
  expect(refused.headers.getSetCookie()[0]).toMatch(/^attendant_session=;.*Expires=Thu, 01 Jan 1970/);
});

test('a person who opens the tab again keeps their session', async () => {
  const { cookie } = await webSession(company, company.ann);
  const before = await company.db.webSession.count();
  const entered = await signIn(tokenOf(claims(), key), cookie);
  expect(entered.headers.getSetCookie()[0]).toContain(cookie);
  expect(await company.db.webSession.count()).toBe(before);
});

test('the frame leads to pages of the app only', async () => {
  const frame = await fetch(`${company.origin}/teams/frame?to=https%3A%2F%2Fevil.example`);
  expect(await frame.text()).not.toContain('evil.example');
});

const bad: Record<string, () => string> = {
  'no token': () => '',
  'another app’s token': () => tokenOf({ ...claims(), aud: randomUUID() }, key),
  'an expired token': () => tokenOf({ ...claims(), exp: 1_000_000 }, key),
  'a forged signature': () => tokenOf(claims(), { ...signingKey(), kid: key.kid }),
  'a token that another issuer claims to have made': () => tokenOf({ ...claims(), iss: 'https://login.example' }, key),
  'a token of another tenant’s issuer': () => tokenOf({ ...claims(), tid: randomUUID() } as object, key),
  'a token for another company’s bot': () => tokenOf({ ...claims(), aud: birchClaims().aud }, key),
  'a token for the environment’s bot, of a tenant that has its own': () =>
    tokenOf({ ...birchClaims(), aud: claims().aud }, key),
  'a token for our app on another host': () => tokenOf({ ...claims(), aud: `api://evil.example/${appId}` }, key),
  'a token without our scope': () => tokenOf({ ...claims(), scp: 'User.Read' } as object, key),
  'a token without signature': () => `${tokenOf(claims(), key, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`,
};

for (const [name, token] of Object.entries(bad))
  test(`${name} signs nobody in`, async () => {
    const refused = await signIn(token());
    expect(refused.status).toBe(403);
    expect(refused.headers.getSetCookie()).toEqual([]);
  });

test('a token that lists many groups signs in; one beyond 16 kB is refused', async () => {
  const groups = (count: number) => Array.from({ length: count }, () => randomUUID());
  const large = tokenOf({ ...claims(), groups: groups(200) } as object, key);
  expect(large.length).toBeGreaterThan(8_000);
  expect((await signIn(large)).status).toBe(204);
  expect((await signIn(tokenOf({ ...claims(), groups: groups(400) } as object, key))).status).toBe(413);
});

test('120 sessions within an hour are enough for a person, and the record holds no more lines', async () => {
  const { tenantId, db, clock, ann } = company;
  clock.forward({ minutes: 61 });
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + 86_400_000);
  const data = Array.from({ length: 119 }, () => ({ tenantId, userId: ann.id, createdAt, expiresAt }));
  await db.webSession.createMany({ data });
  expect((await signIn(tokenOf(claims(), key))).status).toBe(204);
  const lines = (await company.audit()).length;
  expect((await signIn(tokenOf(claims(), key))).status).toBe(429);
  expect((await company.audit()).length).toBe(lines);
  clock.forward({ minutes: 61 });
  expect((await signIn(tokenOf(claims(), key))).status).toBe(204);
});

test('while the keys of Microsoft cannot be loaded, the page says so and asks to try again', async () => {
  const host = hostWith(`${login}/away`);
  const away = await webCompany({}, host ? { frame: host } : {});
  const refused = await fetch(`${away.origin}/teams/frame/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ token: tokenOf(claims(), key) }),
  });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await refused.text()).toContain('try again');
});

test('a Teams account that nobody linked is told what to do, and not signed in', async () => {
  const refused = await signIn(tokenOf({ ...claims(), oid: randomUUID() } as object, key));
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('Write “help” to it in its chat');
});

test('without Teams no page may be framed', async () => {
  const plain = await webCompany();
  const page = await fetch(`${plain.origin}/sign-in`);
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  const frame = await fetch(`${plain.origin}/teams/frame?to=%2Fmessages`, { redirect: 'manual' });
  expect(frame.headers.get('location')).toBe('/messages');
});
