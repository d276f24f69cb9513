import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Company, testCompany } from '../../support/company.js';
import { buttonsOf, formOf, problemsOf, textOf } from '../../support/read.js';

// Monday, January 14, 2030, 10:00 in Toronto.
let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

const periods = () => company.db.outOfOfficePeriod.findMany({ orderBy: [{ createdAt: 'asc' }, { number: 'asc' }] });

describe('the form', () => {
  test('with nothing filled in: out from now on, open-ended, with the default backup, who is asked', async () => {
    const { ann, bo } = company;
    await company.db.user.update({ where: { id: ann.id }, data: { defaultBackupId: bo.id } });

    const form = formOf(await company.ask(ann, 'ooo'));
    expect(textOf({ kind: 'open', form, locale: 'en' })).toContain('Out of office');
    const answer = await company.submit(ann, form, {});

    expect(textOf(answer)).toContain('You are out of office');
    expect(textOf(answer)).toContain('Bo Chen (asked)');
    expect(await periods()).toMatchObject([
      { userId: ann.id, startsAt: company.clock.now(), endsAt: null, backupId: bo.id, backupAnswer: 'asked' },
    ]);
    expect((await company.audit()).at(-1)).toMatchObject({ event: 'out-of-office.set', actorId: ann.id });
  });

  test('takes days, times, and dates as people write them', async () => {
    const { ann, bo } = company;
    const set = (values: Record<string, string>) => company.submit(ann, 'ooo.set', values);
    await set({ from: '2030-01-16', until: '2030-01-18', until_time: '17:00', backup: bo.id });
    await set({ from: '2030-02-04T09:30', until: '2030-02-05T12:00' });
    await set({ from: 'vendredi 1er mars 9h', until: 'March 4 2030 5pm', privacy: 'nothing', note: '<b>Gone</b>' });
    expect(await periods()).toMatchObject([
      { startsAt: new Date('2030-01-16T05:00:00Z'), endsAt: new Date('2030-01-18T22:00:00Z'), backupId: bo.id },
      { startsAt: new Date('2030-02-04T14:30:00Z'), endsAt: new Date('2030-02-05T17:00:00Z'), backupAnswer: 'none' },
      {
        startsAt: new Date('2030-03-01T14:00:00Z'),
        endsAt: new Date('2030-03-04T22:00:00Z'),
        privacy: 'nothing',
        note: '<b>Gone</b>',
      },
    ]);
  });

  test('a period across a clock change lasts to the hour on the wall', async () => {
    await company.submit(company.ann, 'ooo.set', { from: '2030-03-08T17:00', until: '2030-03-11T09:00' });
    expect(await periods()).toMatchObject([
      { startsAt: new Date('2030-03-08T22:00:00Z'), endsAt: new Date('2030-03-11T13:00:00Z') },
    ]);
  });

  test('problems stand at their fields, and what was typed is kept', async () => {
    const { ann } = company;
    const answer = await company.submit(ann, 'ooo.set', {
      until: '2030-01-13',
      backup: ann.id,
      note: 'seeing a *doctor*',
    });
    expect(problemsOf(answer)).toEqual({
      until: 'This is over already. Choose a day and a time to come.',
      backup: 'You cannot be your own backup. Choose somebody else.',
    });
    const fields = Object.fromEntries(formOf(answer).fields.map((field) => [field.name, field]));
    expect(fields.note).toMatchObject({ value: 'seeing a *doctor*' });
    expect(fields.until).toMatchObject({ value: '2030-01-13' });
    expect(fields.backup).toMatchObject({ value: { value: ann.id, label: 'Ann Baker (Sales)' } });
    expect(await periods()).toEqual([]);
  });

  test.each([
    ['until', { until: 'when pigs fly' }, /cannot read “when pigs fly”/],
    ['until', { from: '2030-01-20', until: '2030-01-19' }, /back before you leave/],
    ['from', { from: '2030-02-31' }, /cannot read/],
    ['number', { number: '911' }, /emergency/],
    ['number', { number: '1 900 555 1234' }, /premium/],
    ['number', { number: '416 555 0100' }, /company’s greeting/],
    ['backup', { backup: 'nobody at all' }, /Nobody in the directory fits “nobody at all”/],
    ['note', { note: 'x'.repeat(40_000) }, /at most 500/],
  ])('refuses a wrong %s', async (field, values, says) => {
    const answer = await company.submit(company.ann, 'ooo.set', values);
    expect(problemsOf(answer)[field]).toMatch(says);
    expect(await periods()).toEqual([]);
  });

  test('refuses who takes no calls, and both a backup and a number', async () => {
    const { ann, bo, nil, box } = company;
    for (const backup of [nil.id, box.id])
      expect(problemsOf(await company.submit(ann, 'ooo.set', { backup }))).toEqual({
        backup: expect.stringContaining('cannot take calls'),
      });
    expect(problemsOf(await company.submit(ann, 'ooo.set', { backup: bo.id, number: '416 555 0199' }))).toEqual({
      number: 'Choose either a backup or a number.',
    });
  });

  test('a number in national form is dialled; a colleague’s number means the colleague', async () => {
    const { ann, dan } = company;
    await company.submit(dan, 'ooo.set', { number: '(514) 555-0177', until: 'tomorrow' });
    await company.submit(company.eve, 'ooo.set', { number: '416 555 0101' });
    expect(await periods()).toMatchObject([
      { number: '+15145550177', backupId: null },
      { number: null, backupId: ann.id, backupAnswer: 'asked' },
    ]);
  });

  test('no two periods of one person overlap; one may begin when another ends', async () => {
    const { ann } = company;
    await company.submit(ann, 'ooo.set', { from: '2030-01-16', until: '2030-01-18' });
    const answer = await company.submit(ann, 'ooo.set', { from: '2030-01-17', until: '2030-01-20' });
    expect(problemsOf(answer).from).toMatch(/already out of office from Wed, Jan 16, back Fri, Jan 18/);
    const [other] = await periods();
    expect((await company.submit(ann, 'ooo.set', { from: '2030-01-18', until: '2030-01-20' })).kind).toBe('replace');
    expect(await periods()).toHaveLength(2);

    const form = formOf(await company.click(ann, 'ooo.set', { period: other?.id ?? '' }));
    const same = await company.submit(ann, form, { from: '2030-01-18', until: '2030-01-20' });
    expect(problemsOf(same).from).toMatch(/already out of office from Fri, Jan 18/);
  });

  test('changes a period, asks a new backup, and tells the old one; the same again writes nothing', async () => {
    const { ann, bo, dan } = company;
    await company.submit(ann, 'ooo.set', { until: '2030-01-18', backup: bo.id });
    await company.work();
    const form = formOf(await company.press(ann, await company.ask(ann, ''), 'ooo.set'));
    expect(form.fields.find(({ name }) => name === 'until')).toMatchObject({ value: '2030-01-18' });

    await company.submit(ann, form, { until: '2030-01-19', backup: dan.id });
    await company.work();
    expect(await periods()).toMatchObject([{ endsAt: new Date('2030-01-19T05:00:00Z'), backupId: dan.id }]);
    expect(textOf(company.cardsOf(bo).at(-1))).toContain('does not need you');
    expect(textOf(company.cardsOf(dan).at(-1))).toContain('Will you cover for Ann Baker?');

    const lines = (await company.audit()).length;
    await company.submit(ann, form, { until: '2030-01-19', backup: dan.id });
    expect(await company.audit()).toHaveLength(lines);
  });
});

