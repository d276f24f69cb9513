import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer, TypedValues } from '../../../src/core/chat/exchange.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { buttonsOf, formOf, problemsOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

const row = (person: Person) => company.db.user.findUniqueOrThrow({ where: { id: person.id } });

/** The form of somebody, as an admin opens it, and what a platform sends back of it where nothing is touched. */
async function openForm(person: Person) {
  const form = formOf(await company.click(company.ada, 'admin.user', { user: person.id }));
  const values = Object.fromEntries(
    form.fields.flatMap((field) => {
      if (!('value' in field) || field.value === undefined) return [];
      const value = typeof field.value === 'object' ? field.value.value : field.value;
      return [[field.name, value as string | boolean]];
    }),
  );
  return { form, values };
}

/** Changes these fields of somebody by the form; undefined empties one. */
async function edit(person: Person, typed: TypedValues, by = company.ada): Promise<Answer> {
  const { form, values } = await openForm(person);
  return company.submit(by, form, { ...values, ...typed });
}

describe('an admin looks after people in chat', () => {
  test('finds them, goes through the list, and opens one', async () => {
    const menu = await company.ask(company.ada, 'admin');
    const first = await company.press(company.ada, menu, 'admin.people');
    expect(textOf(first)).toContain('9 people');
    const names = buttonsOf(first).filter(({ action }) => action === 'admin.person');
    expect(names.map(({ label }) => label)).toEqual(['Nil Access', 'Ann Baker', 'Bo Chen', 'Cléo Dubois']);
    const second = await company.press(company.ada, first, 'admin.people');
    const third = await company.press(company.ada, second, 'admin.people');
    expect(
      [...buttonsOf(second), ...buttonsOf(third)].flatMap((b) => (b.action === 'admin.person' ? b.label : [])),
    ).toEqual(['General Mailbox', 'Ève Müller', 'Dan O’Neil', 'Zoë Quiet', 'Ada Roy']);
    expect(buttonsOf(third).some(({ action }) => action === 'admin.people')).toBe(false);

    const found = await company.ask(company.ada, 'admin people mull');
    expect(textOf(found)).toContain('Ève Müller · 0105 · Business user · Manager');
    const card = await company.press(company.ada, found, 'admin.person');
    expect(textOf(card)).toContain('eve@maple.example');
    expect(textOf(await company.ask(company.ada, 'gestion personnes dub', { locale: 'fr-CA' }))).toContain('Agent');
  });

  test('filters by what needs looking after', async () => {
    const search = (typed: TypedValues) => company.submit(company.ada, 'admin.find-people', typed);
    const away = await testCompany({ annIsOut: true, numberless: true });
    expect(textOf(await away.submit(away.ada, 'admin.find-people', { condition: 'out' }))).toContain('Ann Baker · 101');
    expect(textOf(await away.submit(away.ada, 'admin.find-people', { condition: 'out' }))).toContain('One person');

    expect(textOf(await search({ type: 'rollover' }))).toContain('Dan O’Neil');
    expect(textOf(await search({ access: 'none' }))).toContain('Nil Access');
    expect(textOf(await search({ access: 'none' }))).toContain('One person');

    await company.db.user.update({ where: { id: company.bo.id }, data: { defaultBackupId: company.ann.id } });
    const alone = textOf(await search({ condition: 'no-backup' }));
    expect(alone).toContain('6 people');
    expect(alone).not.toContain('Bo Chen');

    await company.db.account.deleteMany({ where: { userId: company.zoe.id } });
    await company.db.tenant.updateMany({ data: { notificationType: 'app_only' } });
    await company.db.user.updateMany({ where: { id: company.zoe.id }, data: { notificationType: 'app_only' } });
    const unreachable = textOf(await search({ condition: 'unreachable' }));
    expect(unreachable).toContain('One person');
    expect(unreachable).toContain('Zoë Quiet');

    const seconds = 250 * 60;
    await company.db.voicemail.create({
      data: {
        ...{ tenantId: company.tenantId, userId: company.dan.id, sourceId: 'long', durationSeconds: seconds },
        receivedAt: company.clock.now(),
      },
    });
    const full = textOf(await search({ condition: 'box-nearly-full' }));
    expect(full).toContain('One person');
    expect(full).toContain('Dan O’Neil');
  });

  test('words that nobody can mean as a pattern find nobody, and odd filters are left out', async () => {
    expect(textOf(await company.ask(company.ada, 'admin people %'))).toContain('Nobody fits');
    expect(textOf(await company.ask(company.ada, 'admin people _____'))).toContain('Nobody fits');
    expect(textOf(await company.click(company.ada, 'admin.people', { type: 'x', after: 'y' }))).toContain('9 people');
  });

  test('a manager sees and does not edit; a member does neither', async () => {
    const card = await company.click(company.eve, 'admin.person', { user: company.bo.id });
    expect(textOf(card)).toContain('bo@maple.example');
    expect(buttonsOf(card).map(({ action }) => action)).toEqual(['admin.history']);
    const forbidden = /You may not do this|Vous n’avez pas ce droit/;
    for (const action of ['admin.user', 'admin.deactivate', 'admin.restore', 'admin.reset-pin'])
      expect(textOf(await company.click(company.eve, action, { user: company.bo.id }))).toMatch(forbidden);
    expect(textOf(await company.submit(company.eve, 'admin.user', { email: 'x@maple.example' }))).toMatch(forbidden);
    for (const action of ['admin.person', 'admin.people', 'admin.find-people', 'admin.history'])
      expect(textOf(await company.click(company.ann, action, { user: company.bo.id }))).toMatch(forbidden);
    expect(textOf(await company.ask(company.ann, 'help'))).not.toContain('admin people');
  });

  test('ids of another company are nobody’s', async () => {
    const other = await testCompany({ numberless: true });
    const theirs = { user: other.bo.id };
    const nobody = 'This person is not in the directory.';
    for (const action of [
      'admin.person',
      'admin.user',
      'admin.deactivate',
      'admin.restore',
      'admin.reset-pin',
      'admin.history',
    ])
      expect(textOf(await company.click(company.ada, action, theirs))).toContain(nobody);
    const sent = await company.submit(company.ada, 'admin.user', { email: 'bo@evil.example', title: 'Taken' }, theirs);
    expect(textOf(sent)).toContain(nobody);
    expect((await other.db.user.findUniqueOrThrow({ where: { id: other.bo.id } })).title).toBe('Sales');
    expect(textOf(await company.click(company.ada, 'admin.people', { after: other.bo.id }))).toContain('9 people');
  });
});

