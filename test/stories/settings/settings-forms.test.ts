import { beforeEach, describe, expect, test } from 'vitest';
import { answerCall } from '../../../src/core/calls/answer-call.js';
import type { Answer } from '../../../src/core/chat/exchange.js';
import type { Field, Form } from '../../../src/core/chat/view.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { buttonsOf, formOf, problemsOf, textOf } from '../../support/read.js';

let company: Company;

beforeEach(async () => {
  company = await testCompany();
});

/** Opens the form of a group from its button on the card. */
async function openGroup(person: Person, command: 'settings' | 'admin', group: string): Promise<Form> {
  const button = buttonsOf(await company.ask(person, command)).find(
    (one) => one.kind !== 'link' && one.carries.group === group,
  );
  if (!button) throw new Error(`no button for ${group}`);
  return formOf(await company.click(person, button));
}

const fieldOf = (form: Form, name: string): Field => {
  const field = form.fields.find((one) => one.name === name);
  if (!field) throw new Error(`no field ${name}`);
  return field;
};
const optionsOf = (field: Field) => (field.kind === 'choice' ? field.options.map(({ label }) => label) : []);
const save = (person: Person, form: Form, values: Record<string, string | undefined>): Promise<Answer> =>
  company.submit(person, form, values);
const makeAdmin = (person: Person) => company.db.user.update({ where: { id: person.id }, data: { role: 'admin' } });
const changes = async () =>
  (await company.audit())
    .filter(({ event }) => event === 'setting.changed')
    .map(({ before, after, actorId }) => ({ before, after, actorId }));

