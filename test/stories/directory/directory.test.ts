import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/chat/exchange.js';
import { findPersonByKey } from '../../../src/core/directory/find-person.js';
import { type Company, testCompany } from '../../support/company.js';
import { buttonsOf, formOf, problemsOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

const optionsOf = (answer: Answer) => (answer.kind === 'suggest' ? answer.options : []);
const found = async (query: string) => textOf(await company.ask(company.ann, `find ${query}`));

const namesakes = [
  { firstName: 'Robert', lastName: 'Côté', title: 'Buyer', extension: '301' },
  { firstName: 'Stephen', lastName: 'Okafor', title: 'Planner', extension: '302' },
  { firstName: 'Hughette', lastName: 'Marchand', title: 'Clerk', team: 'East' },
  { firstName: 'Hughette', lastName: 'Marchand', title: 'Clerk', team: 'West' },
  { firstName: 'Hughette', lastName: 'Marchandise', title: 'Nurse', extension: '303' },
];
const addNamesakes = () =>
  company.db.user.createMany({
    data: namesakes.map((one, index) => ({
      ...one,
      tenantId: company.tenantId,
      username: `found${index}`,
      email: `found${index}@maple.example`,
    })),
  });

describe('find', () => {
  test.each([
    ['Bo Chen', 'Bo Chen'],
    ['chen bo', 'Bo Chen'],
    ['bo', 'Bo Chen'],
    ['b c', 'Bo Chen'],
    ['CLEO', 'Cléo Dubois'],
    ['mull', 'Ève Müller'],
    ['o’neil', 'Dan O’Neil'],
    ["O'Neil", 'Dan O’Neil'],
    ['oneil', 'Dan O’Neil'],
    ['0105', 'Ève Müller'],
    ['ext. 102', 'Bo Chen'],
    ['poste 102', 'Bo Chen'],
    ['@bo', 'Bo Chen'],
    ['416-555-0101', 'Ann Baker'],
    ['+1 (416) 555 0101', 'Ann Baker'],
    ['555 0101', 'Ann Baker'],
  ])('%s', async (query, name) => {
    expect((await found(query)).split('\n')[0]).toBe(name);
  });

  test('shows title, extension, number and a way to make somebody my backup, but not of myself', async () => {
    const card = await company.ask(company.bo, 'trouver ann');
    expect(textOf(card)).toBe(
      'Ann Baker\nTitle: Sales\nExtension: 101\nDirect number: (416) 555-0101\nNow: No absence announced\n[Call] [Leave a message] [Set as my backup]',
    );
    expect(buttonsOf(await company.ask(company.ann, 'find ann'))).toEqual([]);
  });

  test('several people stand one below the other, homonyms told apart', async () => {
    const text = await found('d');
    expect(text).toContain('2 people');
    expect(text).toContain('Cléo Dubois: Soutien · ext. 103 · No absence announced');
    expect(text).toContain('Dan O’Neil: Support · ext. 104');
  });

  test('hidden people and those without access never show up, yet an extension leads to the hidden', async () => {
    for (const query of ['zoe', 'quiet', '107', 'nil access']) expect(await found(query)).toContain('found nobody');
    const tenant = { id: company.tenantId, country: 'CA' };
    expect(await findPersonByKey(company.db, tenant, '107')).toMatchObject({ id: company.zoe.id });
    expect(await findPersonByKey(company.db, tenant, '(416) 555-0101')).toMatchObject({ id: company.ann.id });
  });

  test('nobody found: what to try, and what was typed as it was', async () => {
    const odd = '<b>*Xqzv*</b> 🧙 שלום';
    expect(await found(odd)).toContain(`“${odd}”`);
    expect(await found(odd)).toContain('Try a part of');
    expect((await found('x'.repeat(40_000))).length).toBeLessThan(400);
  });

  test('alone it opens a form', async () => {
    const form = formOf(await company.ask(company.ann, 'annuaire'));
    expect(form.id).toBe('directory.find');
    expect(problemsOf(await company.submit(company.ann, form, { query: '  ' }))).toEqual({ query: 'Fill this in.' });
    expect(textOf(await company.submit(company.ann, form, { query: 'bo' }))).toContain('Bo Chen');
  });

  test('by mention', async () => {
    expect(textOf(await company.ask(company.ann, 'find', { mentions: [company.dan] }))).toContain('Dan O’Neil');
    // A hidden person is hidden from mentions too, except from themselves.
    for (const hidden of [company.zoe, company.nil])
      for (const command of ['find', 'status'])
        expect(textOf(await company.ask(company.ann, command, { mentions: [hidden] }))).toBe(
          'This person is not in the directory.',
        );
    expect(textOf(await company.ask(company.zoe, 'find', { mentions: [company.zoe] }))).toContain('Zoë');
  });

  test('a new person is found at once, and ten are shown', async () => {
    expect(await found('Quentin')).toContain('nobody');
    await company.db.user.createMany({
      data: Array.from({ length: 12 }, (_, index) => ({
        tenantId: company.tenantId,
        username: `quentin${index}`,
        email: `quentin${index}@maple.example`,
        firstName: 'Quentin',
        lastName: 'Same',
        title: `Clerk ${index}`,
      })),
    });
    expect(await found('Quentin')).toContain('The first 10 people');
    expect(await found('Quentin')).toContain('There are more');
    await company.db.user.deleteMany({ where: { firstName: 'Quentin' } });
    expect(await found('Quentin')).toContain('nobody');
  });
});

describe('somebody found', () => {
  beforeEach(addNamesakes);

  test('says why, where the name does not', async () => {
    expect(await found('bob cote')).toContain('Robert Côté\nTitle: Buyer\nExtension: 301');
    expect(await found('bob cote')).toContain('Nickname of Robert');
    expect(await found('stefen okafor')).toContain('Sounds like it');
    expect(await found('robert xote')).toContain('Spelled alike');
    expect(await found('robert cote')).not.toMatch(/Nickname|Sounds|Spelled/);
    const french = textOf(await company.ask(company.eve, 'trouver bob cote'));
    expect(french).toContain('Diminutif de Robert');
  });

  test('by their whole name stands without those who merely resemble it; by a part, with them', async () => {
    const whole = await found('hughette marchand');
    expect(whole).toContain('2 people');
    expect(whole).toContain('Clerk, East');
    expect(whole).toContain('Clerk, West');
    expect(whole).not.toContain('Marchandise');
    expect(await found('hughette march')).toContain('3 people');
  });

  test('by a part of their name stands among all of that name, also where the requester knows some of them', async () => {
    await company.db.user.update({ where: { id: company.ann.id }, data: { team: 'East' } });
    const known = await company.ask(company.ann, 'find marchand');
    expect(textOf(known)).toContain('3 people');
    expect(textOf(known).indexOf('Clerk, East')).toBeLessThan(textOf(known).indexOf('Clerk, West'));
    await company.db.user.update({ where: { id: company.ann.id }, data: { team: '' } });
  });

  test('in a list has a way to their card', async () => {
    const list = await company.ask(company.ann, 'find hughette');
    expect(buttonsOf(list).map(({ action }) => action)).toEqual(Array(3).fill('directory.show'));
    const card = await company.click(company.ann, buttonsOf(list)[2] as never);
    expect(textOf(card)).toBe(
      'Hughette Marchandise\nTitle: Nurse\nExtension: 303\nNow: No absence announced\n[Call] [Leave a message] [Set as my backup]',
    );
  });

  test.each([
    ['t w o', 'found nobody'],
    ['b a k e r', 'Ann Baker'],
    ['one oh one', 'Ann Baker'],
    ['cent deux', 'Bo Chen'],
  ])('may be spelled, or their extension said: %s', async (query, text) => {
    expect(await found(query)).toContain(text);
  });

  test.each([
    'x',
    '.',
    '?!…',
    '🧙‍♀️🙂',
    '王小明',
    'מיכאל',
    '.*',
    '(((',
    '\\',
    '%',
    '\'; DROP TABLE "User"; --',
    '\u0000',
    'a'.repeat(10_000),
    '1'.repeat(10_000),
    'constructor',
  ])('or an answer whatever is asked: %s', async (query) => {
    const answer = await company.ask(company.ann, `find ${query}`);
    expect(answer.kind === 'say' || answer.kind === 'open').toBe(true);
    expect(textOf(answer)).not.toContain('our fault');
    expect(textOf(await company.suggest(company.ann, query))).not.toContain('our fault');
  });

  test('too many for a card can be had in the browser, signed in by a personal link', async () => {
    await company.db.user.createMany({
      data: Array.from({ length: 12 }, (_, index) => ({
        tenantId: company.tenantId,
        username: `many${index}`,
        email: `many${index}@maple.example`,
        firstName: `Quincy`,
        lastName: `Ma${'bcdfghjklmnp'[index]}`,
      })),
    });
    const list = await company.ask(company.ann, 'find quincy');
    expect(buttonsOf(list)).toHaveLength(11);
    const way = await company.press(company.ann, list, 'directory.browse');
    const [open] = buttonsOf(way);
    const url = new URL(open?.kind === 'link' ? open.url : '');
    expect(url.pathname).toMatch(/^\/sign-in\//);
    expect(url.searchParams.get('to')).toBe('/directory?q=quincy');
    await company.db.user.deleteMany({ where: { firstName: 'Quincy' } });
  });

  test('can be called: chat says what to dial, who is away and who covers', async () => {
    const card = await company.ask(company.bo, 'find ann');
    const call = textOf(await company.press(company.bo, card, 'directory.call'));
    expect(call).toBe('Call Ann Baker\nInside: extension 101\nFrom outside: (416) 555-0101\n[Leave a message]');

    await company.db.outOfOfficePeriod.create({
      data: {
        tenantId: company.tenantId,
        userId: company.bo.id,
        startsAt: company.clock.now(),
        endsAt: new Date('2030-01-18T22:00:00Z'),
        backupId: company.dan.id,
      },
    });
    const away = textOf(await company.click(company.ann, 'directory.call', { user: company.bo.id }));
    expect(away).toContain('Out of office, back Fri, Jan 18, 5:00 pm. Their calls go to Dan O’Neil.');
    expect(away).toContain('From outside: (416) 555-0100, then 102');
    await company.db.outOfOfficePeriod.deleteMany();
  });

  test('has a mailbox where the company has Plus, and a personal link leads to it', async () => {
    const card = await company.ask(company.bo, 'find ann');
    const way = await company.press(company.bo, card, 'directory.message');
    expect(textOf(way)).toContain('A message for Ann Baker');
    const [open] = buttonsOf(way);
    const url = new URL(open?.kind === 'link' ? open.url : '');
    expect(url.searchParams.get('to')).toBe(`/people/${company.ann.id}/message`);
    expect((await company.audit()).at(-1)).toMatchObject({ event: 'session.link-made', subjectId: company.bo.id });

    await company.db.tenant.update({ where: { id: company.tenantId }, data: { edition: 'attendant' } });
    expect(textOf(await company.ask(company.bo, 'find ann'))).not.toContain('Leave a message');
    const refused = await company.click(company.bo, 'directory.message', { user: company.ann.id });
    expect(textOf(refused)).toContain('not part of your company’s edition');
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { edition: 'attendant_plus' } });
  });

  test('shared with others tells what a stranger may know, whoever shares, and acts for nobody', async () => {
    await company.db.outOfOfficePeriod.create({
      data: {
        tenantId: company.tenantId,
        userId: company.bo.id,
        startsAt: company.clock.now(),
        endsAt: new Date('2030-01-18T22:00:00Z'),
        privacy: 'nothing',
      },
    });
    expect(textOf(await company.click(company.ada, 'directory.show', { user: company.bo.id }))).toContain(
      'Out of office',
    );
    const [option] = optionsOf(await company.suggest(company.ada, 'bo chen', true));
    if (!option?.shared) throw new Error('nothing to share');
    const shared: Answer = { kind: 'say', card: option.shared, locale: 'en' };
    expect(textOf(shared)).toContain('Now: No absence announced');
    expect(buttonsOf(shared).map(({ kind }) => kind)).toEqual(['link']);
    await company.db.outOfOfficePeriod.deleteMany();
  });

  test('names a hidden backup to nobody but the two and admins', async () => {
    const { ann, bo, zoe, ada } = company;
    const period = { tenantId: company.tenantId, userId: ann.id, backupId: zoe.id, startsAt: company.clock.now() };
    await company.db.outOfOfficePeriod.create({ data: period });
    const cardFor = async (requester: typeof ann) => textOf(await company.ask(requester, 'status @ann baker'));
    expect(await cardFor(bo)).toContain('Out of office');
    expect(await cardFor(bo)).not.toContain('Zoë');
    expect(textOf(await company.click(bo, 'directory.call', { user: ann.id }))).not.toContain('Zoë');
    const [option] = optionsOf(await company.suggest(ada, 'ann baker', true));
    expect(JSON.stringify(option?.shared)).not.toContain('Zoë');
    for (const insider of [ann, zoe, ada]) expect(await cardFor(insider)).toContain('Zoë');
    await company.db.outOfOfficePeriod.deleteMany();
  });

  test('is never one of the hidden, of those without access, or of another company', async () => {
    const other = await testCompany({ numberless: true });
    for (const { id } of [company.zoe, company.nil, other.ann])
      for (const action of ['directory.show', 'directory.call', 'directory.message'])
        expect(textOf(await company.click(company.ada, action, { user: id }))).toBe(
          'This person is not in the directory.',
        );
    const backup = await company.click(company.ada, 'directory.backup', { user: other.ann.id });
    expect(textOf(backup)).toContain('not in the directory');
  });
});

