import { beforeEach, describe, expect, test } from 'vitest';
import type { UserId } from '../../../src/core/ids.js';
import { chartOf } from '../../../src/core/reports/charts.js';
import { companyLists } from '../../../src/core/reports/company-lists.js';
import { listFilterOf, readListFilter } from '../../../src/core/reports/list-filter.js';
import type { ListName } from '../../../src/core/reports/list-names.js';
import { type Company, type Person, testCompany } from '../../support/company.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

const zone = 'America/Toronto';
/** The test clock stands in January 2030. */
const at = (day: string, time = '12:00') => new Date(`2030-01-${day}T${time}:00-05:00`);

async function names(list: ListName, typed: Readonly<Record<string, string>>, column = 'username') {
  const filter = listFilterOf(readListFilter(typed, companyLists[list].narrowedBy ?? []), zone);
  const { rows } = await companyLists[list].page(company.deps, company.tenantId, { most: 100 }, filter);
  return rows.map((row) => row[column]);
}

const missed = (person: Person, startedAt: Date) =>
  company.db.call.create({
    data: {
      ...{ tenantId: company.tenantId, callId: `${person.id} ${startedAt.getTime()}`, ani: '+14165550123' },
      ...{ dnis: '+14165550100', askedForUserId: person.id, disposition: 'missed', startedAt },
    },
  });

const stored = (userId: UserId, days: readonly (readonly [day: string, bytes: number])[]) =>
  company.db.mailboxStorageDay.createMany({
    data: days.map(([day, bytes]) => ({
      ...{ tenantId: company.tenantId, userId, bytes, recordings: 1 },
      day: new Date(`2030-01-${day}`),
    })),
  });

describe('a list of the company, narrowed', () => {
  test('to a person, to days of the reader’s zone, both included, and to both', async () => {
    const { ann, bo } = company;
    await missed(ann, at('10', '00:00'));
    await missed(ann, at('11', '23:59'));
    await missed(bo, at('11'));
    await missed(bo, at('12', '00:00'));
    expect(await names('missed', {})).toEqual(['bo', 'ann', 'bo', 'ann']);
    expect(await names('missed', { person: ann.id })).toEqual(['ann', 'ann']);
    expect(await names('missed', { from: '2030-01-11', until: '2030-01-11' })).toEqual(['ann', 'bo']);
    expect(await names('missed', { from: '2030-01-11', person: bo.id })).toEqual(['bo', 'bo']);
    expect(await names('missed', { until: '2030-01-10' })).toEqual(['ann']);
  });

  test('an absence of which a part is in those days is among them, and one without an end in all later ones', async () => {
    const { ann, bo, db, tenantId } = company;
    const period = (userId: UserId, startsAt: Date, endsAt: Date | null) =>
      db.outOfOfficePeriod.create({ data: { tenantId, userId, startsAt, endsAt } });
    await period(ann.id, at('20'), at('22'));
    await period(bo.id, at('21'), null);
    expect(await names('ooo', { from: '2030-01-22', until: '2030-01-22' })).toEqual(['ann', 'bo']);
    expect(await names('ooo', { until: '2030-01-20' })).toEqual(['ann']);
    expect(await names('ooo', { from: '2030-03-01' })).toEqual(['bo']);
  });

  test('when admins acted as others: of who acted and of who was acted as', async () => {
    const { ada, ann, bo } = company;
    await company.submit(ada, 'impersonation.start', { user: bo.id, reason: 'Bo is ill and asked me for it' });
    await company.ask(ada, 'stop');
    for (const person of [ada, bo])
      expect(await names('impersonations', { person: person.id }, 'person')).toEqual(['Bo Chen']);
    expect(await names('impersonations', { person: ann.id }, 'person')).toEqual([]);
  });

  test.each([
    { person: "x' OR 1=1" },
    { from: '2030-02-30' },
    { until: '9999-12-31' },
    { from: '0000-01-01' },
    { person: '%00' },
  ])('what cannot be read is left out: %j', async (typed) => {
    await missed(company.ann, at('10'));
    expect(await names('missed', typed)).toEqual(['ann']);
  });

  test('a list of nobody’s days takes none, and the person of another company has no rows here', async () => {
    const other = await testCompany({ numberless: true });
    await missed(company.ann, at('10'));
    expect(await names('missed', { person: other.ann.id })).toEqual([]);
    expect(await names('storage', { from: '2099-01-01', person: company.ann.id })).toEqual(['ann']);
  });
});

describe('the chart', () => {
  const reader = { locale: 'en', timeZone: zone, now: at('20') } as const;
  const chart = (list: ListName, typed: Readonly<Record<string, string>>) =>
    chartOf(
      company.deps,
      reader,
      company.tenantId,
      list,
      listFilterOf(readListFilter(typed, companyLists[list].narrowedBy ?? []), zone),
    );

  test('of one mailbox shows what it held on every day, though its rows are of the days on which that changed', async () => {
    const { ann, bo, db, tenantId } = company;
    await db.storageDay.createMany({
      data: ['10', '11', '12', '13'].map((day) => ({
        tenantId,
        day: new Date(`2030-01-${day}`),
        bytes: 9e6,
        recordings: 9,
      })),
    });
    await stored(ann.id, [
      ['11', 2e6],
      ['13', 0],
    ]);
    await stored(bo.id, [['10', 5e6]]);
    const shown = await chart('storage-days', { person: ann.id });
    expect(shown?.bars).toEqual([
      { label: 'Jan 10, 2030', value: 0 },
      { label: 'Jan 11, 2030', value: 2 },
      { label: 'Jan 12, 2030', value: 2 },
      { label: 'Jan 13, 2030', value: 0 },
    ]);
    const narrowed = await chart('storage-days', { from: '2030-01-12', until: '2030-01-13' });
    expect(narrowed?.bars.map(({ value }) => value)).toEqual([9, 9]);
    expect(await names('storage-days', { person: ann.id, until: '2030-01-12' }, 'day')).toEqual(['2030-01-11']);
  });

  test('of missed calls has the days and the person of the filter, and no more days than there is room for', async () => {
    const { ann, bo } = company;
    await missed(ann, at('10'));
    await missed(bo, at('10'));
    const shown = await chart('missed', { person: ann.id, from: '2030-01-09', until: '2030-01-11' });
    expect(shown?.title).toBe('Missed calls by day');
    expect(shown?.bars.map(({ value }) => value)).toEqual([0, 1, 0]);
    expect((await chart('missed', { from: '1990-01-01' }))?.bars).toHaveLength(92);
    expect(await chart('missed', { from: '2031-01-01' })).toBeUndefined();
  });
});
