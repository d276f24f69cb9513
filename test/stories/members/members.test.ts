import { beforeEach, describe, expect, test } from 'vitest';
import type { CarriedData } from '../../../src/core/chat/view.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import type { UserError } from '../../../src/core/errors.js';
import { deactivateLeaver } from '../../../src/core/members/departures/leavers.js';
import { ListRefused } from '../../../src/core/members/ports.js';
import { memberFacts } from '../../../src/core/members/sync/member-facts.js';
import { requestMemberRefresh } from '../../../src/core/members/sync/refresh-member.js';
import { type Company, testCompany } from '../../support/company.js';
import type { ListedPeople } from '../../support/members.js';
import { buttonsOf, formOf, problemsOf, textOf } from '../../support/read.js';
import { sweep } from '../../support/tasks.js';

let company: Company;
let list: ListedPeople;
beforeEach(async () => {
  company = await testCompany({ listed: ['chat'], ownDatabase: true });
  list = company.lists.chat as ListedPeople;
});

/** A day passes, and the sweep has the list read. */
async function nextDay(): Promise<void> {
  company.clock.forward({ hours: 27 });
  await sweep(company.deps);
  await company.work();
}
const members = () => company.ask(company.ada, 'members');
const user = (email: string) => company.db.user.findFirst({ where: { email } });
const reports = () => company.cardsOf(company.ada).filter(({ title }) => title === 'Your workspaces changed');

describe('a workspace', () => {
  test('is read when it becomes the company’s, and a day later; admins see how it stands', async () => {
    await sweep(company.deps);
    await company.work({ twice: true });
    expect(list.reads).toBe(1);
    const card = textOf(await members());
    expect(card).toMatch(/Members: 8\nConnected with an employee: 8\nNew: 0/);
    expect(card).toContain('Last read: 10:00 am');
    await sweep(company.deps);
    await company.work();
    expect(list.reads).toBe(1);
    await nextDay();
    expect(list.reads).toBe(2);
    expect(reports()).toEqual([]);
  });

  test('is nobody’s but the admins’ to look into', async () => {
    expect(textOf(await company.ask(company.ann, 'members'))).toContain('You may not do this');
    expect(textOf(await company.ask(company.eve, 'membres', { locale: 'fr-CA' }))).toContain(
      'Vous n’avez pas ce droit',
    );
    expect(textOf(await company.ask(company.ann, 'help'))).not.toContain('members');
    expect(textOf(await company.ask(company.ada, 'help'))).toContain('/attendant members');
    for (const action of ['members.deactivate', 'members.bring-one', 'members.refresh', 'members.left'])
      expect(textOf(await company.click(company.ann, action, {}))).toContain('You may not do this');
  });

  test('can be read at once, by a button', async () => {
    await nextDay();
    list.add('new', { displayName: 'Nia New', email: 'nia@maple.example' });
    const reading = await company.press(company.ada, await members(), 'members.refresh');
    expect(textOf(reading)).toContain('is being read');
    await company.work({ twice: true });
    expect(list.reads).toBe(2);
    expect(textOf(await company.press(company.ada, reading, 'members.show'))).toContain('New: 1');
    expect((await company.audit()).map(({ event }) => event)).toContain('members.refresh-asked');
  });
});

