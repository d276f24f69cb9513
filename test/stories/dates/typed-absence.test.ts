import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/chat/exchange.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { formOf, problemsOf, textOf as shownText } from '../../support/read.js';

/** The text as shown, with plain spaces. */
const textOf = (shown: Parameters<typeof shownText>[0]): string => shownText(shown).replace(/\s/g, ' ');

// Sunday, November 29, 2026, 10:40 in Toronto.
let company: Company;
beforeEach(async () => {
  company = await testCompany();
  company.clock.set('2026-11-29T15:40:00Z');
});

/** The exact instants that an echo carries until it is confirmed. */
async function echoed(
  person: Person,
  line: string,
  locale = 'en',
): Promise<{ answer: Answer; from?: string; until?: string }> {
  const answer = await company.ask(person, line, { locale });
  const card = 'card' in answer ? answer.card : undefined;
  const buttons = card?.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : [])) ?? [];
  const confirm = buttons.find(({ action }) => action === 'ooo.confirm');
  if (confirm?.kind !== 'action') throw new Error(`not understood: ${textOf(answer)}`);
  return { answer, ...confirm.carries };
}

describe('one line is understood, and said back before it is saved', () => {
  test('“end of month” is through its last day, in both languages', async () => {
    const { ann } = company;
    expect(await echoed(ann, 'ooo until end of month')).toMatchObject({ until: '2026-12-01T05:00:00.000Z' });
    expect(await echoed(ann, 'absent jusqu’à la fin du mois', 'fr')).toMatchObject({
      until: '2026-12-01T05:00:00.000Z',
    });
  });

  test.each(['2026-12-04 - 2026-12-08', '4.12.2026 - 8.12.2026', '20261204-20261208', '04-12-2026–08-12-2026'])(
    'a span of dates, “%s”, is no phone number',
    async (typed) => {
      expect(await echoed(company.ann, `ooo ${typed}`, 'fr')).toMatchObject({
        from: '2026-12-04T05:00:00.000Z',
        until: '2026-12-09T05:00:00.000Z',
      });
    },
  );

  test('the card’s own words, typed again, mean the same instant', async () => {
    const { ann } = company;
    expect(await echoed(ann, 'absent jusqu’à ven. 4 décembre à 17 h 00', 'fr')).toMatchObject({
      until: '2026-12-04T22:00:00.000Z',
    });
    for (const [locale, word] of [
      ['en', 'ooo'],
      ['fr', 'absent'],
    ] as const) {
      const first = await echoed(ann, `${word} from tomorrow 9am until Friday 5pm`, locale);
      if (first.answer.kind !== 'say') throw new Error('no card');
      const again = await echoed(ann, `${word} ${first.answer.card.summary}`, locale);
      expect([again.from, again.until]).toEqual([first.from, first.until]);
    }
  });

  test('“pour deux jours” is from now, two days', async () => {
    const { from, until } = await echoed(company.ann, 'absent pour deux jours', 'fr');
    expect([from, until]).toEqual([undefined, '2026-12-01T05:00:00.000Z']);
  });

  test('“4/12” is read as the reader’s region writes it, and the card says how', async () => {
    const { ann } = company;
    const british = await echoed(ann, 'ooo until 4/12', 'en-GB');
    expect(british.until).toBe('2026-12-04T05:00:00.000Z');
    expect(textOf(british.answer)).toMatch(/I read 4\/12 as December 4\./);
    const american = await echoed(ann, 'ooo until 4/12', 'en-US');
    expect(american.until).toBe('2027-04-12T04:00:00.000Z');
    expect(textOf(american.answer)).toMatch(/I read 4\/12 as April 12\./);
    expect((await echoed(ann, 'absent jusqu’au 4/12 à 9h', 'fr-CA')).until).toBe('2026-12-04T14:00:00.000Z');
    expect(textOf((await echoed(ann, 'ooo until 12/25', 'en-GB')).answer)).not.toContain('I read');
  });

  test('without a region of the reader’s own, the company’s country says the order', async () => {
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { country: 'GB' } });
    expect((await echoed(company.ann, 'ooo until 4/12')).until).toBe('2026-12-04T05:00:00.000Z');
  });

  test('half a day is half of the working hours, with its hours on the card', async () => {
    const { answer, from, until } = await echoed(company.ann, 'ooo half day tomorrow');
    expect([from, until]).toEqual(['2026-11-30T14:00:00.000Z', '2026-11-30T18:00:00.000Z']);
    expect(textOf(answer)).toContain('From: Mon, Nov 30, 9:00 am');
    expect(textOf(answer)).toContain('Back: Mon, Nov 30, 1:00 pm');
  });

  test('dates in digits alone are dates, not phone numbers', async () => {
    const { ann } = company;
    expect((await echoed(ann, 'ooo until 20261204')).until).toBe('2026-12-04T05:00:00.000Z');
    expect((await echoed(ann, 'ooo until 04-12-2026', 'en-GB')).until).toBe('2026-12-04T05:00:00.000Z');
    expect((await echoed(ann, 'ooo Dec 24-28 2026')).until).toBe('2026-12-29T05:00:00.000Z');
    const { answer } = await echoed(ann, 'ooo until 20261204 514 555 0177');
    expect(textOf(answer)).toContain('(514) 555-0177');
  });

  test('an hour that the clocks skip is told with the one that was taken', async () => {
    company.clock.set('2026-03-06T15:00:00Z');
    const { answer, until } = await echoed(company.ann, 'ooo until Sunday 2:30 am');
    expect(until).toBe('2026-03-08T07:30:00.000Z');
    expect(textOf(answer)).toMatch(/clocks skip 2:30 am that day\. I took Sun, Mar 8, 3:30 am/);
  });
});

