import { expect, test } from 'vitest';
import { listPeople } from '../../../src/core/people-admin/people-list.js';
import type { PeopleFilter, PeopleSort } from '../../../src/core/people-admin/people-list.types.js';
import { type Company, testCompany } from '../../support/company.js';

const many = 10_000;
const size = 1_500;

/** Everybody of the list, page by page, in one direction. */
async function walk(company: Company, filter: PeopleFilter, sort: PeopleSort, direction: 'up' | 'down') {
  const seen: string[] = [];
  let after: (typeof company.ada)['id'] | undefined;
  for (;;) {
    const page = await listPeople(company.deps, company.tenantId, filter, { sort, direction, size, after });
    expect(page.hasEarlier).toBe(after !== undefined);
    seen.push(...page.people.map(({ id }) => id));
    after = page.people.at(-1)?.id;
    if (!page.hasLater) return { seen, total: page.total };
  }
}

test('a company of 10,000 is paged by key: nobody twice, nobody left out, in every order and both ways', {
  timeout: 90_000,
}, async () => {
  const company = await testCompany({ numberless: true });
  // Many namesakes: the id decides between them.
  await company.deps.db.$executeRaw`
    INSERT INTO "User" (id, "tenantId", username, email, "firstName", "lastName", "userType", access, "inDirectory",
      extension, team, "updatedAt")
    SELECT gen_random_uuid(), ${company.tenantId}::uuid, 'user' || at, 'user' || at || '@maple.example',
      'Given' || at % 7, 'Family' || at % 50, CASE at % 3 WHEN 0 THEN 'agent' ELSE 'business' END,
      CASE at % 3 WHEN 0 THEN 'attendant_with_acd' ELSE 'attendant_only' END, at % 5 <> 0,
      CASE at % 2 WHEN 0 THEN (1000 + at)::text END, CASE at % 10 WHEN 0 THEN 'Night' ELSE 'Day' END, now()
    FROM generate_series(0, ${many} - 1) AS at`;
  const everybody = many + 9;
  for (const sort of ['name', 'username', 'extension'] as const) {
    const up = await walk(company, {}, sort, 'up');
    expect(up.total).toBe(everybody);
    expect(new Set(up.seen).size).toBe(everybody);
    if (sort === 'name') expect((await walk(company, {}, sort, 'down')).seen).toEqual(up.seen.toReversed());
  }
  const night = await walk(company, { team: 'Night', type: 'agent' }, 'name', 'up');
  expect(night.seen).toHaveLength(night.total);
  expect(night.total).toBe(334);

  const wish = { sort: 'name', direction: 'up', size } as const;
  const first = await listPeople(company.deps, company.tenantId, {}, wish);
  const second = await listPeople(company.deps, company.tenantId, {}, { ...wish, after: first.people.at(-1)?.id });
  const back = await listPeople(company.deps, company.tenantId, {}, { ...wish, before: second.people[0]?.id });
  expect(back.people).toEqual(first.people);
  expect(back).toMatchObject({ hasEarlier: false, hasLater: true });

  const found = await listPeople(company.deps, company.tenantId, { search: 'given3 family17' }, wish);
  expect(found.total).toBeGreaterThan(20);
  expect(new Set(found.people.map(({ displayName }) => displayName))).toEqual(new Set(['Given3 Family17']));
  expect((await listPeople(company.deps, company.tenantId, { search: 'user9999' }, wish)).total).toBe(1);
});