describe('somebody whose verified address is an employee’s', () => {
  test('is linked, with what the list says of them, on the record', async () => {
    const { bo } = company;
    await company.db.account.deleteMany({ where: { userId: bo.id } });
    list.add(bo.account.accountId, {
      displayName: 'Bo',
      email: 'BO@Maple.example',
      locale: 'fr-FR',
      timeZone: 'Europe/Paris',
    });
    await nextDay();
    expect(await company.db.account.findMany({ where: { userId: bo.id } })).toMatchObject([
      { accountId: bo.account.accountId, linkedBy: 'email', locale: 'fr-FR', timeZone: 'Europe/Paris' },
    ]);
    const [linked, read] = await company.audit();
    expect(linked).toMatchObject({ event: 'account.linked', subjectId: bo.id, actorId: null, via: 'job' });
    expect(read).toMatchObject({ event: 'members.read', after: { come: 8, gone: 0, linked: 1 } });
    await nextDay();
    expect(await company.audit()).toHaveLength(2);
  });

  test('needs no admin any more where one had been asked', async () => {
    const { bo, ada } = company;
    await company.db.account.deleteMany({ where: { userId: bo.id } });
    await company.ask(bo, 'help');
    await company.work();
    expect(textOf(company.cardsOf(ada).at(-1))).toContain('Who is this?');
    await nextDay();
    expect(textOf(company.cardsOf(ada).at(-1))).toContain('now belongs to Bo Chen');
  });

  test('stays whose an admin said they are', async () => {
    const { bo, ann } = company;
    await company.db.account.updateMany({ where: { userId: bo.id }, data: { userId: ann.id, linkedBy: 'admin' } });
    await nextDay();
    expect(await company.db.account.findMany({ where: { userId: bo.id } })).toEqual([]);
  });
});

describe('somebody new', () => {
  beforeEach(async () => {
    await nextDay();
    list.add('nia', {
      displayName: 'Nia <!channel> *New*',
      firstName: 'Nia',
      lastName: '<!channel> *New*',
      email: 'Nia@maple.example',
      title: 'Field engineer',
      locale: 'fr-CA',
      timeZone: 'Europe/Paris',
    });
    list.add('bo2', { displayName: 'García Núñez, Bo', email: 'bo@oak.example' });
    list.add('mute', { displayName: 'Mute 🧙' });
    await nextDay();
  });

  test('is offered once, and brought in with all the others in one step', async () => {
    const { ada } = company;
    expect(reports().map(textOf)).toEqual([expect.stringContaining('2 people are new and not in Attendant.')]);
    await nextDay();
    expect(reports()).toHaveLength(1);

    const form = formOf(await company.press(ada, reports()[0], 'members.bring'));
    expect(textOf({ kind: 'open', form, locale: 'en' })).toContain('2 people become employees');
    const done = await company.submit(ada, form, { whom: 'all', access: 'attendant_only', in_directory: true });
    expect(textOf(done)).toBe('2 people were brought in.');

    expect(await user('nia@maple.example')).toMatchObject({
      username: 'nia',
      firstName: 'Nia',
      lastName: '<!channel> *New*',
      title: 'Field engineer',
      access: 'attendant_only',
      inDirectory: true,
      language: 'fr',
      timeZone: 'Europe/Paris',
      userType: 'business',
      role: 'member',
    });
    // `bo` is another person's username already.
    expect(await user('bo@oak.example')).toMatchObject({
      username: 'bo@oak.example',
      firstName: 'Bo',
      lastName: 'García Núñez',
      language: null,
    });
    const events = (await company.audit()).map(({ event, actorId, via }) => ({ event, actorId, via }));
    const byAda = { actorId: ada.id, via: 'chat' };
    expect(events.slice(-5)).toEqual([
      { event: 'members.bring-in-asked', ...byAda },
      { event: 'user.created', ...byAda },
      { event: 'user.created', ...byAda },
      { event: 'account.linked', ...byAda },
      { event: 'account.linked', ...byAda },
    ]);

    await company.work({ twice: true });
    expect(textOf(reports()[0])).not.toContain('are new');
    expect(textOf(await members())).toMatch(
      /Connected with an employee: 10\nNew: 0\nWithout a verified e-mail address: 1/,
    );
    expect(textOf(await company.submit(ada, form, { whom: 'all', access: 'attendant_only' }))).toContain(
      'Nobody was brought in',
    );
    expect(await company.db.user.count()).toBe(11);
    const nia = { ...company.ann, account: { ...company.ann.account, accountId: 'nia' } };
    expect(textOf(await company.ask(nia, ''))).toContain('Vous êtes au bureau');
  });

  test('is brought in alone, out of the list', async () => {
    const card = await company.click(company.ada, 'members.new', { page: '1' });
    expect(textOf(card)).toContain('Nia <!channel> *New* · Field engineer · nia@maple.example · chat');
    expect(textOf(card)).not.toContain('Mute');
    const [first] = buttonsOf(card).filter(({ action }) => action === 'members.bring-one');
    const after = await company.click(company.ada, first as never);
    expect(textOf(after)).toContain('1 person is in your workspaces');
    expect(await user('bo@oak.example')).not.toBeNull();
    expect(await user('nia@maple.example')).toBeNull();
  });

  test('is brought in by name or by domain, and what is meant by nobody is said at the field', async () => {
    const { ada } = company;
    const form = formOf(await company.click(ada, 'members.bring'));
    const send = (values: Record<string, string | boolean>) =>
      company.submit(ada, form, { whom: 'named', access: 'none', in_directory: false, ...values });
    expect(problemsOf(await send({}))).toEqual({ named: 'Name at least one address.' });
    expect(problemsOf(await send({ named: 'nia@maple.example, who@else.example\n@pine.example' }))).toEqual({
      named: 'Nobody new has: who@else.example, @pine.example',
    });
    expect(await company.db.user.count()).toBe(9);
    expect(textOf(await send({ named: 'NIA@maple.example' }))).toBe('1 person was brought in.');
    expect(await user('nia@maple.example')).toMatchObject({ access: 'none', inDirectory: false });
    expect(textOf(await send({ named: '@oak.example' }))).toBe('1 person was brought in.');
    expect(textOf(await company.click(ada, 'members.bring'))).toContain('There is nobody to bring in.');
  });

  test('without a verified address stays listed, with the reason', async () => {
    const card = textOf(await company.press(company.ada, await members(), 'members.no-email'));
    expect(card).toContain('1 member shows no verified e-mail address');
    expect(card).toContain('Mute 🧙');
  });

  test('is never made twice, whoever else makes them at the same moment', async () => {
    const { ada } = company;
    await company.db.user.create({
      data: {
        tenantId: company.tenantId,
        username: 'NIA',
        email: 'other@maple.example',
        firstName: 'N',
        lastName: 'N',
      },
    });
    const form = formOf(await company.click(ada, 'members.bring'));
    const all = { whom: 'all', access: 'attendant_only', in_directory: true };
    await Promise.all([1, 2, 3].map(() => company.submit(ada, form, all)));
    await company.work({ twice: true });
    expect(await company.db.user.count({ where: { email: 'nia@maple.example' } })).toBe(1);
    expect(await user('nia@maple.example')).toMatchObject({ username: 'nia@maple.example' });
    expect((await company.audit()).filter(({ event }) => event === 'user.created')).toHaveLength(2);
  });
});

