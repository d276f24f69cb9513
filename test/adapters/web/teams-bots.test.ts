import { randomUUID } from 'node:crypto';
import { unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { ownTeamsBot } from '../../../src/core/teams-bots/teams-bots.js';
import { teamsLogin } from '../../../src/teams/credentials-check.js';
import { configFor } from '../../fakes/teams/listening.js';
import { type FakeTeams, fakeTeams } from '../../fakes/teams/teams.js';
import { atTheEnd } from '../../support/clean-up.js';
import type { Person } from '../../support/company.js';
import { type WebCompany, webCompany } from '../../support/web.js';
import { webSession } from '../../support/web-session.js';

const entraTenantId = randomUUID();
let company: WebCompany;
let bot: ReturnType<FakeTeams['register']>;

beforeAll(async () => {
  const teams = await fakeTeams();
  atTheEnd(() => teams.close());
  bot = teams.register(entraTenantId);
  company = await webCompany({ teamsLogin: teamsLogin(configFor(teams)) });
});

async function browserOf(person: Person) {
  const { cookie } = await webSession(company, person);
  const get = (path: string) => fetch(`${company.origin}${path}`, { headers: { cookie }, redirect: 'manual' });
  const post = (path: string, fields: Record<string, string> = {}) =>
    fetch(`${company.origin}${path}`, {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  return { get, post };
}

const filled = (changed: Record<string, string> = {}) => ({
  app: bot.appId,
  tenant: entraTenantId,
  type: 'SingleTenant',
  secret: bot.appPassword,
  ...changed,
});

test('an admin enters the company’s bot, downloads its app package, and removes it', async () => {
  const ada = await browserOf(company.ada);
  expect(await (await ada.get('/admin/teams')).text()).toContain('has no bot of its own');

  const saved = await ada.post('/admin/teams', filled());
  expect([saved.status, saved.headers.get('location')]).toEqual([303, '/admin/teams?done=saved']);
  const page = await (await ada.get('/admin/teams?done=saved')).text();
  expect(page).toContain('Microsoft accepted the credentials');
  expect(page).toContain(entraTenantId);
  expect(page).not.toContain(bot.appPassword);
  expect(await ownTeamsBot(company.deps, { appId: bot.appId })).toMatchObject({ kind: 'works' });

  const files = unzipSync(new Uint8Array(await (await ada.get(`/admin/teams/${bot.appId}/app.zip`)).arrayBuffer()));
  const manifest = JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString());
  expect(manifest).toMatchObject({ id: bot.appId, bots: [{ botId: bot.appId }] });
  expect(manifest.webApplicationInfo.resource).toBe(`api://${new URL(company.origin).host}/${bot.appId}`);

  const removed = await ada.post(`/admin/teams/${bot.appId}/remove`);
  expect([removed.status, removed.headers.get('location')]).toEqual([303, '/admin/teams?done=removed']);
  expect(await ownTeamsBot(company.deps, { appId: bot.appId })).toBeUndefined();
  const lines = (await company.audit()).filter(({ event }) => event.startsWith('teams-bot.'));
  expect(lines.map(({ event, actorId }) => [event, actorId])).toEqual([
    ['teams-bot.set', company.ada.id],
    ['teams-bot.removed', company.ada.id],
  ]);
});

test('a refused form comes back with what was typed, but without the secret', async () => {
  const ada = await browserOf(company.ada);
  const refused = await ada.post('/admin/teams', filled({ secret: 'a-wrong-secret-value' }));
  expect(refused.status).toBe(422);
  const page = await refused.text();
  expect(page).toContain('Microsoft refuses this secret');
  expect(page).toContain(`value="${bot.appId}"`);
  expect(page).not.toContain('a-wrong-secret-value');
  expect(await company.db.teamsBot.count()).toBe(0);
});

test('nobody but an admin sees the page, sets a bot or removes one', async () => {
  const ann = await browserOf(company.ann);
  expect((await ann.get('/admin/teams')).status).toBe(403);
  expect((await ann.post('/admin/teams', filled())).status).toBe(403);
  expect((await ann.post(`/admin/teams/${bot.appId}/remove`)).status).toBe(403);
  expect(await company.db.teamsBot.count()).toBe(0);
});

test('another company’s bot has no package here, and is not removed from here', async () => {
  const other = await webCompany({ numberless: true, teamsLogin: company.deps.teamsLogin });
  const { cookie } = await webSession(other, other.ada);
  const ada = await browserOf(company.ada);
  expect((await ada.post('/admin/teams', filled())).status).toBe(303);
  const path = `${other.origin}/admin/teams/${bot.appId}`;
  expect((await fetch(`${path}/app.zip`, { headers: { cookie } })).status).toBe(404);
  expect(
    (await fetch(`${path}/remove`, { method: 'POST', headers: { cookie }, body: new URLSearchParams() })).status,
  ).toBe(404);
  expect(await company.db.teamsBot.count()).toBe(1);
});

test('without Teams on the installation no tab leads to the page, and nothing can be entered', async () => {
  const plain = await webCompany({ numberless: true });
  const { cookie } = await webSession(plain, plain.ada);
  const page = await fetch(`${plain.origin}/admin/teams`, { headers: { cookie } });
  const text = await page.text();
  expect(text).not.toContain('href="/admin/teams"');
  expect(text).toContain('Teams is not set up');
  const body = new URLSearchParams(filled({ app: randomUUID() }));
  expect((await fetch(`${plain.origin}/admin/teams`, { method: 'POST', headers: { cookie }, body })).status).toBe(409);
});
