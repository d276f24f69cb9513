import { beforeEach, expect, test } from 'vitest';
import type { Answer, TypedValues } from '../../../src/core/chat/exchange.js';
import { changeResult } from '../../../src/core/people-admin/bulk/change-result.js';
import { makePeopleChange } from '../../../src/core/people-admin/bulk/make-change.js';
import { savePerson } from '../../../src/core/people-admin/save-person.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { buttonsOf, formOf, problemsOf, textOf } from '../../support/read.js';
import { sweep } from '../../support/tasks.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

const row = (person: Person) => company.db.user.findUniqueOrThrow({ where: { id: person.id } });
const preview = async (filter: Record<string, string>, values: TypedValues): Promise<Answer> =>
  company.submit(company.ada, formOf(await company.click(company.ada, 'admin.bulk', filter)), values);
const changeCards = () => company.cardsOf(company.ada).map((card) => textOf(card));

test('a selection by filter is previewed, changed in the background, told, and reverted', async () => {
  const form = formOf(await company.click(company.ada, 'admin.bulk', { type: 'business' }));
  expect(form.intro).toContain('6 people (Business user)');
  const shown = await company.submit(company.ada, form, { inDirectory: 'no', defaultBackup: company.bo.id });
  const text = textOf(shown);
  expect(text).toMatch(/Will change: 5\nHave it already: 0\nRefused: 1/);
  expect(text).toContain('Bo Chen: Nobody can be their own backup.');
  expect(await company.audit()).toEqual([]);

  const running = await company.press(company.ada, shown, 'admin.bulk-start');
  expect(textOf(running)).toContain('0 of 6');
  expect(buttonsOf(running).map(({ label }) => label)).toEqual(['Show progress', 'Watch in the browser']);
  expect((await row(company.ann)).inDirectory).toBe(true);
  await company.work({ twice: true });
  const [card] = changeCards();
  expect(card).toContain('People were changed');
  expect(card).toMatch(/Changed: 5\nHave it already: 0\nRefused: 1/);
  expect(await row(company.ann)).toMatchObject({ inDirectory: false, defaultBackupId: company.bo.id });
  expect(await row(company.dan)).toMatchObject({ inDirectory: true });
  expect(await row(company.bo)).toMatchObject({ inDirectory: true, defaultBackupId: null });

  const change = await company.db.peopleChange.findFirstOrThrow({ where: { tenantId: company.tenantId } });
  let csv = '';
  for await (const piece of (await changeResult(company.deps, company.tenantId, change.id)) ?? []) csv += piece;
  expect(csv).toContain('username,outcome,reason\r\n');
  expect(csv).toContain('bo,refused,Nobody can be their own backup.\r\n');
  expect(csv).toContain('ann,updated,\r\n');

  const done = await company.click(company.ada, 'admin.bulk-show', { change: change.id });
  const reverting = await company.press(company.ada, done, 'admin.bulk-revert');
  expect(textOf(reverting)).toContain('Reverting a change');
  await company.work();
  expect(await row(company.ann)).toMatchObject({ inDirectory: true, defaultBackupId: null });
  expect(await row(company.zoe)).toMatchObject({ inDirectory: false, defaultBackupId: null });
  expect(changeCards().at(-1)).toContain('A change was reverted');
  const again = await company.click(company.ada, 'admin.bulk-revert', { change: change.id });
  expect(textOf(again)).toContain('cannot be reverted any more');
  const events = (await company.audit()).map(({ event }) => event);
  expect(events).toEqual(expect.arrayContaining(['people.change-asked', 'people.change-ended', 'people.revert-asked']));
});