test('thousands are brought in some at a time, each once, and listed by page', async () => {
  const { ada } = company;
  for (let at = 0; at < 230; at += 1)
    list.add(`p${at}`, { displayName: `Person Number${String(at).padStart(3, '0')}`, email: `bo@host${at}.example` });
  await nextDay();
  const page = await company.click(ada, 'members.new', { page: '23' });
  expect(textOf(page)).toContain('Page 23 of 23');
  expect(textOf(page)).toContain('Person Number229');
  expect(textOf(await company.click(ada, 'members.new', { page: '999' }))).toContain('Page 23 of 23');

  const form = formOf(await company.click(ada, 'members.bring'));
  const said = await company.submit(ada, form, { whom: 'all', access: 'attendant_only', in_directory: true });
  expect(textOf(said)).toContain('50 of 230 people were brought in.');
  await company.work({ twice: true });
  expect(await company.db.user.count()).toBe(239);
  expect(await company.db.account.count()).toBe(238);
  expect(await company.db.bringIn.findMany()).toMatchObject([{ status: 'done', claimedAt: null }]);
  expect((await company.audit()).filter(({ event }) => event === 'user.created')).toHaveLength(230);
});

test('a bringing-in whose process died goes on with the sweep', async () => {
  for (let at = 0; at < 60; at += 1) list.add(`p${at}`, { displayName: `P ${at}`, email: `p${at}@maple.example` });
  await nextDay();
  const form = formOf(await company.click(company.ada, 'members.bring'));
  await company.submit(company.ada, form, { whom: 'all', access: 'attendant_only', in_directory: true });
  company.tasks.lose();
  const now = company.clock.now();
  await company.db.bringIn.updateMany({ data: { claimedAt: now, dueAt: new Date(now.getTime() + 90_000) } });
  company.clock.forward({ minutes: 3 });
  await sweep(company.deps);
  await company.work();
  expect(await company.db.user.count()).toBe(69);
});