describe('a circle', () => {
  test('is refused with the circle shown', async () => {
    const { ann, bo, dan } = company;
    await company.submit(bo, 'ooo.set', { until: '2030-01-18', backup: dan.id });
    await company.submit(dan, 'ooo.set', { until: '2030-01-18', backup: ann.id });
    const answer = await company.submit(ann, 'ooo.set', { from: '2030-01-17', backup: bo.id });
    expect(problemsOf(answer).backup).toContain('Ann Baker → Bo Chen → Dan O’Neil → Ann Baker');
    expect(await periods()).toHaveLength(2);
  });

  test('is none when the two are away at different times', async () => {
    const { ann, bo } = company;
    await company.submit(bo, 'ooo.set', { until: '2030-01-16', backup: ann.id });
    await company.submit(ann, 'ooo.set', { from: '2030-01-16', until: '2030-01-18', backup: bo.id });
    expect(await periods()).toHaveLength(2);
  });

  test('of two who save at once, one is refused', async () => {
    const { ann, bo } = company;
    const answers = await Promise.all([
      company.submit(ann, 'ooo.set', { backup: bo.id }),
      company.submit(bo, 'ooo.set', { backup: ann.id }),
    ]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['invalid', 'replace']);
  });

  test('hours in which nobody can be reached are saved with a warning', async () => {
    const { ann, bo } = company;
    await company.submit(bo, 'ooo.set', { from: '2030-01-16', until: '2030-01-17' });
    const answer = await company.submit(ann, 'ooo.set', { until: '2030-01-18', backup: bo.id });
    expect(textOf(answer)).toContain(
      'from Wed, Jan 16 until Thu, Jan 17, 12:00 am: Bo Chen is out too, and nobody covers',
    );
  });
});