test('a revert leaves alone who was changed since, and says so', async () => {
  const shown = await preview({ type: 'business' }, { inDirectory: 'no', userType: 'agent' });
  await company.press(company.ada, shown, 'admin.bulk-start');
  await company.work();
  const change = await company.db.peopleChange.findFirstOrThrow({ where: { tenantId: company.tenantId } });
  expect(await row(company.bo)).toMatchObject({ inDirectory: false, access: 'attendant_with_acd' });
  // Bo was listed again since; of Ann only what the change did not touch.
  const { tenantId, ada } = company;
  const actor = { kind: 'self', tenantId, userId: ada.id, role: 'admin', via: 'web' } as const;
  const save = (person: Person, cells: object) => savePerson(company.deps, actor, person.id, { cells });
  await save(company.bo, { inDirectory: 'yes' });
  await save(company.ann, { title: 'Chief' });

  await company.click(company.ada, 'admin.bulk-revert', { change: change.id });
  await company.work();
  expect(await row(company.bo)).toMatchObject({ inDirectory: true, userType: 'agent' });
  expect(await row(company.ann)).toMatchObject({
    ...{ inDirectory: true, userType: 'business', access: 'attendant_only', title: 'Chief' },
  });
  expect(changeCards().at(-1)).toMatch(/Changed: 5\nHave it already: 0\nRefused: 0\nChanged since, left alone: 1/);
  const revert = await company.db.peopleChange.findFirstOrThrow({ where: { revertsId: change.id } });
  let csv = '';
  for await (const piece of (await changeResult(company.deps, company.tenantId, revert.id)) ?? []) csv += piece;
  expect(csv).toContain('bo,kept,"Changed since, so left alone."\r\n');
});

test('those without extension get one each, until the range has no more', async () => {
  await company.db.user.updateMany({
    where: { tenantId: company.tenantId, userType: 'business' },
    data: { extension: null },
  });
  await company.db.tenant.update({ where: { id: company.tenantId }, data: { extensionRange: '300-303' } });
  const shown = await preview({ type: 'business' }, { extension: 'AUTO' });
  expect(textOf(shown)).toMatch(/Will change: 4\nHave it already: 0\nRefused: 2/);
  await company.press(company.ada, shown, 'admin.bulk-start');
  await company.work();
  const given = await company.db.user.findMany({ where: { tenantId: company.tenantId, userType: 'business' } });
  expect(given.flatMap(({ extension }) => extension ?? []).sort()).toEqual(['300', '301', '302', '303']);
  expect(changeCards()[0]).toMatch(/Changed: 4\nHave it already: 0\nRefused: 2/);
});

test('after 24 hours it stays', async () => {
  const shown = await preview({ search: 'bo' }, { inDirectory: 'no' });
  await company.press(company.ada, shown, 'admin.bulk-start');
  await company.work();
  const change = await company.db.peopleChange.findFirstOrThrow({ where: { tenantId: company.tenantId } });
  company.clock.forward({ hours: 25 });
  const card = await company.click(company.ada, 'admin.bulk-show', { change: change.id });
  expect(buttonsOf(card).map(({ action }) => action)).toEqual(['admin.bulk-result']);
  const late = await company.click(company.ada, 'admin.bulk-revert', { change: change.id });
  expect(textOf(late)).toContain('cannot be reverted any more');
});

test('a backup who would close a circle is refused for that person alone', async () => {
  await company.db.user.update({ where: { id: company.bo.id }, data: { defaultBackupId: company.ann.id } });
  const shown = await preview({ type: 'business' }, { defaultBackup: company.bo.id });
  await company.press(company.ada, shown, 'admin.bulk-start');
  await company.work();
  const [card] = changeCards();
  expect(card).toMatch(/Refused: 2/);
  expect(await row(company.ann)).toMatchObject({ defaultBackupId: null });
  expect(await row(company.zoe)).toMatchObject({ defaultBackupId: company.bo.id });
});

test('an admin does not take their own rights, nor anybody the last admin’s', async () => {
  const shown = await preview({}, { role: 'member' });
  expect(textOf(shown)).toContain('Ada Roy: Change your own access and role by your own form.');
  await company.press(company.ada, shown, 'admin.bulk-start');
  await company.work();
  expect((await row(company.ada)).role).toBe('admin');
  expect((await row(company.eve)).role).toBe('member');
});