test.each([{ access: 'none' }, { appAllowed: false }, { role: 'manager' }])(
  'an admin who lost what it takes (%o) after asking brings nobody in',
  async (lost) => {
    const { ada } = company;
    list.add('nia', { displayName: 'Nia New', email: 'nia@maple.example' });
    await nextDay();
    // The first attempt fails, so that a later one does the work.
    await company.db.$executeRaw`ALTER TABLE "User" ADD CONSTRAINT never CHECK (username <> 'nia')`;
    const form = formOf(await company.click(ada, 'members.bring'));
    await company.submit(ada, form, { whom: 'all', access: 'attendant_only', in_directory: true });
    await company.db.$executeRaw`ALTER TABLE "User" DROP CONSTRAINT never`;
    await company.db.user.update({ where: { id: ada.id }, data: lost });
    company.clock.forward({ hours: 2 });
    await sweep(company.deps);
    await company.work();
    expect(await company.db.user.count({ where: { username: 'nia' } })).toBe(0);
  },
);

test('a bringing-in that keeps failing is given up, and the admin who asked is told', async () => {
  const { ada } = company;
  list.add('nia', { displayName: 'Nia New', email: 'nia@maple.example' });
  await nextDay();
  await company.db.$executeRaw`ALTER TABLE "User" ADD CONSTRAINT never CHECK (username <> 'nia')`;
  const form = formOf(await company.click(ada, 'members.bring'));
  const all = { whom: 'all', access: 'attendant_only', in_directory: true };
  expect(textOf(await company.submit(ada, form, all))).toContain('They are being brought in');
  for (let times = 0; times < 8; times += 1) {
    company.clock.forward({ hours: 2 });
    await sweep(company.deps);
    await company.work();
  }
  expect(await company.db.bringIn.findMany()).toMatchObject([{ status: 'failed', claimedAt: null }]);
  expect((await company.audit()).at(-1)).toMatchObject({ event: 'members.bring-in-failed', after: { count: 1 } });
  expect(textOf(company.cardsOf(ada).at(-1))).toContain('1 person could not be brought in');
  expect(textOf(await company.click(ada, 'members.new'))).toContain('though it was tried several times');

  await company.db.$executeRaw`ALTER TABLE "User" DROP CONSTRAINT never`;
  expect(textOf(await company.submit(ada, form, all))).toBe('1 person was brought in.');
});

test.each([
  [{ displayName: 'Bo Tremblay, CPA' }, 'Bo', 'Tremblay'],
  [{ displayName: 'Tremblay, Bo, P. Eng., MBA' }, 'Bo', 'Tremblay'],
  [{ displayName: 'Núñez, Ana' }, 'Ana', 'Núñez'],
  [{ displayName: '(contractor)', email: 'ann.roy@maple.example' }, 'Ann', 'Roy'],
  [{ displayName: '(contractor)', email: '123@maple.example' }, '(contractor)', ''],
  [{ email: '123@maple.example' }, '123', ''],
  [{}, 'U1', ''],
])('a name is read out of %j, and never none', (shows, firstName, lastName) => {
  expect(memberFacts({ accountId: 'U1', is: 'member', ...shows })).toMatchObject({ firstName, lastName });
});