describe('one line', () => {
  test('is said back before it is saved, and saved when confirmed', async () => {
    const { ann, bo } = company;
    const understood = await company.ask(ann, 'ooo until Friday 5pm', { mentions: [bo] });
    expect(textOf(understood)).toContain('Understood');
    expect(textOf(understood)).toMatch(/Back: Fri, Jan 18.* 5:00 pm/);
    expect(textOf(understood)).toContain('Bo Chen');
    expect(await periods()).toEqual([]);

    expect(textOf(await company.press(ann, understood, 'ooo.confirm'))).toContain('You are out of office');
    expect(await periods()).toMatchObject([{ endsAt: new Date('2030-01-18T22:00:00Z'), backupId: bo.id }]);
  });

  test('from now on is now, though the clock goes on while it is saved', async () => {
    const { ann, clock, deps } = company;
    let tick = clock.now().getTime();
    vi.spyOn(deps.clock, 'now').mockImplementation(() => new Date(tick++));
    const understood = await company.ask(ann, 'ooo until Friday 5pm');
    expect(textOf(understood)).toContain('From: now');
    const saved = await company.press(ann, understood, 'ooo.confirm');
    vi.restoreAllMocks();
    expect(textOf(saved)).toContain('You are out of office');
    expect(buttonsOf(saved).map(({ action }) => action)).toContain('ooo.back');
  });

  test('in French, with a name typed', async () => {
    const { cleo, bo } = company;
    const understood = await company.ask(cleo, 'absent du 3 au 7 février @bo');
    expect(textOf(understood)).toContain('Compris');
    expect(textOf(understood)).toMatch(/3 févr/);
    await company.press(cleo, understood, 'ooo.confirm');
    expect(await periods()).toMatchObject([
      { startsAt: new Date('2030-02-03T05:00:00Z'), endsAt: new Date('2030-02-08T05:00:00Z'), backupId: bo.id },
    ]);
  });

  test('takes a number, or a backup alone', async () => {
    const { ann, bo } = company;
    const tomorrow = await company.ask(ann, 'ooo tomorrow +1 514 555 0177');
    expect(textOf(tomorrow)).toContain('(514) 555-0177');
    await company.press(ann, tomorrow, 'ooo.confirm');
    expect(await periods()).toMatchObject([
      { startsAt: new Date('2030-01-15T05:00:00Z'), endsAt: new Date('2030-01-16T05:00:00Z'), number: '+15145550177' },
    ]);
    expect(textOf(await company.ask(bo, 'ooo @cléo dubois'))).toContain('Calls go to: Cléo Dubois');
  });

  test('is changed in the form, filled with what was understood, or left alone', async () => {
    const { ann, bo } = company;
    const understood = await company.ask(ann, 'ooo from tomorrow 9am until Friday @bo');
    const form = formOf(await company.press(ann, understood, 'ooo.set'));
    expect(form.fields).toMatchObject([
      { name: 'from', value: '2030-01-15' },
      { name: 'from_time', value: '09:00' },
      { name: 'until', value: '2030-01-18' },
      { name: 'until_time' },
      { name: 'backup', value: { value: bo.id, label: 'Bo Chen (Sales)' } },
      { name: 'number' },
      { name: 'note' },
      { name: 'privacy', value: 'away_until' },
    ]);
    expect(textOf(await company.press(ann, understood, 'ooo.dismiss'))).toBe('Nothing was changed.');
    expect(await periods()).toEqual([]);
  });

  test('that is not understood says what was, and offers the form', async () => {
    const { ann } = company;
    const answer = await company.ask(ann, 'ooo until Friday at the *dentist* @xaver');
    expect(textOf(answer)).toContain('nobody called “xaver”');
    expect(textOf(answer)).toContain('*dentist*');
    expect(textOf(answer)).toMatch(/Back: Fri, Jan 18/);
    expect(formOf(await company.press(ann, answer, 'ooo.set')).fields).toContainEqual(
      expect.objectContaining({ name: 'until', value: '2030-01-18' }),
    );
    for (const odd of ['ooo '.repeat(400), 'ooo שלום עולם', 'ooo 🏖️🏖️', 'ooo <!channel> <b>x</b>'])
      expect(textOf(await company.ask(ann, odd))).toContain('did not understand');
    expect(await periods()).toEqual([]);
  });

  test('an emergency number, oneself and a circle are refused here too', async () => {
    const { ann, bo } = company;
    expect(textOf(await company.ask(ann, 'ooo until Friday 911'))).toContain('emergency');
    expect(textOf(await company.ask(ann, 'ooo until Friday @ann'))).toContain('your own backup');
    await company.submit(bo, 'ooo.set', { backup: ann.id });
    expect(textOf(await company.ask(ann, 'ooo @bo'))).toContain('Ann Baker → Bo Chen → Ann Baker');
  });

  test('a name that many have: the likeliest are told, and the form chooses', async () => {
    const { ann, tenantId } = company;
    const several = async (count: number) => {
      await company.db.user.createMany({
        data: Array.from({ length: count }, (_, at) => ({
          tenantId,
          username: `kim${count}-${at}`,
          email: `kim${count}-${at}@maple.example`,
          firstName: 'Kimberly',
          lastName: ['Abel', 'Bond', 'Cole', 'Dean', 'Ford', 'Gray'][at] ?? 'Hall',
        })),
      });
      return textOf(await company.ask(ann, 'ooo until Friday @kimberly'));
    };
    expect(await several(2)).toContain('may be Kimberly Abel or Kimberly Bond. Choose');
    expect(await several(6)).toMatch(/may be Kimberly \w+, Kimberly \w+, Kimberly \w+, or somebody else\. Choose/);
    expect(await periods()).toEqual([]);
  });

  test('may name the backup by their extension', async () => {
    const understood = await company.ask(company.ann, 'ooo until Friday @102');
    expect(textOf(understood)).toMatch(/Calls go to\W+Bo /);
  });

  test.each(['ooo until Friday', 'ooo from tomorrow until Friday @bo'])(
    '“%s” confirmed twice is set once, and the second answer says the same',
    async (typed) => {
      const { ann } = company;
      const understood = await company.ask(ann, typed);
      const saved = await company.press(ann, understood, 'ooo.confirm');
      company.clock.set(new Date(company.clock.now().getTime() + 1_000).toISOString());
      expect(textOf(await company.press(ann, understood, 'ooo.confirm'))).toBe(textOf(saved));
      expect(await periods()).toHaveLength(1);
    },
  );

  test('confirmed beside another absence it is refused', async () => {
    const { ann } = company;
    const friday = await company.ask(ann, 'ooo until Friday');
    const elsewhere = await company.ask(ann, 'ooo until Friday +1 416 555 0155');
    await company.press(ann, friday, 'ooo.confirm');
    expect(textOf(await company.press(ann, elsewhere, 'ooo.confirm'))).toContain(
      'You are already out of office, back Fri, Jan 18',
    );
    expect(await periods()).toHaveLength(1);
  });
});