describe('a person field', () => {
  test('offers the colleagues of one’s team before anything is typed, the hidden never', async () => {
    await company.db.user.updateMany({
      where: { id: { in: [company.dan.id, company.eve.id, company.zoe.id] } },
      data: { team: 'Yard' },
    });
    const first = textOf(await company.suggest(company.eve, '')).split('\n');
    expect(first[0]).toBe('Dan O’Neil (Support, Yard)');
    expect(first.filter((one) => one.startsWith('Dan'))).toHaveLength(1);
    expect(first.join()).not.toContain('Quiet');
    await company.db.user.updateMany({ where: { team: 'Yard' }, data: { team: '' } });
  });

  test('says beside the name where somebody is reached, and that they are away', async () => {
    const [{ detail } = {}] = optionsOf(await company.suggest(company.bo, 'ann baker'));
    expect(detail).toBe('ext. 101 · (416) 555-0101');
  });

  const forms = [
    ['ooo.set', 'backup', { until: '2030-02-01' }],
    ['impersonation.start', 'user', { reason: 'Support ticket 42, her settings' }],
  ] as const;

  test.each(forms)('of %s understands what was typed, or says whom it may mean', async (form, field, others) => {
    await addNamesakes();
    const send = (typed: string) => company.submit(company.ada, form, { ...others, [field]: typed });
    const wrong = await send('hughette marchand');
    expect(problemsOf(wrong)[field]).toBe(
      'Did you mean Hughette Marchand (Clerk, East) or Hughette Marchand (Clerk, West)? Choose somebody from the list, or type more of the name.',
    );
    expect(formOf(wrong).fields.find(({ name }) => name === field)).toMatchObject({
      value: { value: 'hughette marchand', label: 'hughette marchand' },
    });
    expect(problemsOf(await send('xyzzy nobody'))[field]).toContain('Nobody in the directory fits “xyzzy nobody”');
    expect(problemsOf(await send('robbert kote'))[field]).toContain('Did you mean Robert Côté (Buyer)?');
  });

  test.each(['Bo Chen', 'bo chen (sales)', 'BO@maple.example', '102', 'ext. 102'])('takes %s for Bo', async (typed) => {
    const saved = await company.submit(company.ann, 'ooo.set', { until: '2030-02-01', backup: typed });
    expect(textOf(saved)).toContain('Bo Chen');
    expect(await company.db.outOfOfficePeriod.findFirst({ where: { userId: company.ann.id } })).toMatchObject({
      backupId: company.bo.id,
    });
    await company.db.outOfOfficePeriod.deleteMany();
  });

  test('takes somebody hidden by their exact extension, by their address from admins only', async () => {
    const { ann, ada, zoe, db } = company;
    const send = (typed: string) => company.submit(ann, 'ooo.set', { until: '2030-02-01', backup: typed });
    expect(problemsOf(await send(zoe.email)).backup).toContain('Nobody in the directory fits');
    expect(textOf(await send('107'))).toContain('Zoë');
    await db.outOfOfficePeriod.deleteMany();
    const reason = 'Support ticket 42, her settings';
    await company.submit(ada, 'impersonation.start', { user: zoe.email, reason });
    expect(await db.impersonationSession.findFirst()).toMatchObject({ userId: zoe.id });
    await company.ask(ada, 'stop');
  });

  test('suggests as one types, with what tells homonyms apart', async () => {
    expect(await company.suggest(company.ann, 'bo')).toMatchObject({
      options: [{ value: company.bo.id, label: 'Bo Chen (Sales)' }],
    });
    expect(textOf(await company.suggest(company.ann, '')).split('\n').length).toBeGreaterThan(4);
  });

  test('says why it is empty', async () => {
    expect(textOf(await company.suggest(company.ann, 'xaver'))).toContain('Nobody in the directory fits “xaver”');
    expect(textOf(await company.suggest(company.nil, 'bo'))).toContain('not switched on for you');
  });
});