describe('somebody who left', () => {
  beforeEach(nextDay);
  const leave = async (...people: { account: { accountId: string } }[]) => {
    for (const { account } of people) list.people.delete(account.accountId);
    await nextDay();
  };

  test('is offered for deactivation, all in one card, and nothing happens by itself', async () => {
    const { ada, ann, bo } = company;
    const before = await company.audit();
    await leave(ann, bo);
    const [card, ...more] = reports();
    expect(more).toEqual([]);
    expect(textOf(card)).toContain('2 people left a workspace and still have access');
    expect(textOf(card)).toContain('Ann Baker · Sales · extension 101 · not in chat since');
    expect(await user('ann@maple.example')).toMatchObject({ access: 'attendant_only' });
    expect((await company.audit()).slice(before.length).map(({ event }) => event)).toEqual(['members.read']);
    await nextDay();
    expect(reports()).toHaveLength(1);
    expect(textOf(await company.press(ada, await members(), 'members.left'))).toContain('Bo Chen');
  });

  test('is deactivated: the access goes, extension, number and mailbox stay, and every card shows it', async () => {
    const { ada, ann, bo } = company;
    await company.db.outOfOfficePeriod.create({
      data: { tenantId: company.tenantId, userId: bo.id, startsAt: company.clock.now(), backupId: ann.id },
    });
    await leave(ann);
    const carries = carriedBy(reports()[0]);
    const replaced = await company.press(ada, reports()[0], 'members.deactivate');
    expect(textOf(replaced)).toContain('deactivated');
    expect(buttonsOf(replaced)).toEqual([]);
    expect(await user('ann@maple.example')).toMatchObject({ access: 'none', extension: '101', did: '+14165550101' });
    expect(await company.db.outOfOfficePeriod.count({ where: { backupId: ann.id } })).toBe(1);
    expect((await company.audit()).at(-1)).toMatchObject({
      event: 'user.updated',
      actorId: ada.id,
      subjectId: ann.id,
      before: { access: 'attendant_only' },
      after: { access: 'none' },
    });
    await company.work();
    expect(textOf(reports()[0])).toContain('deactivated');
    expect(textOf(await company.click(ada, 'members.deactivate', carries))).toContain('decided already');
    await nextDay();
    expect(reports()).toHaveLength(1);
  });

  test('and comes back without access: admins are told, and give again what there was', async () => {
    const { ada, ann } = company;
    await company.db.user.update({ where: { id: ann.id }, data: { access: 'attendant_with_acd' } });
    await leave(ann);
    await company.press(ada, reports()[0], 'members.deactivate');
    list.add(ann.account.accountId, { displayName: ann.displayName, email: ann.email });
    await nextDay();
    const card = reports()[1];
    expect(textOf(card)).toContain('1 person is back and still has no access');
    const listed = await company.press(ada, card, 'members.back');
    expect(textOf(listed)).toContain('Ann Baker · Sales · back in chat since');
    const [button] = buttonsOf(listed);
    expect(textOf(await company.click(ada, button as never))).toContain('Nobody who came back waits for you');
    expect((await company.audit()).at(-1)).toMatchObject({
      event: 'user.updated',
      actorId: ada.id,
      subjectId: ann.id,
      before: { access: 'none' },
      after: { access: 'attendant_with_acd' },
    });
    expect(textOf(await company.click(ada, button as never))).toContain('decided already');
    await company.work();
    expect(textOf(reports()[1])).not.toContain('is back');
    await nextDay();
    expect(reports()).toHaveLength(2);
  });

  test('and comes back, is left without access, and is asked about again only after leaving anew', async () => {
    const { ada, ann } = company;
    const comeBack = async () => {
      list.add(ann.account.accountId, { displayName: ann.displayName, email: ann.email });
      await nextDay();
    };
    await leave(ann);
    await company.press(ada, reports()[0], 'members.deactivate');
    await comeBack();
    const listed = await company.press(ada, reports()[1], 'members.back');
    expect(textOf(await company.press(ada, listed, 'members.leave-out'))).toContain('Nobody who came back waits');
    expect(await user('ann@maple.example')).toMatchObject({ access: 'none' });
    expect((await company.audit()).at(-1)).toMatchObject({
      event: 'members.left-out',
      actorId: ada.id,
      subjectId: ann.id,
    });
    await company.work();
    expect(textOf(reports()[1])).not.toContain('is back');
    await nextDay();
    expect(reports()).toHaveLength(2);
    expect(textOf(await members())).not.toContain('Who is back');

    await leave(ann);
    await comeBack();
    expect(textOf(reports().at(-1))).toContain('1 person is back and still has no access');
  });

  test('and is back in two workspaces is one person, and every card is told of the answer', async () => {
    const { ada, ann, db, tenantId } = company;
    const there = { platform: 'other', externalWorkspaceId: 'w', accountId: 'a' };
    const now = company.clock.now();
    await db.account.create({ data: { ...there, tenantId, userId: ann.id, linkedBy: 'cli' } });
    await db.member.create({ data: { ...there, tenantId, status: 'left', since: now, seenAt: now } });
    await leave(ann);
    await company.press(ada, reports()[0], 'members.deactivate');
    await db.member.updateMany({ where: there, data: { status: 'present', backAt: now, reportId: null } });
    list.add(ann.account.accountId, { displayName: ann.displayName, email: ann.email });
    await nextDay();

    expect(textOf(reports()[1])).toContain('1 person is back and still has no access');
    const listed = await company.press(ada, await members(), 'members.back');
    expect(textOf(listed)).toContain('1 person is back and still has no access');
    expect(buttonsOf(listed).map(({ action }) => action)).toEqual(['members.welcome-back', 'members.leave-out']);
    await company.press(ada, listed, 'members.leave-out');
    await company.work();
    expect(textOf(reports()[1])).not.toContain('is back');
    expect(textOf(await members())).not.toContain('Who is back');
  });

  test('may keep their access, and is not asked about again until they come back and leave anew', async () => {
    const { ada, ann } = company;
    await leave(ann);
    expect(textOf(await company.press(ada, reports()[0], 'members.keep'))).toContain('keeps access');
    expect((await company.audit()).at(-1)).toMatchObject({ event: 'members.kept', subjectId: ann.id, actorId: ada.id });
    await nextDay();
    expect(reports()).toHaveLength(1);
    expect(textOf(await members())).not.toContain('Who left');

    list.add(ann.account.accountId, { displayName: ann.displayName, email: ann.email });
    await nextDay();
    await leave(ann);
    expect(reports()).toHaveLength(2);
    expect(buttonsOf(reports()[1]).map(({ action }) => action)).toEqual(['members.deactivate', 'members.keep']);
  });

  test('who comes back takes the offer away', async () => {
    const { ada, ann } = company;
    await leave(ann);
    const [card] = reports();
    list.add(ann.account.accountId, { displayName: ann.displayName, email: ann.email });
    await nextDay();
    expect(textOf(reports()[0])).not.toContain('Ann Baker');
    expect(textOf(await company.press(ada, card, 'members.deactivate'))).toContain('they came back');
    expect(await user('ann@maple.example')).toMatchObject({ access: 'attendant_only' });
  });

  test('who has another account that is in use did not leave the company', async () => {
    const { ann } = company;
    const other = {
      tenantId: company.tenantId,
      userId: ann.id,
      platform: 'other',
      externalWorkspaceId: 'w',
      accountId: 'a',
    };
    await company.db.account.create({ data: { ...other, linkedBy: 'cli' } });
    await leave(ann);
    expect(reports()).toEqual([]);
    expect(textOf(await members())).toMatch(/Left: 1/);
    await company.db.account.delete({
      where: {
        platform_externalWorkspaceId_accountId: { platform: 'other', externalWorkspaceId: 'w', accountId: 'a' },
      },
    });
    // The browser's own account, which everybody has, does not show that a person is active.
    await company.db.account.create({ data: { ...other, platform: 'web', linkedBy: 'web' } });
    await nextDay();
    expect(reports().map(textOf)).toEqual([expect.stringContaining('Ann Baker')]);
  });

  test('neither the last admin nor oneself is deactivated', async () => {
    const { ada, bo } = company;
    await leave(ada);
    const carries = carriedBy(reports()[0]);
    expect(textOf(await company.click(ada, 'members.deactivate', carries))).toContain('cannot deactivate yourself');

    // No chat accepts a person who is not an admin; two admins who deactivate each other at once reach this code.
    const byBo = { kind: 'self', tenantId: company.tenantId, userId: bo.id, role: 'admin', via: 'chat' } as const;
    const refusal = await deactivateLeaver(company.deps, byBo, carries.member ?? '').catch((error: UserError) => error);
    expect((refusal as UserError).say(wordsIn('en'))).toContain('Ada Roy is the last admin');
    await company.db.user.update({ where: { id: bo.id }, data: { role: 'admin' } });
    expect(textOf(await company.click(bo, 'members.deactivate', carries))).toContain('deactivated');
    expect(await user('ada@maple.example')).toMatchObject({ access: 'none', role: 'admin' });
  });

  test('a guest or a bot by now is not gone', async () => {
    list.add(company.ann.account.accountId, { is: 'outside' });
    await nextDay();
    expect(reports()).toEqual([]);
    expect(textOf(await members())).toMatch(/Members: 7\n.*\n.*\n.*\nLeft: 0/);
  });

  test('is gone too where the platform still lists them as removed', async () => {
    list.add(company.ann.account.accountId, { is: 'left' });
    list.add('never-known', { is: 'left', displayName: 'Old Hand' });
    await nextDay();
    expect(reports().map(textOf)).toEqual([expect.stringContaining('Ann Baker')]);
    expect(await company.db.member.count({ where: { accountId: 'never-known' } })).toBe(0);
  });
});

