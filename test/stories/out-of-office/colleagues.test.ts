import { beforeEach, describe, expect, test } from 'vitest';
import { type Company, testCompany } from '../../support/company.js';
import { buttonsOf, formOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

describe('the status of a colleague', () => {
  const out = async (privacy: string) => {
    await company.submit(company.ann, 'ooo.set', { until: '2030-01-18', backup: company.bo.id, privacy });
  };
  const seenBy = async (name: 'bo' | 'dan' | 'ada' | 'ann') =>
    textOf(await company.ask(company[name], 'status ann baker'));

  test('says as much as the person lets it', async () => {
    await out('away_until');
    expect(await seenBy('dan')).toContain('Now: Out of office, back Fri, Jan 18\nCovered by: Bo Chen');
  });

  test('“away” keeps the return to itself', async () => {
    await out('away');
    expect(await seenBy('dan')).toContain('Now: Out of office\n');
    expect(await seenBy('dan')).not.toContain('Jan');
  });

  test('“nothing” looks like somebody who is in; the backup, the person and admins see it all', async () => {
    await out('nothing');
    expect(await seenBy('dan')).toContain('Now: No absence announced');
    expect(await seenBy('dan')).not.toContain('Bo Chen');
    for (const name of ['bo', 'ada', 'ann'] as const)
      expect(await seenBy(name)).toContain('Out of office, back Fri, Jan 18');
  });

  test('alone it is my own', async () => {
    expect(textOf(await company.ask(company.cleo, 'statut'))).toContain('Vous êtes au bureau');
  });
});

describe('the backup', () => {
  test('is asked, accepts, and the person is told', async () => {
    const { ann, bo } = company;
    await company.submit(ann, 'ooo.set', { until: 'Friday 5pm', backup: bo.id, note: 'Back *soon*' });
    await company.work({ twice: true });
    const [asked, ...more] = company.cardsOf(bo);
    expect(more).toEqual([]);
    expect(company.cardsOf(ann)).toEqual([]);
    expect(textOf(asked)).toContain('Will you cover for Ann Baker?');
    expect(textOf(asked)).toContain('Back *soon*');

    const accepted = await company.press(bo, asked, 'cover.accept');
    expect(textOf(accepted)).toContain('You cover for Ann Baker');
    expect(buttonsOf(accepted)).toEqual([]);
    await company.work({ twice: true });
    expect(textOf(company.cardsOf(bo).at(-1))).toContain('You cover for Ann Baker');
    expect(textOf(company.cardsOf(ann).at(-1))).toContain('Bo Chen agreed to take your calls from now');
    expect(await company.audit()).toContainEqual(
      expect.objectContaining({ event: 'out-of-office.backup-answered', actorId: bo.id }),
    );
    expect(textOf(await company.ask(ann, ''))).toContain('Bo Chen (agreed)');
    expect(textOf(await company.ask(bo, ''))).toContain('You cover for: Ann Baker');
  });

  test('declines from the list, and the person chooses another', async () => {
    const { ann, bo, dan } = company;
    await company.submit(ann, 'ooo.set', { until: 'Friday 5pm', backup: bo.id });
    const covers = await company.ask(bo, 'cover');
    expect(textOf(covers)).toContain('Ann Baker: from now, back Fri, Jan 18');
    await company.press(bo, covers, 'cover.decline');
    await company.work();
    const told = company.cardsOf(ann).at(-1);
    expect(textOf(told)).toContain('Bo Chen declined');

    const form = formOf(await company.press(ann, told, 'ooo.set'));
    await company.submit(ann, form, { until: 'Friday 5pm', backup: dan.id });
    expect(await company.db.outOfOfficePeriod.findMany()).toMatchObject([{ backupId: dan.id, backupAnswer: 'asked' }]);
    expect(textOf(await company.press(bo, covers, 'cover.accept'))).toContain('not asked to cover this any more');
  });

  test('is nobody else, and not asked any more once the person is back', async () => {
    const { ann, bo, dan } = company;
    await company.submit(ann, 'ooo.set', { backup: bo.id });
    const covers = await company.ask(bo, 'suppleance');
    expect(textOf(await company.press(dan, covers, 'cover.accept'))).toContain('not asked to cover');
    await company.ask(ann, 'back');
    expect(textOf(await company.press(bo, covers, 'cover.accept'))).toContain('not asked to cover');
    expect(textOf(await company.ask(bo, 'cover'))).toContain('Nobody has named you');
    await company.work();
    expect(textOf(company.cardsOf(bo).at(-1))).toContain('No longer needed');
  });
});