test('nothing chosen, nobody meant, a backup who takes no calls, odd buttons: refused in words', async () => {
  expect(problemsOf(await preview({}, {}))).toEqual({ '': 'Choose at least one value.' });
  expect(textOf(await preview({ search: 'xyzzy' }, { role: 'member' }))).toContain('Nobody would be changed.');
  expect(problemsOf(await preview({}, { defaultBackup: company.nil.id })).defaultBackup).toContain('cannot take calls');
  for (const carries of [{}, { filter: '{}', values: '{"pinHash":"x"}' }, { filter: '[', values: '{}' }])
    expect(textOf(await company.click(company.ada, 'admin.bulk-start', carries))).toContain(
      'This change is not there.',
    );
  const wrong = { filter: '{}', values: '{"role":"king"}' };
  await company.click(company.ada, 'admin.bulk-start', wrong);
  await company.work();
  expect(changeCards()[0]).toContain('Changed: 0');
});

test('managers and members do none of it, and another company’s change is not there', async () => {
  const forbidden = /You may not do this|Vous n’avez pas ce droit/;
  for (const action of ['admin.bulk', 'admin.bulk-start', 'admin.bulk-show', 'admin.bulk-revert'])
    for (const person of [company.eve, company.ann])
      expect(textOf(await company.click(person, action, {}))).toMatch(forbidden);
  const shown = await preview({ search: 'bo' }, { inDirectory: 'no' });
  await company.press(company.ada, shown, 'admin.bulk-start');
  const { id } = await company.db.peopleChange.findFirstOrThrow({ where: { tenantId: company.tenantId } });
  const other = await testCompany({ numberless: true });
  for (const action of ['admin.bulk-show', 'admin.bulk-revert'])
    expect(textOf(await other.click(other.ada, action, { change: id }))).toContain('This change is not there.');
  expect(await changeResult(other.deps, other.tenantId, id)).toBeUndefined();
});

test('the card in chat moves while people are changed', async () => {
  const { tenantId, db } = company;
  const newcomer = (n: number) => ({ ...{ tenantId, username: `m${n}`, email: `m${n}@maple.example` }, lastName: 'M' });
  await db.user.createMany({
    data: Array.from({ length: 150 }, (_, n) => ({ ...newcomer(n), firstName: `M${n}`, userType: 'rollover' })),
  });
  const shown = await preview({ type: 'rollover' }, { inDirectory: 'no' });
  await company.press(company.ada, shown, 'admin.bulk-start');
  const { id } = await db.peopleChange.findFirstOrThrow({ where: { tenantId } });
  let transactions = 0;
  const dying = new Proxy(db, {
    get(target, name) {
      if (name !== '$transaction') return Reflect.get(target, name);
      return (work: never) => {
        transactions += 1;
        // A set, its progress; the second set does not come.
        return transactions > 2 ? Promise.reject(new Error('Connection terminated')) : target.$transaction(work);
      };
    },
  });
  await makePeopleChange({ ...company.deps, db: dying }, id);
  await company.work();
  expect(changeCards().at(-1)).toMatch(/▰▰▰▰▰▰▱▱▱▱ 100 of 15\d/);

  company.clock.forward({ minutes: 5 });
  await makePeopleChange(company.deps, id);
  await company.work();
  expect(changeCards().at(-1)).toMatch(/People were changed\n15\d of 15\d/);
});

test('a worker that dies is taken up where it was; an admin who is none any more changes nobody', async () => {
  const alone = await testCompany({ ownDatabase: true });
  const form = formOf(await alone.click(alone.ada, 'admin.bulk', {}));
  const shown = await alone.submit(alone.ada, form, { inDirectory: 'no' });
  await alone.press(alone.ada, shown, 'admin.bulk-start');
  await alone.db.peopleChange.updateMany({
    data: { claimedAt: alone.clock.now(), dueAt: new Date(alone.clock.now().getTime() + 90_000) },
  });
  await alone.work();
  expect((await alone.db.user.findUniqueOrThrow({ where: { id: alone.bo.id } })).inDirectory).toBe(true);
  await alone.db.user.update({ where: { id: alone.eve.id }, data: { role: 'admin' } });
  await alone.db.user.update({ where: { id: alone.ada.id }, data: { role: 'member' } });
  alone.clock.forward({ minutes: 5 });
  await sweep(alone.deps);
  await alone.work();
  expect(await alone.db.peopleChange.findFirst()).toMatchObject({ status: 'failed' });
  expect((await alone.db.user.findUniqueOrThrow({ where: { id: alone.bo.id } })).inDirectory).toBe(true);
});
