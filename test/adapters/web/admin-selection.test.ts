import { beforeAll, expect, test } from 'vitest';
import type { Person } from '../../support/company.js';
import { type WebCompany, webCompany } from '../../support/web.js';
import { webSession } from '../../support/web-session.js';

let company: WebCompany;
beforeAll(async () => {
  company = await webCompany();
  await company.db.user.createMany({
    data: Array.from({ length: 60 }, (_, index) => ({
      ...{ tenantId: company.tenantId, username: `more.${index}`, email: `more.${index}@maple.example` },
      ...{ firstName: 'More', lastName: `Person${index}`, access: 'attendant_only' },
    })),
  });
});

async function get(person: Person, path: string) {
  const { cookie } = await webSession(company, person);
  const response = await fetch(`${company.origin}${path}`, { headers: { cookie }, redirect: 'manual' });
  return { status: response.status, html: await response.text(), to: response.headers.get('location') };
}

test('a whole page of people leads to all who match, on every page, and a list of one page to no more', async () => {
  const { html } = await get(company.ada, '/admin/people?q=More');
  expect(html).toMatch(/data-all-ticked="?[^>]*hidden/);
  expect(html).toContain('All 50 on this page are chosen.');
  expect(html).toMatch(/hx-get="[^"]*c\.search=More[^"]*"[^>]*>\s*Change all who match: 60 people/);
  expect((await get(company.ada, '/admin/people?q=More+Person7')).html).not.toContain('data-all-ticked');
});

test('/admin leads to the first page that the visitor may open, and others are refused', async () => {
  expect(await get(company.ada, '/admin')).toMatchObject({ status: 303, to: '/admin/people' });
  expect((await get(company.ann, '/admin')).status).toBe(403);
});
