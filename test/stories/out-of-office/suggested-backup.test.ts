import { beforeEach, describe, expect, test } from 'vitest';
import { type Company, testCompany } from '../../support/company.js';
import { buttonsOf, formOf, textOf } from '../../support/read.js';

// Monday, January 14, 2030, 10:00 in Toronto. Ann, Bo and Dan are a team.
let company: Company;
beforeEach(async () => {
  company = await testCompany();
  const { ann, bo, dan } = company;
  await company.db.user.updateMany({
    where: { id: { in: [ann.id, bo.id, dan.id] } },
    data: { team: 'Sales' },
  });
});

const periods = () => company.db.outOfOfficePeriod.findMany({ where: { userId: company.ann.id } });
const labelsOf = (answer: Parameters<typeof buttonsOf>[0]) => buttonsOf(answer).map(({ label }) => label);

describe('where nobody covers, a colleague of the team who is in is suggested', () => {
  test('by the form in words, and after saving by a button that asks them', async () => {
    const { ann, bo } = company;
    const form = formOf(await company.ask(ann, 'ooo'));
    const hint = form.fields.flatMap((field) => (field.name === 'backup' && 'hint' in field ? field.hint : []));
    expect(hint.join()).toContain('For example Bo Chen, who is in your team and is in.');
    const saved = await company.submit(ann, form, { until: '2030-01-18', note: 'at the fair' });
    expect(textOf(saved)).toContain(
      'Bo Chen could cover: in your team (Sales), in all that time, and covering for nobody else.',
    );
    const asked = await company.press(ann, saved, 'ooo.ask');
    expect(textOf(asked)).toContain('Bo Chen (asked)');
    expect(labelsOf(asked)).not.toContain('Ask them to cover');
    expect(await periods()).toMatchObject([{ backupId: bo.id, backupAnswer: 'asked', note: 'at the fair' }]);
    expect(await company.db.notice.count({ where: { kind: 'out-of-office.asked', userId: bo.id } })).toBe(1);
  });

  test('by the one-line command, before anything is saved, in French too', async () => {
    const { ann, bo } = company;
    const understood = await company.ask(ann, 'absent jusqu’à vendredi 17h', { locale: 'fr' });
    expect(textOf(understood)).toContain('Bo Chen pourrait vous remplacer');
    const [, ask] = buttonsOf(understood);
    await company.click(ann, ask ?? '');
    expect(await periods()).toMatchObject([{ backupId: bo.id, backupAnswer: 'asked' }]);
  });

  test('nobody who is out in that time, or who covers for three others', async () => {
    const { ann, bo, dan, ada, cleo, eve } = company;
    const { db, tenantId } = company;
    const day = (date: number) => new Date(`2030-01-${date}T15:00:00Z`);
    await db.outOfOfficePeriod.create({ data: { tenantId, userId: bo.id, startsAt: day(17), endsAt: day(18) } });
    const until = { until: '2030-01-19' };
    expect(textOf(await company.submit(ann, 'ooo.set', until))).toContain('Dan O’Neil could cover');
    // Bo is back by then.
    expect(textOf(await company.submit(ann, 'ooo.set', { from: '2030-01-21', until: '2030-01-22' }))).toContain(
      'Bo Chen',
    );
    await db.outOfOfficePeriod.deleteMany({ where: { userId: ann.id } });

    const covered = { tenantId, startsAt: day(14), endsAt: day(25), backupId: dan.id };
    await db.outOfOfficePeriod.createMany({
      data: [
        { ...covered, userId: ada.id, backupAnswer: 'accepted' },
        { ...covered, userId: cleo.id, backupAnswer: 'asked' },
        { ...covered, userId: eve.id, backupAnswer: 'declined' },
      ],
    });
    expect(textOf(await company.submit(ann, 'ooo.set', until))).toContain('covering for 2 others');
    await db.outOfOfficePeriod.deleteMany({ where: { userId: ann.id } });
    await db.outOfOfficePeriod.updateMany({ where: { userId: eve.id }, data: { backupAnswer: 'accepted' } });
    expect(textOf(await company.submit(ann, 'ooo.set', until))).not.toContain('could cover');
  });

  test('nobody whom no phone would ring: a desk phone needs an extension', async () => {
    const { ann, bo, dan, db, tenantId } = company;
    await db.tenant.update({ where: { id: tenantId }, data: { deskPhones: true } });
    await db.user.updateMany({ where: { id: { in: [bo.id, dan.id] } }, data: { personalNumber: null, agentId: null } });
    await db.user.update({ where: { id: bo.id }, data: { extension: null } });
    await db.user.update({ where: { id: dan.id }, data: { extension: '104' } });
    const saved = await company.submit(ann, 'ooo.set', { until: '2030-01-18' });
    expect(textOf(saved)).toContain('Dan O’Neil could cover');
  });

  test('not where somebody or a number takes the calls, nor to anybody without a team', async () => {
    const { ann, ada } = company;
    expect(textOf(await company.submit(ann, 'ooo.set', { number: '416 555 0188' }))).not.toContain('could cover');
    expect(textOf(await company.submit(ada, 'ooo.set', {}))).not.toContain('could cover');
  });

  test('a suggestion that was pressed too late is refused with the reason', async () => {
    const { ann, bo } = company;
    const saved = await company.submit(ann, 'ooo.set', { until: '2030-01-18' });
    await company.db.user.update({ where: { id: bo.id }, data: { access: 'none' } });
    expect(textOf(await company.press(ann, saved, 'ooo.ask'))).toContain('Bo Chen cannot take calls');
    expect(await periods()).toMatchObject([{ backupId: null }]);
  });
});