describe('a list that cannot be trusted', () => {
  beforeEach(nextDay);
  const untouched = async () => {
    expect(reports()).toEqual([]);
    expect(await company.db.member.count({ where: { status: 'left' } })).toBe(0);
  };

  test('half read: nobody looks gone, nobody is new, and it is tried again', async () => {
    list.add('new', { displayName: 'New', email: 'new@maple.example' });
    list.people.delete(company.ann.account.accountId);
    list.failure = { error: new Error('connection reset'), afterPages: 2 };
    await nextDay();
    await untouched();
    expect(textOf(await members())).toMatch(/did not answer. Next try: /);
    list.failure = undefined;
    company.clock.forward({ minutes: 5 });
    await sweep(company.deps);
    await company.work();
    expect(reports().map(textOf)).toEqual([expect.stringContaining('Ann Baker')]);
    expect(textOf(await members())).not.toContain('did not answer');
  });

  test('without a permission: it says which, and what to do', async () => {
    list.failure = { error: new ListRefused('permission', 'users:read'), afterPages: 0 };
    await nextDay();
    await untouched();
    const card = textOf(await members());
    expect(card).toContain('the permission users:read is missing');
    expect(card).toContain('install the app again');
    const reads = list.reads;
    company.clock.forward({ minutes: 30 });
    await sweep(company.deps);
    await company.work();
    expect(list.reads).toBe(reads);
  });

  test('with credentials that are not accepted: it says so', async () => {
    list.failure = { error: new ListRefused('credentials'), afterPages: 0 };
    await nextDay();
    expect(textOf(await members())).toContain('does not accept Attendant’s credentials');
  });

  test('empty: it is not believed', async () => {
    list.people.clear();
    await nextDay();
    await untouched();
    expect(textOf(await members())).toContain('a list without anybody');
  });

  test('that lacks more than half is believed only when an admin says so', async () => {
    const { ada } = company;
    for (const { account } of [company.ann, company.bo, company.cleo, company.dan, company.eve])
      list.people.delete(account.accountId);
    await nextDay();
    await untouched();
    const card = await members();
    expect(textOf(card)).toContain('lacked 5 of 8 people');
    await company.press(ada, card, 'members.refresh');
    await company.work();
    await untouched();
    await company.press(ada, await members(), 'members.believe');
    await company.work();
    expect(reports().map(textOf)).toEqual([expect.stringContaining('5 people left')]);
    expect(await company.db.user.count({ where: { access: 'none' } })).toBe(1);
  });

  test('that is a part says nothing about who is not in it', async () => {
    list.people.delete(company.ann.account.accountId);
    list.add('new', { displayName: 'New One', email: 'new@maple.example' });
    list.extent = { kind: 'part', missing: 'User.Read.All' };
    await nextDay();
    expect(reports().map(textOf)).toEqual([expect.stringContaining('1 person is new')]);
    expect(await company.db.member.count({ where: { status: 'left' } })).toBe(0);
    expect(textOf(await members())).toContain('the permission User.Read.All is missing');
  });
});

