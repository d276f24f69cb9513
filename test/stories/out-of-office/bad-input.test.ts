import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Company, testCompany } from '../../support/company.js';
import { problemsOf, textOf } from '../../support/read.js';

// Monday, January 14, 2030, 10:00 in Toronto, where 2:00 becomes 3:00 on March 10, and 2:00 becomes 1:00 on November 3.
let company: Company;
let others: Company;
beforeAll(async () => {
  company = await testCompany();
  others = await testCompany({ numberless: true });
});
beforeEach(async () => {
  await company.db.outOfOfficePeriod.deleteMany();
});

const periods = () => company.db.outOfOfficePeriod.findMany({ orderBy: { startsAt: 'asc' } });
const byForm = (values: Record<string, string>) => company.submit(company.ann, 'ooo.set', values);
const byLine = (line: string) => company.ask(company.ann, `ooo ${line}`);

describe('the same is refused in the form and in the one-line command', () => {
  test('a period that overlaps another', async () => {
    await byForm({ from: '2030-01-16', until: '2030-01-18' });
    const says = /already out of office from Wed, Jan 16/;
    expect(problemsOf(await byForm({ from: '2030-01-17', until: '2030-01-20' })).from).toMatch(says);
    expect(textOf(await byLine('from 2030-01-17 until 2030-01-20'))).toMatch(says);
    expect(await periods()).toHaveLength(1);
  });

  test('an end before the start, or at it', async () => {
    const says = /back before you leave/;
    for (const until of ['2030-01-19', '2030-01-20']) {
      expect(problemsOf(await byForm({ from: '2030-01-20', until })).until).toMatch(says);
      expect(textOf(await byLine(`from 2030-01-20 0:00 until ${until} 0:00`))).toMatch(says);
    }
    expect(await periods()).toEqual([]);
  });

  test('a backup who is oneself, without access, deactivated, or of another company', async () => {
    const { ann, nil, eve } = company;
    await company.db.user.update({ where: { id: eve.id }, data: { access: 'none', accessBefore: 'attendant_only' } });
    expect(problemsOf(await byForm({ backup: ann.id })).backup).toMatch(/your own backup/);
    expect(textOf(await byLine('@Ann'))).toMatch(/your own backup/);
    for (const one of [nil, eve]) {
      expect(problemsOf(await byForm({ backup: one.id })).backup).toMatch(/cannot take calls/);
      expect(textOf(await byLine(`@${one.displayName}`))).toMatch(/cannot take calls|found nobody/);
    }
    expect(problemsOf(await byForm({ backup: others.bo.id })).backup).toMatch(/Choose somebody from the list/);
    expect(textOf(await company.ask(ann, 'ooo', { mentions: [others.bo] }))).not.toMatch(/Understood/);
    expect(await periods()).toEqual([]);
    await company.db.user.update({ where: { id: eve.id }, data: { access: 'attendant_only', accessBefore: null } });
  });
});

describe('an hour on the wall', () => {
  test('that the clocks skip is taken an hour later, by both', async () => {
    await byForm({ from: '2030-03-10', from_time: '02:30', until: '2030-03-12' });
    expect(await periods()).toMatchObject([{ startsAt: new Date('2030-03-10T07:30:00Z') }]);
    await company.db.outOfOfficePeriod.deleteMany();
    const line = await byLine('from March 10 2030 2:30am until March 12 2030');
    expect(textOf(line)).toContain('3:30 am');
    await company.press(company.ann, line, 'ooo.confirm');
    expect(await periods()).toMatchObject([{ startsAt: new Date('2030-03-10T07:30:00Z') }]);
  });

  test('that comes twice is the first of the two, by both', async () => {
    const twice = { startsAt: new Date('2030-11-03T05:30:00Z') };
    await byForm({ from: '2030-11-03', from_time: '01:30', until: '2030-11-05' });
    expect(await periods()).toMatchObject([twice]);
    await company.db.outOfOfficePeriod.deleteMany();
    const line = await byLine('from November 3 2030 1:30am until November 5 2030');
    await company.press(company.ann, line, 'ooo.confirm');
    expect(await periods()).toMatchObject([twice]);
    await company.db.outOfOfficePeriod.deleteMany();
    await byForm({ from: '2030-11-01', until: '2030-11-03', until_time: '01:30' });
    expect(await periods()).toMatchObject([{ endsAt: new Date('2030-11-03T05:30:00Z') }]);
  });
});