describe('my default backup', () => {
  test('is set from a card, with an audit line; the same again writes nothing', async () => {
    const { ann, bo } = company;
    const card = await company.ask(ann, 'find bo');
    expect(textOf(await company.press(ann, card, 'directory.backup'))).toContain('Bo Chen is now your default backup');
    expect(await company.db.user.findUnique({ where: { id: ann.id } })).toMatchObject({ defaultBackupId: bo.id });
    const lines = await company.audit();
    expect(lines.at(-1)).toMatchObject({ event: 'user.backup-set', subjectId: ann.id, after: { backup: bo.id } });

    expect(textOf(await company.press(ann, card, 'directory.backup'))).toContain('already');
    expect(await company.audit()).toHaveLength(lines.length);
    const changed = await company.press(ann, await company.ask(ann, 'find dan'), 'directory.backup');
    expect(textOf(changed)).toContain(`Dan O’Neil is now your default backup, instead of Bo Chen`);
  });

  test('makes no circle, and is neither oneself nor a mailbox', async () => {
    const { ann, bo, box, dan, db } = company;
    await db.user.update({ where: { id: ann.id }, data: { defaultBackupId: dan.id } });
    await db.user.update({ where: { id: dan.id }, data: { defaultBackupId: bo.id } });
    const refused = await company.press(bo, await company.ask(bo, 'find ann'), 'directory.backup');
    expect(textOf(refused)).toContain('Bo Chen → Ann Baker → Dan O’Neil → Bo Chen');
    expect(textOf(await company.click(ann, 'directory.backup', { user: ann.id }))).toContain('your own backup');
    expect(textOf(await company.click(ann, 'directory.backup', { user: box.id }))).toContain('cannot take calls');
    expect(textOf(await company.click(ann, 'directory.backup', { user: 'x' }))).toContain('not in the directory');
  });
});

describe('people of one name', () => {
  test('those of my team, and those I call, come first', async () => {
    const { db, tenantId, ann, bo } = company;
    const [far, mate, called] = await Promise.all(
      ['Elsewhere', 'Sales', 'Yard'].map((team) =>
        db.user.create({
          data: {
            tenantId,
            username: `jo-${team}`,
            email: `jo-${team}@maple.example`,
            firstName: 'Jo',
            lastName: 'Twin',
            team,
          },
        }),
      ),
    );
    await db.user.update({ where: { id: ann.id }, data: { team: 'Sales' } });
    await db.call.create({
      data: {
        tenantId,
        callId: 'before',
        ani: '+14165550191',
        askedForUserId: called?.id ?? '',
        startedAt: company.clock.now(),
      },
    });

    const order = async (person: typeof ann) => {
      const answer = await company.suggest(person, 'jo twin');
      return answer.kind === 'suggest' ? answer.options.map(({ value }) => value) : [];
    };
    expect(await order(ann)).toEqual([called?.id, mate?.id, far?.id]);
    expect([...(await order(bo))].sort()).toEqual([far?.id, mate?.id, called?.id].sort());
  });
});
