import { beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../support/company.js';
import { testCompany } from '../../support/company.js';
import { type WebCompany, webCompany } from '../../support/web.js';
import { webSession } from '../../support/web-session.js';

let company: WebCompany;
beforeAll(async () => {
  company = await webCompany({ annIsOut: true });
});

async function get(person: Person, path: string): Promise<{ status: number; html: string; type: string }> {
  const { cookie } = await webSession(company, person);
  const response = await fetch(`${company.origin}${path}`, { headers: { cookie }, redirect: 'manual' });
  return {
    status: response.status,
    html: await response.text(),
    type: response.headers.get('content-type') ?? '',
  };
}

async function post(person: Person, path: string, fields: Record<string, string>) {
  const { cookie } = await webSession(company, person);
  const response = await fetch(`${company.origin}${path}`, {
    method: 'POST',
    headers: { cookie, origin: company.origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([
      ...Object.entries(fields),
      ...switches.map((name) => ['_toggle', name] as [string, string]),
    ]),
    redirect: 'manual',
  });
  return { status: response.status, html: await response.text() };
}

/** The switches of the form, whose fields a browser names even where they are off. */
const switches = ['inDirectory', 'appAccess', 'forwarding', 'noBackup'];

const row = (person: Person) => company.db.user.findUniqueOrThrow({ where: { id: person.id } });

describe('the people of the company in the browser', () => {
  test('admins and managers see them and the way there; members do not', async () => {
    for (const person of [company.ada, company.eve]) {
      const { status, html } = await get(person, '/admin/people');
      expect(status).toBe(200);
      expect(html).toContain('href="/admin/people"');
      expect(html).toContain('Nil Access');
    }
    expect((await get(company.eve, '/admin/people')).html).not.toContain('admin.user');
    const home = await get(company.ann, '/');
    expect(home.html).not.toContain('/admin/people');
    for (const path of ['/admin/people', `/admin/people/${company.bo.id}`, '/admin/people/changes/x'])
      expect((await get(company.ann, path)).status).toBe(403);
    expect((await get(company.eve, '/admin/people/changes/x')).status).toBe(403);
  });

  test('searched, filtered and sorted by the address; odd things in it are left out', async () => {
    const out = await get(company.ada, '/admin/people?condition=out');
    expect(out.html).toContain('One person');
    expect(out.html).toContain('Ann Baker');
    expect((await get(company.ada, '/admin/people?q=mull')).html).toContain('Ève Müller');
    const down = (await get(company.ada, '/admin/people?sort=extension&way=down')).html;
    expect(down.indexOf('General Mailbox')).toBeLessThan(down.indexOf('Ann Baker'));
    expect(down).toContain('aria-sort="descending"');
    const odd = await get(company.ada, '/admin/people?condition=%00&type=king&after=1&before=2&sort=x&q=%F0');
    expect(odd.status).toBe(200);
  });

  test('one person’s page has their form and history; an id of another company has none', async () => {
    const page = await get(company.ada, `/admin/people/${company.bo.id}`);
    expect(page.html).toContain('bo@maple.example');
    expect(page.html).toContain('data-action="admin.user"');
    expect(page.html).toContain('History');
    expect((await get(company.eve, `/admin/people/${company.bo.id}`)).html).not.toContain('admin.deactivate');
    const other = await testCompany({ numberless: true });
    expect((await get(company.ada, `/admin/people/${other.bo.id}`)).status).toBe(404);
    expect((await get(company.ada, '/admin/people/nobody')).status).toBe(404);
  });

  test('nobody is offered as their own replacement', async () => {
    const { ann, cleo, db } = company;
    await db.user.update({ where: { id: cleo.id }, data: { defaultBackupId: ann.id } });
    const { html } = await get(company.ada, `/forms/admin.deactivate?c.user=${ann.id}`);
    expect(html).toContain(`data-without="${ann.id}"`);
    expect((await get(company.ada, '/suggest?q=ann+baker')).html).toContain(ann.id);
    expect((await get(company.ada, `/suggest?q=ann+baker&without=${ann.id}`)).html).not.toContain(ann.id);
    expect((await get(company.ada, `/suggest?q=ann+baker&without=${cleo.id}`)).html).toContain(ann.id);
    await db.user.update({ where: { id: cleo.id }, data: { defaultBackupId: null } });
  });

  test('the form saves, and a refusal stands at its field', async () => {
    const seen = (await row(company.dan)).updatedAt.toISOString();
    const fields = {
      ...{ firstName: 'Dan', lastName: 'O’Neil', email: company.dan.email, title: 'Support lead', extension: '101' },
      ...{ userType: 'rollover', access: 'attendant_with_acd', role: 'member', agentId: 'agent-104', pin: 'keep' },
      ...{ personalNumber: '+14165550194', language: '-', notificationType: '-', directVoicemailTransfer: '-' },
      ...{ inDirectory: 'true', appAccess: 'true', forwarding: 'true', 'c.user': company.dan.id, 'c.seen': seen },
    };
    const refused = await post(company.ada, '/forms/admin.user', fields);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('101 belongs to Ann Baker already.');
    expect(refused.html).toContain('Support lead');
    expect((await post(company.ann, '/forms/admin.user', fields)).html).toContain('You may not do this');
    const saved = await post(company.ada, '/forms/admin.user', { ...fields, extension: '104' });
    expect(saved.html).toContain('was saved');
    expect((await row(company.dan)).title).toBe('Support lead');
  });

  test('many are changed by a filter: preview, progress with a bar, result as a file', async () => {
    const bulk = { 'c.type': 'agent', role: 'member', language: 'en' };
    const shown = await post(company.ada, '/forms/admin.bulk', bulk);
    expect(shown.html).toContain('Will change');
    const carried = { 'c.filter': '{"type":"agent"}', 'c.values': '{"inDirectory":"no"}' };
    await post(company.ada, '/do/admin.bulk-start', carried);
    const { id } = await company.db.peopleChange.findFirstOrThrow({ where: { tenantId: company.tenantId } });
    const path = `/admin/people/changes/${id}`;
    expect((await get(company.ada, path)).html).toContain('<progress');
    await company.work();
    expect((await get(company.ada, path)).html).toContain('People were changed');
    const file = await get(company.ada, `${path}/result.csv`);
    expect(file.type).toContain('text/csv');
    expect(file.html).toBe('username,outcome,reason\r\ncleo,updated,\r\n');
    expect((await row(company.cleo)).inDirectory).toBe(false);
  });
});

describe('people ticked one by one', () => {
  const ticked = (...people: Person[]) =>
    `/forms/admin.bulk?${new URLSearchParams([['c.ids', ''], ...people.map(({ id }): [string, string] => ['c.ids', id])])}`;

  test('are changed, and nobody else; ids of others and nonsense are nobody', async () => {
    const { ada, ann, bo, dan } = company;
    const list = await get(ada, '/admin/people');
    expect(list.html).toContain(`name="c.ids" value="${bo.id}"`);
    expect((await get(company.eve, '/admin/people')).html).not.toContain('name="c.ids"');
    const other = await testCompany({ numberless: true });

    const form = await get(ada, ticked(ann, bo, other.bo));
    expect(form.html).toMatch(/These get the same values: 2 people \(chosen one by one\)/);
    for (const nobody of [ticked(), `${ticked()}&c.ids=%00`, ticked(other.bo)])
      expect((await get(ada, nobody)).html).toContain('These get the same values: 0 people');

    const ids = /name="c\.ids" value="([^"]*)"/.exec(form.html)?.[1] ?? '';
    await post(ada, '/forms/admin.bulk', { 'c.ids': ids, role: 'manager' });
    await post(ada, '/do/admin.bulk-start', {
      'c.filter': JSON.stringify({ ids }),
      'c.values': '{"role":"manager"}',
    });
    await company.work();
    expect(await Promise.all([ann, bo, dan].map(async (one) => (await row(one)).role))).toEqual([
      ...['manager', 'manager', 'member'],
    ]);
  });

  test('a form and what it answers stand under Admin, where they came from', async () => {
    const inAdmin = /<a href="\/admin\/people" aria-current="(page|true)">/;
    const { html } = await get(company.ada, `/forms/admin.user?c.user=${company.bo.id}&_page=/admin/people`);
    expect(html).toMatch(inAdmin);
    const saved = await post(company.ada, '/forms/admin.bulk', {
      ...{ 'c.ids': company.bo.id, _page: '/admin/people', language: 'fr' },
    });
    expect(saved.html).toMatch(inAdmin);
    expect(saved.html).not.toMatch(/<a href="\/" aria-current/);
  });
});
