import { beforeEach, expect, test } from 'vitest';
import { lastRuns } from '../../../src/core/bulk/import-users.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { testCompany } from '../../support/company.js';
import { importFile } from '../../support/import.js';
import { textOf } from '../../support/read.js';
import { type WebCompany, webCompany } from '../../support/web.js';
import { webSession } from '../../support/web-session.js';

let company: WebCompany;
let cookie: string;
beforeEach(async () => {
  company = await webCompany();
  ({ cookie } = await webSession(company, company.ada));
});

const get = (path: string, who = cookie) =>
  fetch(`${company.origin}${path}`, { headers: { cookie: who }, redirect: 'manual' });

function send(file: string, who = cookie): Promise<Response> {
  const body = new FormData();
  body.append('file', new Blob([file]), 'team.csv');
  return fetch(`${company.origin}/admin/import`, {
    method: 'POST',
    headers: { cookie: who },
    redirect: 'manual',
    body,
  });
}

/** Spreadsheets read a CSV file as UTF-8 only where it begins so. */
const byteOrderMark = [0xef, 0xbb, 0xbf];
const startOf = async (file: Response) => [...new Uint8Array(await file.arrayBuffer())].slice(0, 3);

test('an admin sends a file in the browser, sees what would come of it, and has the refused lines back', async () => {
  const sent = await send('username,email,first_name,title\nbo,,,Chief\nnew,x,New,=1+1\n');
  expect(sent.status).toBe(303);
  const page = sent.headers.get('location') ?? '';
  expect(await (await get(page)).text()).toMatch(/being checked[\s\S]*0 of 2 lines/);
  await company.work();
  const checked = await (await get(page)).text();
  expect(checked).toContain('Apply 1 line');
  expect(checked).toContain('email is not an e-mail address.');
  const refused = await get(`${page}/refused.csv`);
  expect(refused.headers.get('content-disposition')).toContain('refused-team.csv');
  expect(await startOf(refused.clone())).toEqual(byteOrderMark);
  expect(await refused.text()).toContain("new,x,New,'=1+1,email is not an e-mail address.");
  const template = await get('/admin/import/template.csv');
  expect(await startOf(template.clone())).toEqual(byteOrderMark);
  expect((await template.text()).startsWith('row_changed,')).toBe(true);
  expect(await (await get('/admin/import')).text()).toContain('team.csv');
});

test('a file that cannot be read is refused on the page, and leaves no import', async () => {
  const refused = await send('username,shoe_size\nbo,43\n');
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain('shoe_size');
  expect(await lastRuns(company.deps, company.tenantId)).toEqual([]);
});

test('a file of another name is not taken into memory', async () => {
  const body = new FormData();
  body.append('other', new Blob(['x'.repeat(1_000_000)]), 'other.csv');
  const headers = { cookie };
  const refused = await fetch(`${company.origin}/admin/import`, { method: 'POST', headers, redirect: 'manual', body });
  expect(refused.status).toBe(413);
});

test('two admins who apply at once: the later one is told so, and can try again', async () => {
  const pages: string[] = [];
  for (const name of ['bo', 'ann']) {
    pages.push((await send(`username,title\n${name},Chief\n`)).headers.get('location') ?? '');
    await company.work();
  }
  const runs = await lastRuns(company.deps, company.tenantId);
  const press = (run: string) => company.click(company.ada, 'bulk.apply', { run });
  const answers = await Promise.all(runs.map(({ id }) => press(id)));
  expect(answers.map((answer) => textOf(answer)).join()).toContain('Another file is being worked on');
  await company.work();
  const statuses = (await lastRuns(company.deps, company.tenantId)).map(({ status }) => status);
  expect(statuses.sort()).toEqual(['applied', 'checked']);
});

test.each(['users', 'ooo', 'storage', 'missed', 'unheard', 'unreachable', 'audit'])(
  'the list %s is a page, a CSV file and JSON',
  async (list) => {
    expect((await get(`/admin/reports/${list}`)).status).toBe(200);
    const csv = await get(`/admin/reports/${list}.csv`);
    expect(csv.headers.get('content-disposition')).toContain(`${list}.csv`);
    expect(await startOf(csv)).toEqual(byteOrderMark);
    expect(Array.isArray(await (await get(`/admin/reports/${list}.json`)).json())).toBe(true);
  },
);

test('whoever is no admin opens none of it, and nobody opens another company’s import', async () => {
  const ann = (await webSession(company, company.ann)).cookie;
  for (const path of ['/admin/import', '/admin/import/template.csv', '/admin/reports', '/admin/reports/users.csv'])
    expect((await get(path, ann)).status).toBe(403);
  expect((await send('username,title\nbo,Chief\n', ann)).status).toBe(403);

  const other = await testCompany({ numberless: true });
  await importFile(other.deps, installationActor(other.tenantId, 'cli'), 'username,title\nbo,Chief');
  const [foreign] = await lastRuns(other.deps, other.tenantId);
  for (const path of [
    `/admin/import/${foreign?.id}`,
    `/admin/import/${foreign?.id}/refused.csv`,
    '/admin/import/nonsense',
  ])
    expect((await get(path)).status).toBe(404);
});