describe('one’s own settings', () => {
  test('stand in groups, each value with its source, and each group with its form', async () => {
    const { bo } = company;
    const card = textOf(await company.ask(bo, 'settings'));
    expect(card).toContain('Language: English  (Default)');
    expect(card).not.toContain('Ringing');
    const groups = buttonsOf(await company.ask(bo, 'réglages')).map((one) => one.kind !== 'link' && one.carries.group);
    expect(groups).toEqual(['numbers', 'calls', 'notifications', 'voicemail']);
  });

  test('are saved, several at once, each with its line, and say who chose them when', async () => {
    const { bo } = company;
    const form = await openGroup(bo, 'settings', 'notifications');
    expect(form.fields.map(({ name }) => name)).toEqual([
      'notificationType',
      'chatCards',
      'missedCallNotification',
      'quietHours',
      'digest',
    ]);
    expect(optionsOf(fieldOf(form, 'chatCards'))).toEqual(['As the company has it (Yes)', 'Yes', 'No']);
    const answer = await save(bo, form, {
      notificationType: '-',
      chatCards: 'no',
      missedCallNotification: '-',
      quietHours: '22:00-07:00',
      digest: '-',
    });
    expect(answer.kind).toBe('replace');
    expect(textOf(answer)).toContain('Saved. Cards in chat: No · Quiet hours: 22:00-07:00');
    expect(textOf(answer)).toMatch(/Quiet hours: 22:00-07:00 {2}\(Your own choice · Bo Chen, /);
    expect(await changes()).toEqual([
      { before: { chatCards: null }, after: { chatCards: 'no' }, actorId: bo.id },
      { before: { quietHours: null }, after: { quietHours: '22:00-07:00' }, actorId: bo.id },
    ]);
    // Emptied, the company's counts again; a word of its own says "none".
    const again = await openGroup(bo, 'settings', 'notifications');
    expect(fieldOf(again, 'quietHours')).toMatchObject({ value: '22:00-07:00' });
    await save(bo, again, { quietHours: undefined });
    expect((await changes()).at(-1)).toMatchObject({ after: { quietHours: null } });
    await save(bo, await openGroup(bo, 'settings', 'notifications'), { quietHours: 'none' });
    expect((await changes()).at(-1)).toMatchObject({ after: { quietHours: '' } });
    const none = await openGroup(bo, 'settings', 'notifications');
    expect(fieldOf(none, 'quietHours')).toMatchObject({ value: 'none' });
  });

  test('that stay as they are write nothing', async () => {
    const { bo } = company;
    const form = await openGroup(bo, 'settings', 'numbers');
    const before = (await company.audit()).length;
    const answer = await save(bo, form, { language: '-', timeZone: undefined });
    expect(textOf(answer)).toBe('It was so already. Nothing was changed.');
    expect(await company.audit()).toHaveLength(before);
    expect(await company.db.settingOrigin.count()).toBe(0);
  });

  test('that are no values are told at their fields, with what was typed, and nothing is saved', async () => {
    const { bo } = company;
    const form = await openGroup(bo, 'settings', 'calls');
    const answer = await save(bo, form, { hours: 'whenever', personalQueue: 'yes', queueSeconds: '5' });
    expect(problemsOf(answer)).toEqual({
      hours: expect.stringContaining('Use days and times'),
      queueSeconds: 'Use a whole number from 10 to 600.',
    });
    expect(fieldOf(formOf(answer), 'hours')).toMatchObject({ value: 'whenever' });
    expect(fieldOf(formOf(answer), 'personalQueue')).toMatchObject({ value: 'yes' });
    expect(await changes()).toEqual([]);
  });

  test('that the company locked are text and no input, with who locked them; a forged value is refused', async () => {
    const { ada, bo } = company;
    await save(ada, await openGroup(ada, 'admin', 'voicemail'), { forwarding: 'no' });
    const form = await openGroup(bo, 'settings', 'voicemail');
    expect(fieldOf(form, 'forwarding')).toMatchObject({
      kind: 'fixed',
      value: 'No',
      hint: expect.stringMatching(/Locked by the company · Ada Roy, /),
    });
    const forged = await save(bo, form, { forwarding: 'no' });
    expect(problemsOf(forged)).toMatchObject({ forwarding: 'Your company has locked this.' });
    expect(textOf(await company.ask(bo, 'settings'))).toMatch(/Forwarding: No {2}\(Locked by the company · Ada Roy/);
  });

  test('leave out what an admin decides, and a forged value of it is refused', async () => {
    const { bo } = company;
    expect(textOf(await company.ask(bo, 'settings'))).not.toContain('Access to the app');
    const forged = await company.submit(bo, 'settings.save', { appAccess: 'no' });
    expect(forged.kind).toBe('invalid');
    const tenantOnly = await company.submit(bo, 'settings.save', { ringSeconds: '30' });
    expect(tenantOnly.kind).toBe('invalid');
    expect(await changes()).toEqual([]);
  });

  test('are changed by an admin who acts as the person, and the line names both; the company’s are not', async () => {
    const { ada, bo } = company;
    await company.submit(ada, 'impersonation.start', { user: bo.id, reason: 'Bo asked me to set his notices.' });
    const answer = await save(ada, await openGroup(ada, 'settings', 'notifications'), { digest: 'weekly' });
    expect(answer.bar?.text).toContain('Bo Chen');
    expect(textOf(answer)).toContain('Digest: Every week  (Your own choice · Ada Roy as Bo Chen');
    const line = (await company.audit()).at(-1);
    expect(line).toMatchObject({ event: 'setting.changed', actorId: bo.id, impersonatorId: ada.id, subjectId: bo.id });
    expect(textOf(await company.ask(ada, 'admin'))).toContain('Bo');
    expect((await company.submit(ada, 'admin.tenant', { ringSeconds: '30' })).kind).toBe('say');
    expect((await company.submit(ada, 'settings.save', { appAccess: 'no' })).kind).toBe('invalid');
    await company.ask(ada, 'stop');
    expect(await changes()).toHaveLength(1);
  });
});

describe('the company’s settings', () => {
  test('are for admins', async () => {
    const { bo, eve } = company;
    for (const person of [bo, eve]) {
      const refused = await company.click(person, 'admin.show');
      expect(textOf(refused)).toMatch(/You may not do this|Vous n’avez pas ce droit/);
      expect(textOf(await company.ask(person, 'admin settings'))).not.toContain('Ringing, in seconds');
      await company.submit(person, 'admin.tenant', { ringSeconds: '30' });
    }
    expect(await changes()).toEqual([]);
  });

  test('have a form a group, and every setting stands in one of them', async () => {
    const { ada } = company;
    const buttons = buttonsOf(await company.ask(ada, 'admin settings'));
    const fields: string[] = [];
    for (const button of buttons)
      fields.push(...formOf(await company.click(ada, button)).fields.map(({ name }) => name));
    expect(fields).toHaveLength(new Set(fields).size);
    expect(fields).toEqual(expect.arrayContaining(['enabled', 'edition', 'operator', 'retentionDays', 'mainNumbers']));
    expect(fields).toHaveLength(49);
  });

  test('name a person who is chosen, by a search or by name, and only one with access', async () => {
    const { ada, bo, nil } = company;
    const form = await openGroup(ada, 'admin', 'calls');
    expect(fieldOf(form, 'operator')).toMatchObject({ kind: 'person', value: { label: 'Ada Roy' } });
    expect(problemsOf(await save(ada, form, { operator: nil.id }))).toEqual({
      operator: expect.stringContaining('Nil Access has no access'),
    });
    expect(textOf(await save(ada, form, { operator: 'Bo Chen' }))).toContain('Saved. Operator: Bo Chen');
    expect(await company.db.tenant.findFirst()).toMatchObject({ operatorId: bo.id });
    await save(ada, await openGroup(ada, 'admin', 'calls'), { operator: undefined });
    expect(await company.db.tenant.findFirst()).toMatchObject({ operatorId: null });
  });

  test('are read together: a number in the national form of the country that is chosen with it', async () => {
    const { ada } = company;
    const form = await openGroup(ada, 'admin', 'numbers');
    await save(ada, form, { mainNumbers: '01 42 68 53 00', country: 'FR' });
    expect(await company.db.tenant.findFirst()).toMatchObject({ country: 'FR', mainNumbers: ['+33142685300'] });
  });

  describe('changed by two admins at once', () => {
    let mine: Form;

    beforeEach(async () => {
      const { ada, bo } = company;
      await makeAdmin(bo);
      mine = await openGroup(ada, 'admin', 'calls');
      await save(bo, await openGroup(bo, 'admin', 'calls'), { ringSeconds: '25' });
    });

    test('come back to the later one, who sees what changed, by whom and to what, and whose values are kept', async () => {
      const { ada } = company;
      const answer = await save(ada, mine, { ringSeconds: '20', queueSeconds: '60' });
      expect(problemsOf(answer)).toEqual({
        '': expect.stringContaining('others changed it'),
        ringSeconds: expect.stringMatching(/^Meanwhile changed to 25 \(Bo Chen, .*\)\.$/),
      });
      const form = formOf(answer);
      // What Ada had not touched is as Bo left it; what she typed is still there.
      expect(fieldOf(form, 'ringSeconds')).toMatchObject({ value: 25 });
      expect(fieldOf(form, 'queueSeconds')).toMatchObject({ value: 60 });
      expect(await company.db.tenant.findFirst()).toMatchObject({ ringSeconds: 25, queueSeconds: 120 });

      expect((await save(ada, form, { ringSeconds: '25', queueSeconds: '60' })).kind).toBe('replace');
      expect(await company.db.tenant.findFirst()).toMatchObject({ ringSeconds: 25, queueSeconds: 60 });
    });

    test('keep the later one’s own value of the same setting, which replaces the other when saved again', async () => {
      const { ada } = company;
      const answer = await save(ada, mine, { ringSeconds: '30' });
      expect(problemsOf(answer)).toMatchObject({
        ringSeconds: expect.stringMatching(/Meanwhile changed to 25 \(Bo Chen.*Save again to replace it/),
      });
      expect(fieldOf(formOf(answer), 'ringSeconds')).toMatchObject({ value: 30 });
      await save(ada, formOf(answer), { ringSeconds: '30' });
      expect(await company.db.tenant.findFirst()).toMatchObject({ ringSeconds: 30 });
    });

    test('are no matter where both want the same, or where the later one changes nothing', async () => {
      const { ada } = company;
      const before = (await changes()).length;
      expect(textOf(await save(ada, mine, { ringSeconds: '25' }))).toContain('Nothing was changed');
      expect(textOf(await save(ada, mine, { ringSeconds: '20' }))).toContain('Nothing was changed');
      expect(await changes()).toHaveLength(before);
    });

    test('are noticed after a mistake in between, too', async () => {
      const { ada } = company;
      const mended = await save(ada, mine, { ringSeconds: '20', queueSeconds: '5' });
      const answer = await save(ada, formOf(mended), { ringSeconds: '20', queueSeconds: '50' });
      expect(problemsOf(answer)).toHaveProperty('ringSeconds');
    });

    test('at the very same moment are saved once, and the other is told', async () => {
      const { ada, bo } = company;
      const [hers, his] = [await openGroup(ada, 'admin', 'calls'), await openGroup(bo, 'admin', 'calls')];
      const answers = await Promise.all([save(ada, hers, { ringSeconds: '41' }), save(bo, his, { ringSeconds: '42' })]);
      expect(answers.map(({ kind }) => kind).sort()).toEqual(['invalid', 'replace']);
    });
  });
});

describe('the next call', () => {
  let calls = 0;
  const call = () =>
    answerCall(company.deps, company.tenantId, {
      callId: `${company.tenantId} ${++calls}`,
      ani: '+15145550123',
      dnis: '+14165550101',
    });

  test('goes by what has just been saved', async () => {
    const { ada } = company;
    expect(await call()).toMatchObject({ action: 'dial', ringSeconds: 20 });
    await save(ada, await openGroup(ada, 'admin', 'calls'), { ringSeconds: '31' });
    expect(await call()).toMatchObject({ action: 'dial', ringSeconds: 31 });
  });

  test('of a company that is switched off ends with one sentence, and rings again after it', async () => {
    const { ada } = company;
    await save(ada, await openGroup(ada, 'admin', 'company'), { enabled: 'no' });
    expect(await call()).toMatchObject({ action: 'announce', prompt: expect.stringContaining('not in service') });
    await company.press(ada, await company.ask(ada, 'admin'), 'admin.switch-on');
    expect(await call()).toMatchObject({ action: 'dial' });
  });
});

describe('the edition without voicemail', () => {
  test('has no voicemail settings, commands or fields, and says so in one line; nothing is lost', async () => {
    const { ada, bo } = company;
    await save(ada, await openGroup(ada, 'admin', 'voicemail'), { retentionDays: '90' });
    const voicemailForm = await openGroup(ada, 'admin', 'voicemail');
    await save(ada, await openGroup(ada, 'admin', 'company'), { edition: 'attendant' });

    for (const command of ['settings', 'admin']) {
      const card = await company.ask(ada, command);
      expect(textOf(card)).not.toContain('Voicemail management');
      expect(buttonsOf(card).some((one) => one.kind !== 'link' && one.carries.group === 'voicemail')).toBe(false);
    }
    expect(textOf(await company.ask(bo, 'help'))).not.toContain('/attendant voicemail');
    expect(textOf(await company.ask(bo, 'voicemail'))).toBe(
      'Voicemail is not part of your company’s edition of Attendant.',
    );
    // A form that was open all the while.
    const late = await save(ada, voicemailForm, { retentionDays: '10' });
    expect(late.kind).toBe('invalid');
    expect(textOf(await company.home(bo))).not.toContain('oicemail');

    await save(ada, await openGroup(ada, 'admin', 'company'), { edition: 'attendant_plus' });
    expect(fieldOf(await openGroup(ada, 'admin', 'voicemail'), 'retentionDays')).toMatchObject({ value: 90 });
  });
});

describe('a company that is switched off', () => {
  test.each(['enabled', 'appAccess'] as const)(
    'by %s gives everybody one line, and an admin the way back',
    async (key) => {
      const { ada, bo } = company;
      await company.db.tenant.updateMany({ data: { notificationType: 'email_with_attachment' } });
      await save(ada, await openGroup(ada, 'admin', 'company'), { [key]: 'no' });

      const told = await company.ask(bo, 'settings');
      expect(textOf(told).split('\n')).toHaveLength(1);
      expect(buttonsOf(told)).toEqual([]);
      expect((await company.click(bo, 'admin.switch-on', { key })).kind).toBe('say');
      expect(await company.db.tenant.findFirst({ where: { enabled: true, appAllowed: true } })).toBeNull();

      const offered = await company.ask(ada, 'status');
      const meanwhile = key === 'enabled' ? ['admin.tenant'] : [];
      expect(buttonsOf(offered).map(({ action }) => action)).toEqual(['admin.switch-on', ...meanwhile]);
      expect((await company.submit(ada, 'admin.tenant', { ringSeconds: '30' })).kind).toBe('say');
      const back = await company.press(ada, offered, 'admin.switch-on');
      expect(back.kind).toBe('replace');
      expect(textOf(await company.ask(bo, 'settings'))).toContain('Your settings');
      expect((await changes()).map(({ after }) => after)).toEqual([{ [key]: 'no' }, { [key]: 'yes' }]);
    },
  );
});
