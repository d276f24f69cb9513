import { beforeAll, describe, expect, test } from 'vitest';
import { listNames } from '../../../src/core/reports/list-names.js';
import type { Person } from '../../support/company.js';
import { type WebCompany, webCompany } from '../../support/web.js';
import { webSession } from '../../support/web-session.js';

let company: WebCompany;
beforeAll(async () => {
  company = await webCompany({ annIsOut: true });
  const { tenantId, db, ann, clock } = company;
  await db.call.createMany({
    data: Array.from({ length: 130 }, (_, age) => ({
      ...{ tenantId, callId: `call ${age}`, ani: '+14165550123', dnis: '+14165550100', askedForUserId: ann.id },
      ...{ disposition: 'missed', startedAt: new Date(clock.now().getTime() - age * 3_600_000) },
    })),
  });
});

async function get(person: Person, path: string, language = 'en'): Promise<{ status: number; html: string }> {
  const { cookie } = await webSession(company, person);
  const response = await fetch(`${company.origin}${path}`, {
    headers: { cookie, 'accept-language': language },
    redirect: 'manual',
  });
  return { status: response.status, html: await response.text() };
}

test('those who may read reports find every list, as a page and as two kinds of file; nobody else does', async () => {
  const index = await get(company.ada, '/admin/reports');
  for (const list of listNames) {
    expect(index.html, list).toContain(`href="${list === 'audit' ? '/admin/record' : `/admin/reports/${list}`}"`);
    for (const ending of ['', '.csv', '.json']) {
      const path = `/admin/reports/${list}${ending}`;
      expect((await get(company.ada, path)).status, path).toBe(200);
      expect((await get(company.ann, path)).status, path).toBe(403);
    }
  }
  // The record, and the reasons that it has, are for those who may see it, and a manager may not.
  expect((await get(company.eve, '/admin/reports/ooo')).status).toBe(200);
  for (const list of ['audit', 'impersonations'])
    for (const ending of ['', '.csv', '.json'])
      expect((await get(company.eve, `/admin/reports/${list}${ending}`)).status, list + ending).toBe(403);
  expect((await get(company.eve, '/admin/reports')).html).not.toMatch(/admin\/(record|reports\/impersonations)"/);
  expect((await get(company.ada, '/admin/reports/nothing')).status).toBe(404);
});

test('a chart has a name, a title at each bar, and the same as a table', async () => {
  const { html } = await get(company.ada, '/admin/reports/missed');
  expect(html).toContain('<svg role="img" aria-label="Missed calls of the last 30 days">');
  expect(html.match(/<rect /g)).toHaveLength(30);
  expect(html).toMatch(/<title>Jan 14, 2030: \d+<\/title>/);
  expect(html).toContain('The same as a table');
  // Where there is nothing there is no chart.
  expect((await get(company.ada, '/admin/reports/storage-days')).html).not.toContain('<svg role="img"');
});

test('a long list goes on page by page, and an odd place is its beginning', async () => {
  const first = await get(company.ada, '/admin/reports/missed');
  expect(first.html.split('</thead>').at(-1)?.match(/<tr>/g)).toHaveLength(100);
  const next = /rel="next" href="([^"]+)"/.exec(first.html)?.[1] ?? '';
  const second = await get(company.ada, next);
  expect(second.html.match(/<tr>/g)).toHaveLength(31);
  expect(second.html).not.toContain('rel="next"');
  for (const odd of ['%00', "'%20OR%201=1", 'x'.repeat(4_000), '2030-99-99T00:00:00.000Z%20x'])
    expect((await get(company.ada, `/admin/reports/missed?after=${odd}`)).status, odd).toBe(200);
});

test('a company without voicemail has no list of it, by the address either', async () => {
  await company.db.tenant.updateMany({ data: { edition: 'attendant' } });
  const { html } = await get(company.ada, '/admin/reports');
  expect(html).not.toMatch(/storage|unheard/i);
  for (const list of ['storage', 'storage-days', 'unheard'])
    expect((await get(company.ada, `/admin/reports/${list}`)).status, list).toBe(403);
});

describe('a list that is narrowed', () => {
  beforeAll(() => company.db.tenant.updateMany({ data: { edition: 'attendant_plus' } }));

  test('keeps its filter in its pages, its files and the fields', async () => {
    const { ada, ann, bo } = company;
    const path = `/admin/reports/missed?person=${ann.id}&from=2030-01-10`;
    const { html } = await get(ada, path);
    expect(html).toMatch(/name="from"[^>]*value="2030-01-10"|value="2030-01-10"[^>]*name="from"/);
    expect(html).toContain('Ann Baker');
    expect(html).toContain(`/admin/reports/missed.csv?person=${ann.id}&amp;from=2030-01-10`);
    const of = async (id: string) => (await get(ada, `/admin/reports/missed.json?person=${id}`)).html;
    expect(JSON.parse(await of(ann.id))).toHaveLength(130);
    expect(JSON.parse(await of(bo.id))).toEqual([]);
    const page = await get(ada, `/admin/reports/missed?person=${ann.id}`);
    expect(/rel="next" href="([^"]+)"/.exec(page.html)?.[1]).toContain(`person=${ann.id}`);
    expect((await get(ada, `/admin/reports/missed?person=${bo.id}`)).html).toContain('Nothing in this list matches');
  });

  test('takes a person as typed, and says at the field whom it does not know', async () => {
    const typed = (name: string) => get(company.ada, `/admin/reports/missed?person=${name}&person~id=&person~name=`);
    expect((await typed('Ann Baker')).status).toBe(303);
    const unknown = await typed('Zebulon');
    expect(unknown.status).toBe(200);
    expect(unknown.html).toMatch(/id="person-problem"/);
  });

  test('leads from a mailbox to its storage over time', async () => {
    const { html } = await get(company.ada, '/admin/reports/storage');
    expect(html).toContain(`href="/admin/reports/storage-days?person=${company.ann.id}"`);
  });
});