describe('what is no date is said in words', () => {
  test.each([
    ['ooo until Feb 31', 'en', 'there is no such day'],
    ['absent jusqu’au 31 février', 'fr', 'ce jour n’existe pas'],
    ['ooo until Monday, December 4', 'en', 'December 4 is not a Monday'],
    ['absent jusqu’au lundi 4 décembre', 'fr', 'Le 4 décembre n’est pas un lundi'],
    ['ooo Monday and Thursday', 'en', 'only take days in a row'],
    ['ooo until 2020-01-01', 'en', 'This is over already'],
    ['absent jusqu’à hier', 'fr', 'C’est déjà passé'],
    [`ooo until ${'Friday '.repeat(60)}`, 'en', 'too long for a date'],
  ])('“%s”', async (line, locale, says) => {
    expect(textOf(await company.ask(company.ann, line, { locale }))).toContain(says);
    expect(await company.db.outOfOfficePeriod.count()).toBe(0);
  });
});

describe('the form', () => {
  const last = async () => (await company.db.outOfOfficePeriod.findMany({ orderBy: { createdAt: 'asc' } })).at(-1);

  test('reads the same dates in its fields', async () => {
    const { ann } = company;
    await company.submit(ann, 'ooo.set', { from: 'lundi 7 décembre', from_time: '9 h 30', until: 'end of January' });
    expect(await last()).toMatchObject({
      startsAt: new Date('2026-12-07T14:30:00Z'),
      endsAt: new Date('2027-02-01T05:00:00Z'),
    });
  });

  test('says what is wrong with a date at its field', async () => {
    const answer = await company.submit(company.ann, 'ooo.set', { from: 'Monday, December 4', until: 'Feb 31' });
    expect(problemsOf(answer)).toEqual({
      from: expect.stringContaining('December 4 is not a Monday'),
      until: expect.stringContaining('there is no such day'),
    });
  });
});

describe('a reader whose clocks are not the person’s own', () => {
  beforeEach(async () => {
    await company.db.account.updateMany({ where: { userId: company.ann.id }, data: { timeZone: 'UTC' } });
  });

  test('sees the zone with every time, before saving and after', async () => {
    const { ann } = company;
    const understood = await company.ask(ann, 'ooo until tomorrow 1pm');
    expect(textOf(understood)).toContain('Back: Mon, Nov 30, 1:00 pm UTC');
    const saved = await company.press(ann, understood, 'ooo.confirm');
    expect(textOf(saved)).toContain('Back: Mon, Nov 30, 1:00 pm UTC');
    expect(textOf(await company.home(ann))).toContain('1:00 pm UTC');
    expect(textOf(await company.ask(ann, 'statut', { locale: 'fr' }))).toMatch(/13 h 00 UTC/);
    expect(await company.db.outOfOfficePeriod.findFirst()).toMatchObject({ endsAt: new Date('2026-11-30T13:00:00Z') });
  });

  test('sees the hour where a day begins at another hour than the person’s', async () => {
    expect(textOf(await company.ask(company.ann, 'ooo until Friday'))).toContain('Back: Fri, Dec 4, 12:00 am UTC');
  });

  test('has half a day and “end of day” by the person’s working hours, in the person’s zone', async () => {
    const { ann } = company;
    const half = await echoed(ann, 'ooo half day tomorrow');
    expect([half.from, half.until]).toEqual(['2026-11-30T14:00:00.000Z', '2026-11-30T18:00:00.000Z']);
    expect(textOf(half.answer)).toContain('From: Mon, Nov 30, 2:00 pm UTC');
    expect((await echoed(ann, 'ooo until end of day')).until).toBe('2026-11-29T22:00:00.000Z');
  });

  test('is told by the form in which zone its times are', async () => {
    expect(formOf(await company.ask(company.ann, 'ooo')).intro).toContain('Times are UTC.');
    expect(formOf(await company.ask(company.ann, 'absent', { locale: 'fr' })).intro).toContain(
      'Les heures sont en UTC.',
    );
    expect(formOf(await company.ask(company.bo, 'ooo')).intro).not.toContain('Times are');
  });

  test('sees no zone once it is their own, or where the clocks agree', async () => {
    const { ann } = company;
    await company.db.user.update({ where: { id: ann.id }, data: { timeZone: 'UTC' } });
    expect(textOf(await company.ask(ann, 'ooo until tomorrow 1pm'))).toMatch(/1:00 pm(?! UTC)/);
    await company.db.user.update({ where: { id: ann.id }, data: { timeZone: null } });
    await company.db.account.updateMany({ data: { timeZone: 'America/New_York' } });
    expect(textOf(await company.ask(ann, 'ooo until tomorrow 1pm'))).toMatch(/1:00 pm(?! E[SD]T)/);
  });

  test('an admin who acts as somebody sees that person’s times with their zone', async () => {
    const { ada, ann } = company;
    await company.db.user.update({ where: { id: ada.id }, data: { timeZone: 'America/Vancouver' } });
    await company.submit(ada, 'impersonation.start', { user: ann.id, reason: 'Ann asked me to plan this for her' });
    expect(textOf(await company.ask(ada, 'ooo until tomorrow 1pm'))).toContain('1:00 pm PST');
  });
});