test('back ends the absence, and the end comes by itself otherwise', async () => {
  const { ann } = company;
  expect(textOf(await company.ask(ann, 'back'))).toContain('You are not out of office');
  await company.submit(ann, 'ooo.set', { until: 'Friday 5pm' });
  expect(textOf(await company.ask(ann, ''))).toContain('You are out of office');
  expect(textOf(await company.ask(ann, 'retour'))).toContain('Welcome back');
  expect(textOf(await company.ask(ann, ''))).toContain('You are in the office');
  expect(await periods()).toMatchObject([{ status: 'ended', endsAt: company.clock.now() }]);

  await company.submit(ann, 'ooo.set', { until: 'Friday 5pm' });
  company.clock.set('2030-01-18T21:59:59Z');
  expect(textOf(await company.ask(ann, ''))).toContain('You are out of office');
  company.clock.set('2030-01-18T22:00:00Z');
  expect(textOf(await company.ask(ann, ''))).toContain('You are in the office');
});

test('a planned absence can be cancelled until it begins', async () => {
  const { ann, bo } = company;
  await company.submit(ann, 'ooo.set', { from: '2030-01-16', backup: bo.id });
  const standing = await company.home(ann);
  expect(textOf(standing)).toContain('out of office from Wed, Jan 16');
  expect(textOf(await company.press(ann, standing, 'ooo.cancel'))).toContain('is cancelled');
  expect(await periods()).toMatchObject([{ status: 'cancelled' }]);
  expect(textOf(await company.press(ann, standing, 'ooo.cancel'))).toContain('is over, or was cancelled');
  await company.work();
  expect(textOf(company.cardsOf(bo).at(-1))).toContain('No longer needed');
});

test('nobody changes the absence of somebody else', async () => {
  const { ann, bo } = company;
  await company.submit(ann, 'ooo.set', { from: '2030-01-16' });
  const [period] = await periods();
  const carries = { period: period?.id ?? '' };
  for (const answer of [
    await company.click(bo, 'ooo.cancel', carries),
    await company.submit(bo, 'ooo.set', { until: '2030-02-01' }, carries),
    await company.click(bo, 'ooo.cancel', { period: 'x' }),
  ])
    expect(textOf(answer)).toContain('is over, or was cancelled');
  expect(await periods()).toEqual([period]);
});

test('a company may do without out of office', async () => {
  const without = await testCompany({ tenant: { outOfOfficeEnabled: false } });
  expect(textOf(await without.ask(without.ann, 'ooo until Friday'))).toContain('switched off for your company');
});
