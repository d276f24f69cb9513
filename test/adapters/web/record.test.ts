import { beforeEach, expect, test } from 'vitest';
import { type Person, testCompany } from '../../support/company.js';
import { type WebCompany, webCompany } from '../../support/web.js';
import { webSession } from '../../support/web-session.js';

const reason = 'Ann is ill and asked me to set her absence.';

let company: WebCompany;
beforeEach(async () => {
  company = await webCompany();
});

/** A browser of this person; `acting`: what the page’s script says of as whom the page was drawn. */
async function browserOf(person: Person, at: WebCompany = company) {
  const { cookie } = await webSession(at, person);
  const send = async (path: string, init: RequestInit, headers: Record<string, string>) => {
    const response = await fetch(`${at.origin}${path}`, {
      ...init,
      headers: { cookie, accept: 'text/html', origin: at.origin, ...headers },
      redirect: 'manual',
    });
    return { status: response.status, html: await response.text(), headers: response.headers };
  };
  return {
    get: (path: string, headers: Record<string, string> = {}) => send(path, {}, headers),
    post: (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      send(path, { method: 'POST', body: new URLSearchParams(fields) }, headers),
  };
}

const begin = () => company.submit(company.ada, 'impersonation.start', { user: company.ann.id, reason });
const session = () => company.db.impersonationSession.findFirstOrThrow();
const fromPageAs = (acting: string) => ({ 'hx-request': 'true', 'x-acting': acting });

test('the record is for admins: filtered by the address, and as a file of what is filtered', async () => {
  await begin();
  await company.ask(company.ada, 'stop');
  const ada = await browserOf(company.ada);
  const all = await ada.get('/admin/record');
  expect(all.html).toContain('Impersonation began');
  expect(all.html).toContain(`/admin/impersonations/${(await session()).id}`);
  expect((await ada.get('/admin/record?event=setting.*')).html).toContain('Nothing on record fits this.');
  expect((await ada.get(`/admin/record?user=${company.bo.id}`)).html).not.toContain('record-line');
  const csv = await ada.get(`/admin/record.csv?actor=${company.ada.id}`);
  expect(csv.headers.get('content-disposition')).toContain('audit.csv');
  expect(csv.html.split('\r\n').filter((line) => line.includes('impersonation.'))).toHaveLength(2);
  expect(JSON.parse((await ada.get(`/admin/record.json?user=${company.bo.id}`)).html)).toEqual([]);
  for (const odd of ['?user=%00&event=%F0&from=x&until=9999-99-99&before=-1&session=1', '?before=99999999999'])
    expect((await ada.get(`/admin/record${odd}`)).status).toBe(200);
  for (const person of [company.ann, company.eve]) {
    const browser = await browserOf(person);
    for (const path of ['/admin/record', '/admin/record.csv', '/admin/impersonations'])
      expect((await browser.get(path)).status, path).toBe(403);
  }
});

test('the fields’ names become ids in the address; a name of nobody is a problem at its field', async () => {
  const ada = await browserOf(company.ada);
  const typed = (name: string) =>
    `/admin/record?user=${encodeURIComponent(name)}&user~id=&user~name=&actor=&actor~id=&actor~name=`;
  const found = await ada.get(typed('Ann Baker'));
  expect(found.status).toBe(303);
  expect(found.headers.get('location')).toBe(`/admin/record?user=${company.ann.id}`);
  const nobody = await ada.get(typed('Zzyzx Nobody'));
  expect(nobody.status).toBe(200);
  expect(nobody.html).toContain('id="user-problem"');
  expect(nobody.html).toContain('value="Zzyzx Nobody"');
});

test('one’s own page shows who acts, and its button ends it; another’s sessions are not there', async () => {
  await begin();
  const ann = await browserOf(company.ann);
  const { id } = await session();
  expect((await ann.get('/')).html).toContain('Ada Roy acts as you in Attendant');
  const own = await ann.get('/record');
  expect(own.html).toContain('impersonation.end-mine');
  expect(own.html).toContain(reason);
  expect((await ann.get(`/record/${id}`)).html).toContain('What Ada Roy did as Ann Baker');
  const bo = await browserOf(company.bo);
  expect((await bo.get('/record')).html).not.toContain(reason);
  for (const path of [`/record/${id}`, `/admin/impersonations/${id}`]) expect((await bo.get(path)).status).toBe(404);
  const other = await testCompany({ numberless: true });
  const foreign = await browserOf({ ...other.ada }, { ...other, origin: company.origin } as WebCompany);
  expect((await foreign.get(`/admin/impersonations/${id}`)).status).toBe(404);

  await ann.post('/do/impersonation.end-mine', { 'c.session': id }, fromPageAs('self'));
  expect(await session()).toMatchObject({ endedHow: 'ended-by-person' });
  expect((await ann.get('/')).html).not.toContain('Ada Roy acts as you');
});

test('the admin’s open page leads to who ended it, and does nothing of what was clicked', async () => {
  await begin();
  const ada = await browserOf(company.ada);
  const { id } = await session();
  expect((await ada.get('/')).html).toContain(`&quot;X-Acting&quot;:&quot;${id}&quot;`);
  await company.click(company.ann, 'impersonation.end-mine', { session: id });

  const click = await ada.post('/say', { text: 'ooo until Friday 5pm' }, fromPageAs(id));
  expect(click.headers.get('hx-redirect')).toBe(`/admin/impersonations/${id}?late`);
  const told = await ada.get(`/admin/impersonations/${id}?late`);
  expect(told.html).toContain('Ended by Ann Baker');
  expect(told.html).toContain('Nothing was done');
  expect((await ada.get('/', fromPageAs(id))).headers.get('hx-redirect')).toBe(`/admin/impersonations/${id}`);
  expect(await company.db.outOfOfficePeriod.count()).toBe(0);
  expect((await ada.post('/say', { text: 'status' }, fromPageAs('self'))).status).toBe(200);
});

test('without a script the first click leads there too, and only the first', async () => {
  await begin();
  const ada = await browserOf(company.ada);
  const { id } = await session();
  await company.click(company.ann, 'impersonation.end-mine', { session: id });
  const click = await ada.post('/say', { text: 'ooo until Friday 5pm' });
  expect([click.status, click.headers.get('location')]).toEqual([303, `/admin/impersonations/${id}?late`]);
  expect(await company.db.outOfOfficePeriod.count()).toBe(0);
  expect((await ada.get('/calls')).status).toBe(200);
});

test('a page from before the session is drawn anew before anything happens as somebody else', async () => {
  const ada = await browserOf(company.ada);
  await begin();
  const click = await ada.post('/say', { text: 'ooo until Friday 5pm' }, fromPageAs('self'));
  expect(click.headers.get('hx-refresh')).toBe('true');
  expect(await company.db.outOfOfficePeriod.count()).toBe(0);
});

test('admins end a running session from the list', async () => {
  await company.db.user.update({ where: { id: company.eve.id }, data: { role: 'admin' } });
  await begin();
  const { id } = await session();
  const eve = await browserOf(company.eve);
  const list = await eve.get('/admin/impersonations');
  expect(list.html).toContain('impersonation.end');
  await eve.post('/do/impersonation.end', { 'c.session': id, _target: 'live' }, fromPageAs('self'));
  expect(await session()).toMatchObject({ endedHow: 'ended-by-admin' });
  expect((await eve.get('/admin/impersonations')).html).toContain('Ève Müller y a mis fin');
});
