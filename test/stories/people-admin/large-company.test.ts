import { expect, test } from 'vitest';
import { listPeople } from '../../../src/core/people-admin/people-list.js';
import type { PeopleFilter, PeopleSort } from '../../../src/core/people-admin/people-list.types.js';
import { type Company, testCompany } from '../../support/company.js';

const many = 10_000;
const size = 400;

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

test('a company of 10,000 is paged by key: nobody twice, nobody left out, in every order and both ways', async () => {
  const company = await testCompany({ numberless: true });
  await company.db.user.createMany({
    data: Array.from({ length: many }, (_, at) => ({
      ...{ tenantId: company.tenantId, username: `user${at}`, email: `user${at}@maple.example` },
      // Many namesakes: the id decides between them.
      ...{ firstName: `Given${at % 7}`, lastName: `Family${at % 50}`, userType: at % 3 === 0 ? 'agent' : 'business' },
      ...{ access: at % 3 === 0 ? 'attendant_with_acd' : 'attendant_only', inDirectory: at % 5 !== 0 },
      extension: at % 2 === 0 ? String(1000 + at) : null,
      team: at % 10 === 0 ? 'Night' : 'Day',
    })),
  });
  const everybody = many + 9;
  for (const sort of ['name', 'username', 'extension'] as const) {
    const up = await walk(company, {}, sort, 'up');
    expect(up.total).toBe(everybody);
    expect(new Set(up.seen).size).toBe(everybody);
    expect((await walk(company, {}, sort, 'down')).seen).toEqual(up.seen.toReversed());
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
