import { beforeAll, describe, expect, test } from 'vitest';
import { findByDid, findByExtension } from '../../src/core/directory/directory.js';
import { type Company, testCompany } from '../support/company.js';
import { buttonsOf, formOf, problemsOf, textOf } from '../support/read.js';

let company: Company;
beforeAll(async () => {
  company = await testCompany();
});

const found = async (query: string) => textOf(await company.ask(company.ann, `find ${query}`));

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
    expect(await findByExtension(company.db, company.tenantId, '107')).toMatchObject({ id: company.zoe.id });
    const tenant = { id: company.tenantId, country: 'CA' };
    expect(await findByDid(company.db, tenant, '(416) 555-0101')).toMatchObject({ id: company.ann.id });
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
    expect(await found('Quentin')).toContain('10 people');
    expect(await found('Quentin')).toContain('There are more');
    await company.db.user.deleteMany({ where: { firstName: 'Quentin' } });
    expect(await found('Quentin')).toContain('nobody');
  });
});

describe('a person field', () => {
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
    const { ann, bo, dan } = company;
    const card = await company.ask(ann, 'find bo');
    expect(textOf(await company.press(ann, card, 'directory.backup'))).toContain('Bo Chen is now your default backup');
    expect(await company.db.user.findUnique({ where: { id: ann.id } })).toMatchObject({ defaultBackupId: bo.id });
    const lines = await company.audit();
    expect(lines.at(-1)).toMatchObject({ event: 'user.backup-set', subjectId: ann.id, after: { backup: bo.id } });

    expect(textOf(await company.press(ann, card, 'directory.backup'))).toContain('already');
    expect(await company.audit()).toHaveLength(lines.length);
    const changed = await company.press(ann, await company.ask(ann, 'find dan'), 'directory.backup');
    expect(textOf(changed)).toContain(`Dan O’Neil is now your default backup, instead of Bo Chen`);
    await company.db.user.update({ where: { id: dan.id }, data: { defaultBackupId: bo.id } });
  });

  test('makes no circle, and is neither oneself nor a mailbox', async () => {
    const { ann, bo, box } = company;
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
    await db.user.deleteMany({ where: { lastName: 'Twin' } });
  });
});