describe('an event about one person', () => {
  beforeEach(nextDay);
  const key = (accountId: string) => ({ ...company.ann.account, accountId });
  const due = async () => {
    company.clock.forward({ seconds: 3 });
    await company.work({ twice: true });
  };

  test('brings a newcomer whom the company knows within seconds', async () => {
    await company.db.user.create({
      data: {
        tenantId: company.tenantId,
        username: 'nia',
        email: 'nia@maple.example',
        firstName: 'Nia',
        lastName: 'New',
      },
    });
    list.add('nia', { displayName: 'Nia', email: 'nia@maple.example' });
    const said = { accountId: 'nia', is: 'member', displayName: 'Nia' } as const;
    await Promise.all([1, 2, 3].map(() => requestMemberRefresh(company.deps, key('nia'), said)));
    await due();
    expect(list.looks).toBe(1);
    expect(await company.db.account.findMany({ where: { accountId: 'nia' } })).toMatchObject([{ linkedBy: 'email' }]);
  });

  test('that says what is known already asks nothing', async () => {
    const { ann } = company;
    await requestMemberRefresh(company.deps, ann.account, {
      accountId: ann.account.accountId,
      is: 'member',
      displayName: ann.displayName,
      email: ann.email,
    });
    await requestMemberRefresh(company.deps, key('bot'), { accountId: 'bot', is: 'outside' });
    await requestMemberRefresh(
      company.deps,
      { ...key('x'), externalWorkspaceId: 'elsewhere' },
      { accountId: 'x', is: 'member' },
    );
    await due();
    expect(list.looks).toBe(0);
    expect(await company.db.member.count()).toBe(8);
  });

  test('that somebody left is listed at once, and told with the next reading', async () => {
    const { ann, ada } = company;
    list.add(ann.account.accountId, { is: 'left' });
    await requestMemberRefresh(company.deps, ann.account, { accountId: ann.account.accountId, is: 'left' });
    await due();
    expect(reports()).toEqual([]);
    expect(textOf(await company.press(ada, await members(), 'members.left'))).toContain('Ann Baker');
    await nextDay();
    expect(reports()).toHaveLength(1);
  });

  test('is looked into later where the platform is away, and not lost with the queue', async () => {
    list.add('nia', { displayName: 'Nia', email: 'nia@maple.example' });
    await requestMemberRefresh(company.deps, key('nia'), { accountId: 'nia', is: 'member', displayName: 'Nia' });
    company.tasks.lose();
    list.failure = { error: new Error('away'), afterPages: 0 };
    company.clock.forward({ minutes: 1 });
    await sweep(company.deps);
    await company.work();
    list.failure = undefined;
    company.clock.forward({ minutes: 3 });
    await sweep(company.deps);
    await company.work();
    expect(await company.db.member.findMany({ where: { accountId: 'nia' } })).toMatchObject([
      { status: 'present', dueAt: null },
    ]);
  });
});

/** The values that a person's first button carries. */
const carriedBy = (shown: Parameters<typeof buttonsOf>[0]): CarriedData => {
  const button = buttonsOf(shown).find((one) => 'carries' in one && 'member' in one.carries);
  if (!button || !('carries' in button)) throw new Error(`nobody is asked about in ${textOf(shown)}`);
  return button.carries;
};
