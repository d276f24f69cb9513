import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Person } from '../../support/company.js';
import { type WebCompany, webCompany } from '../../support/web.js';

let company: WebCompany;

beforeEach(async () => {
  company = await webCompany();
});

const get = (path: string, cookie: string) =>
  fetch(`${company.origin}${path}`, { redirect: 'manual', headers: { cookie } });
const page = async (path: string, cookie: string) => (await get(path, cookie)).text();
const post = (path: string, fields: Record<string, string>, cookie = '') =>
  fetch(`${company.origin}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams({ _once: randomUUID(), ...fields }),
  });
const signIn = async (person: Person) =>
  ((await post('/sign-in', { user: person.id })).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
/** What a form of this address carries, as a browser sends it back. */
const carriedBy = (html: string) =>
  Object.fromEntries([...html.matchAll(/name="(c\.\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]));
const tenant = () => company.db.tenant.findFirstOrThrow();

test('the page of one’s own settings has each value with its source, and a form for each', async () => {
  const bo = await signIn(company.bo);
  const shown = await page('/settings', bo);
  expect(shown).toContain('Quiet hours');
  expect(shown).not.toContain('href="/admin');
  const address = /href="(\/forms\/settings\.save\?[^"]*c\.key=quietHours[^"]*)"/.exec(shown)?.[1] ?? '';
  const form = await page(address.replaceAll('&amp;', '&'), bo);
  expect(form).toContain('name="quietHours"');
  expect(form).not.toContain('name="digest"');
  await post('/forms/settings.save', { ...carriedBy(form), quietHours: '22:00-07:00' }, bo);
  expect(await page('/settings', bo)).toMatch(/22:00-07:00<\/p>.*?Your own choice · Bo Chen/s);
});

test('the company’s settings are in the navigation of admins, and nobody else’s', async () => {
  const [ada, eve] = [await signIn(company.ada), await signIn(company.eve)];
  expect(await page('/', ada)).toContain('href="/admin/people"');
  expect(await page('/admin/people', ada)).toContain('href="/admin/settings"');
  expect(await page('/admin/people', eve)).not.toContain('href="/admin/settings"');
  expect((await get('/admin/settings', eve)).status).toBe(403);
  expect(await page('/admin/settings', ada)).toContain('Voicemail management');
  await post('/forms/admin.tenant', { edition: 'attendant' }, ada);
  expect(await page('/admin/settings', ada)).not.toContain('Voicemail management');
});

test('two admins at once: the form of the later one comes back with what the other changed', async () => {
  await company.db.user.update({ where: { id: company.bo.id }, data: { role: 'admin' } });
  const [ada, bo] = [await signIn(company.ada), await signIn(company.bo)];
  const [hers, his] = [
    await page('/forms/admin.tenant?c.group=calls', ada),
    await page('/forms/admin.tenant?c.group=calls', bo),
  ];
  await post('/forms/admin.tenant', { ...carriedBy(his), ringSeconds: '25' }, bo);
  const late = await post('/forms/admin.tenant', { ...carriedBy(hers), ringSeconds: '20', queueSeconds: '60' }, ada);
  expect(late.status).toBe(422);
  const html = await late.text();
  expect(html).toContain('Meanwhile changed to 25 (Bo Chen');
  expect(html).toMatch(/value="60"[^>]*name="queueSeconds"|name="queueSeconds"[^>]*value="60"/);
  expect(await tenant()).toMatchObject({ ringSeconds: 25, queueSeconds: 120 });
  await post('/forms/admin.tenant', { ...carriedBy(html), ringSeconds: '25', queueSeconds: '60' }, ada);
  expect(await tenant()).toMatchObject({ queueSeconds: 60 });
});

test('a company that is switched off: its admin stays signed in, or comes in, and switches it on again', async () => {
  const [ada, bo] = [await signIn(company.ada), await signIn(company.bo)];
  await post('/forms/admin.tenant', { enabled: 'no' }, ada);
  expect((await get('/', bo)).status).toBe(303);
  expect((await post('/sign-in', { user: company.bo.id })).status).toBe(403);

  for (const cookie of [ada, await signIn(company.ada)]) {
    const closed = await get('/directory', cookie);
    expect(closed.status).toBe(403);
    const html = await closed.text();
    expect(html).toContain('Switch Attendant on');
    expect(html).toContain('Calls while off');
    // What would only lead back here is not offered.
    expect(html).not.toMatch(/href="\/(settings|record)"|action="\/language"/);
    expect(html).not.toContain('Bo Chen');
  }
  expect((await post('/do/ooo.back', {}, ada)).status).toBe(403);
  // No stream to wait for, and no pages to go to.
  expect(await page('/', ada)).not.toMatch(/sse-connect|href="\/directory"/);
  await post('/do/admin.switch-on', { 'c.key': 'enabled' }, ada);
  expect((await get('/directory', ada)).status).toBe(200);
});

test('blocked callers: one’s own and the company’s, page by page, each unblocked where one may', async () => {
  const { tenantId } = company;
  const block = (number: string, userId: string | null, createdAt = new Date()) =>
    company.db.blockedCaller.create({ data: { tenantId, userId, number, name: '', createdAt } });
  const own = await block('+15145550101', company.eve.id);
  const companys = await block('+15145550102', null);
  await block('+15145550103', company.bo.id);
  const [eve, ada] = [await signIn(company.eve), await signIn(company.ada)];
  expect(await page('/settings', eve)).toContain('href="/settings/blocked"');

  const shown = await page('/settings/blocked', eve);
  expect(shown).toContain('555 0101');
  expect(shown).toContain('555 0102');
  expect(shown).not.toContain('555 0103');
  expect(carriedBy(shown)).toEqual({ 'c.blocked': own.id });
  expect(carriedBy(await page('/settings/blocked', ada))).toEqual({ 'c.blocked': companys.id });

  await post('/do/caller.unblock', { 'c.blocked': companys.id }, eve);
  expect(await page('/settings/blocked', eve)).toContain('555 0102');
  await post('/do/caller.unblock', { 'c.blocked': companys.id }, ada);
  await post('/do/caller.unblock', { 'c.blocked': own.id }, eve);
  expect(await page('/settings/blocked', eve)).toContain('Aucun numéro n’est bloqué.');

  for (let at = 0; at < 51; at += 1)
    await block(`+141655502${String(at).padStart(2, '0')}`, company.eve.id, new Date(at));
  const first = await page('/settings/blocked', eve);
  expect(first).toContain('555 0250');
  expect(first).not.toContain('555 0200');
  const next = /href="(\/settings\/blocked\?after=[^"]+)"/.exec(first)?.[1] ?? '';
  const last = await page(next, eve);
  expect(last).toContain('555 0200');
  expect(last).not.toContain('rel="next"');
  // A key of somebody else begins at the first page, and so does a wrong one.
  for (const key of [companys.id, 'nothing'])
    expect(await page(`/settings/blocked?after=${key}`, eve)).toContain('555 0250');
});