describe('the form of a person', () => {
  test('sent as it was opened it changes nothing', async () => {
    for (const person of [company.ann, company.cleo, company.box]) {
      const before = await row(person);
      expect(textOf(await edit(person, {}))).toContain('Nothing of');
      expect(await row(person)).toEqual(before);
    }
    expect(await company.audit()).toEqual([]);
  });

  test('changes what is typed, clears what is emptied, on the record', async () => {
    const saved = await edit(company.bo, {
      ...{ title: undefined, extension: 'AUTO', personalNumber: '(416) 555-0177', defaultBackup: company.ann.id },
      ...{ userType: 'rollover', agentId: 'agent-7', aliases: 'Bobo; Boris', language: 'fr', inDirectory: false },
    });
    expect(textOf(saved)).toContain('Bo Chen was saved.');
    expect(await row(company.bo)).toMatchObject({
      ...{ title: '', extension: '102', personalNumber: '+14165550177', defaultBackupId: company.ann.id },
      ...{ userType: 'rollover', access: 'attendant_with_acd', agentId: 'agent-7', aliases: ['Bobo', 'Boris'] },
      ...{ language: 'fr', inDirectory: false },
    });
    const [line] = await company.audit();
    expect(line).toMatchObject({ event: 'user.updated', actorId: company.ada.id, subjectId: company.bo.id });
    expect(await company.db.settingOrigin.findMany({ where: { subjectId: company.bo.id } })).toMatchObject([
      { key: 'language', changedById: company.ada.id },
    ]);
    const history = await company.press(company.ada, saved, 'admin.history');
    expect(textOf(history)).toContain('A user was changed');
  });

  test('makes a person, with the next free extension offered and taken', async () => {
    const form = formOf(await company.click(company.ada, 'admin.user'));
    const hint = form.fields.find(({ name }) => name === 'extension')?.hint;
    expect(hint).toContain('Next free one: 200');
    const typed = { firstName: 'Nia', lastName: 'New', email: 'Nia@Maple.example', extension: 'auto' };
    const said = await company.submit(company.ada, form, {
      ...{ ...typed, username: 'nia', userType: 'agent', access: 'attendant_only', role: 'member' },
      ...{ inDirectory: true, appAccess: true, forwarding: true, agentId: 'agent-9', pin: 'AUTO' },
    });
    expect(problemsOf(said)).toEqual({ access: 'For the type “Agent” choose “Attendant with ACD” or “No access”.' });
    const made = await company.submit(company.ada, form, {
      ...{ ...typed, username: 'nia', userType: 'agent', access: 'attendant_with_acd', role: 'member' },
      ...{ inDirectory: true, appAccess: true, forwarding: true, agentId: 'agent-9', pin: 'AUTO' },
    });
    expect(textOf(made)).toContain('Nia New was added.');
    expect(await company.db.user.findFirst({ where: { username: 'nia' } })).toMatchObject({
      ...{ email: 'nia@maple.example', extension: '200', agentId: 'agent-9', userType: 'agent' },
    });
    const missing = await company.submit(company.ada, form, { firstName: 'Nobody' });
    expect(Object.keys(problemsOf(missing)).sort()).toEqual(['email', 'username']);
    const again = await company.submit(company.ada, form, { ...typed, username: 'NIA', email: 'n@maple.example' });
    expect(problemsOf(again)).toEqual({ username: 'Somebody else has this username. Choose another one.' });
  });

  test.each<[string, TypedValues, string, RegExp]>([
    ['an address that is none', { email: 'nobody' }, 'email', /E-mail address is not an e-mail address/],
    ['no address', { email: undefined }, 'email', /Fill this in/],
    ['no name', { firstName: undefined, lastName: undefined }, 'firstName', /a first name, a last name/],
    ['an extension that somebody has', { extension: '101' }, 'extension', /101 belongs to Ann Baker already/],
    ['an extension that is none', { extension: '1' }, 'extension', /Extension must be 2 to 10 digits/],
    ['somebody’s direct number', { did: '416 555-0101' }, 'did', /belongs to Ann Baker already/],
    ['the company’s own number', { did: '416 555-0100' }, 'did', /is a number of your company/],
    ['a number that is none', { did: '12' }, 'did', /Direct number \(DID\) is not a phone number/],
    ['a premium number', { personalNumber: '900 555-0123' }, 'personalNumber', /premium-rate/],
    ['an extension as the number', { personalNumber: '204' }, 'personalNumber', /Give a whole number such as \(416\)/],
    ['a number abroad', { personalNumber: '+442071838750' }, 'personalNumber', /calls may not go to/],
    ['an agent id that somebody has', { agentId: 'agent-103' }, 'agentId', /belongs to Cléo Dubois already/],
    ['an address that somebody has', { email: 'ANN@maple.example' }, 'email', /belongs to Ann Baker already/],
    ['a zone that is none', { timeZone: 'Mars' }, 'timeZone', /must be an IANA name/],
    ['an access that does not fit', { access: 'attendant_with_acd' }, 'access', /For the type “Business user”/],
    ['a backup that nobody is', { defaultBackup: 'Xyzzy' }, 'defaultBackup', /Xyzzy/],
  ])('refuses %s at its field', async (_what, typed, field, words) => {
    const before = await row(company.bo);
    const said = problemsOf(await edit(company.bo, typed));
    expect(Object.keys(said)).toEqual([field]);
    expect(said[field]).toMatch(words);
    expect(await row(company.bo)).toEqual(before);
  });

  test('refuses oneself as backup, somebody who takes no calls, and a circle, which is shown', async () => {
    const refused = async (person: Person, backup: Person) =>
      problemsOf(await edit(person, { defaultBackup: backup.id })).defaultBackup;
    expect(await refused(company.bo, company.bo)).toContain('their own backup');
    expect(await refused(company.bo, company.nil)).toContain('Nil Access cannot take calls');
    expect(textOf(await edit(company.ann, { defaultBackup: company.bo.id }))).toContain('was saved');
    expect(await refused(company.bo, company.ann)).toContain('Bo Chen → Ann Baker → Bo Chen');
    expect((await row(company.bo)).defaultBackupId).toBeNull();
  });

  test('refuses to lose the last admin, at the field that would do it', async () => {
    await company.db.tenant.updateMany({ data: { notificationType: 'email_with_attachment' } });
    const last = 'Ada Roy is the last admin. Make somebody else an admin first.';
    expect(problemsOf(await edit(company.ada, { role: 'member' }))).toEqual({ role: last });
    expect(problemsOf(await edit(company.ada, { access: 'none' }))).toEqual({ access: last });
    expect(problemsOf(await edit(company.ada, { appAccess: false }))).toEqual({ appAccess: last });
    expect((await row(company.ada)).role).toBe('admin');
  });

  test('several problems stand at their fields at once, in the admin’s language', async () => {
    const { form, values } = await openForm(company.bo);
    const sent = { ...values, email: 'x', extension: '101' };
    const said = problemsOf(await company.submit(company.ada, form, sent));
    expect(Object.keys(said).sort()).toEqual(['email', 'extension']);
  });

  test('two admins at once: the later one is told, and may send it again', async () => {
    const { form, values } = await openForm(company.bo);
    await edit(company.bo, { title: 'Sales lead' });
    const late = await company.submit(company.ada, form, { ...values, extension: '150' });
    expect(problemsOf(late)).toEqual({ '': expect.stringContaining('Somebody changed this person meanwhile') });
    expect((await row(company.bo)).extension).toBe('102');
    const again = await company.submit(company.ada, formOf(late), { ...values, extension: '150' });
    expect(textOf(again)).toContain('was saved');
  });

  test('what belongs to voicemail is not in the other edition, and stays as it was', async () => {
    const plain = await testCompany({ tenant: { edition: 'attendant' }, numberless: true });
    await plain.db.user.updateMany({ where: { id: plain.bo.id }, data: { forwardingAllowed: false, pinHash: 'kept' } });
    const form = formOf(await plain.click(plain.ada, 'admin.user', { user: plain.bo.id }));
    expect(form.fields.map(({ name }) => name)).not.toContain('pin');
    expect(form.fields.map(({ name }) => name)).not.toContain('forwarding');
    await plain.submit(plain.ada, form, {
      ...{ firstName: 'Bob', lastName: 'Chen', email: plain.bo.email, userType: 'business' },
      ...{ access: 'attendant_only', role: 'member', inDirectory: true, appAccess: true },
    });
    expect(await plain.db.user.findUnique({ where: { id: plain.bo.id } })).toMatchObject({
      ...{ firstName: 'Bob', forwardingAllowed: false, pinHash: 'kept' },
    });
    expect(textOf(await plain.click(plain.ada, 'admin.reset-pin', { user: plain.bo.id }))).toContain('edition');
  });
});

test('a PIN reset shows nobody a PIN, and tells the person how to choose one', async () => {
  await company.db.user.updateMany({ where: { id: company.bo.id }, data: { pinHash: 'old' } });
  const card = await company.click(company.ada, 'admin.person', { user: company.bo.id });
  const said = await company.press(company.ada, card, 'admin.reset-pin');
  expect(textOf(said)).toContain('The PIN of Bo Chen was reset.');
  const { pinHash } = await row(company.bo);
  expect(pinHash).toMatch(/^\$argon2id/);
  await company.work({ twice: true });
  expect(company.cardsOf(company.bo).map(({ title }) => title)).toEqual(['Your PIN was reset']);
  expect(company.cardsOf(company.ada)).toEqual([]);
  const [line] = await company.audit();
  expect(line).toMatchObject({ event: 'user.updated', before: { pin: 'set' }, after: { pin: 'set' } });
});
