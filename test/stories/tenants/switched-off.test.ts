import { describe, expect, test } from 'vitest';
import { answerCall, decideAfterLeg } from '../../../src/core/calls/answer-call.js';
import type { Disposition } from '../../../src/core/calls/decision.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import { UserError } from '../../../src/core/errors.js';
import { coverageOf } from '../../../src/core/routing/explain.js';
import { changeSetting } from '../../../src/core/settings/change-setting.js';
import type { SettingKey } from '../../../src/core/settings/settings.js';
import { testCompany } from '../../support/company.js';
import { formOf, problemsOf, textOf } from '../../support/read.js';

test('a company that is switched off: calls end with one sentence, nothing else counts, and all is there after it', async () => {
  const company = await testCompany({ annIsOut: true });
  const { ada, bo, deps, db, tenantId } = company;
  const enabled = (text: string) =>
    changeSetting(deps, installationActor(tenantId, 'cli'), { userId: undefined, key: 'enabled' }, text);
  let calls = 0;
  const call = (dnis: string) =>
    answerCall(deps, tenantId, { callId: `${tenantId} ${++calls}`, ani: '+15145550123', dnis });
  const kept = async () => ({
    people: await db.user.findMany({ where: { tenantId }, orderBy: { id: 'asc' }, omit: { updatedAt: true } }),
    periods: await db.outOfOfficePeriod.findMany({ where: { tenantId } }),
  });
  const before = await kept();
  await company.ask(ada, 'closed until 14:00 snow');

  await enabled('no');
  // Neither the closure, nor an absence, nor the menu of the main number.
  for (const dnis of ['+14165550101', '+14165550100', '+14165550102'])
    expect(await call(dnis)).toMatchObject({ action: 'announce', prompt: expect.stringContaining('not in service') });
  for (const word of ['ooo until Friday 5pm', 'back', 'find Ann', 'voicemail', 'settings', 'help'])
    expect(textOf(await company.ask(bo, word)).split('\n')).toHaveLength(1);
  expect((await company.suggest(bo, 'Ann')).kind).toBe('suggest');
  expect(textOf(await company.suggest(bo, 'Ann'))).not.toContain('Ann Baker');
  await company.work({ twice: true });
  expect(await kept()).toEqual(before);

  await company.press(ada, await company.ask(ada, 'help'), 'admin.switch-on');
  expect(textOf(await company.ask(bo, 'status Ann Baker'))).toContain('Ann Baker');
  expect(await kept()).toEqual(before);
  await company.ask(ada, 'open');
  expect(await call('+14165550101')).toMatchObject({ action: 'dial' });
});

describe('what becomes of calls while a company is off', () => {
  const outside = '+15145550188';

  async function offCompany(values: Readonly<Record<string, string>> = {}) {
    const company = await testCompany({ annIsOut: true });
    const { deps, tenantId } = company;
    const actor = installationActor(tenantId, 'cli');
    const set = (key: SettingKey, text: string) => changeSetting(deps, actor, { userId: undefined, key }, text);
    for (const [key, text] of Object.entries(values)) await set(key as SettingKey, text);
    await set('enabled', 'no');
    let calls = 0;
    const call = (language: string, dnis = '+14165550101') =>
      answerCall(deps, tenantId, { callId: `off ${++calls}`, ani: '+15145550123', dnis, language });
    const ended = (callId: string, disposition: Disposition) => decideAfterLeg(deps, tenantId, { callId, disposition });
    return { ...company, set, call, ended };
  }

  test('a number of the company’s takes them, whoever was dialled; unanswered, the caller hears an end', async () => {
    const { call, ended, db, deps, tenantId, ann } = await offCompany({ offNumber: '(514) 555-0188' });
    for (const dnis of ['+14165550101', '+14165550100']) {
      const rings = await call('en', dnis);
      expect(rings).toMatchObject({ action: 'dial', target: { kind: 'number', e164: outside, confirm: false } });
      expect(rings.because).toEqual([
        'Attendant is switched off for this company.',
        'Meanwhile (514) 555-0188 takes its calls.',
      ]);
      const last = await ended(rings.callId, 'no-answer');
      expect(last).toMatchObject({ action: 'announce', prompt: expect.stringContaining('Nobody can take your call') });
    }
    const taken = await call('fr');
    expect(await ended(taken.callId, 'answered')).toMatchObject({ action: 'hangup' });
    const coverage = await coverageOf(deps, tenantId, ann.id, deps.clock.now());
    expect(coverage.path).toEqual([
      { action: 'dial', target: { kind: 'number', e164: outside, confirm: false }, ringSeconds: 20 },
      { action: 'announce' },
    ]);
    expect(coverage.because).toEqual([expect.stringContaining('switched off'), expect.stringContaining('0188')]);
    // Nothing else counts: nobody is told of a missed call.
    expect(await db.notice.count()).toBe(0);
  });

  test('or they hear the company’s own words, in the language of the call, and else the usual sentence', async () => {
    const { call } = await offCompany({ offAnnouncementEn: 'We have moved. Call 416-555-0177.' });
    expect(await call('en')).toMatchObject({ action: 'announce', prompt: 'We have moved. Call 416-555-0177.' });
    expect(await call('fr')).toMatchObject({ action: 'announce', prompt: expect.stringContaining('pas en service') });
  });

  test('a call that runs when the company is switched off ends there too, and one that it rang for goes on after it', async () => {
    const { call, ended, set } = await offCompany({ offNumber: outside, offAnnouncementEn: 'Goodbye for now.' });
    await set('enabled', 'yes');
    const running = await call('en', '102');
    expect(running).toMatchObject({ action: 'dial', rings: { displayName: 'Bo Chen' } });
    await set('enabled', 'no');
    expect(await ended(running.callId, 'busy')).toMatchObject({ action: 'dial', target: { e164: outside } });
    expect(await ended(running.callId, 'busy')).toMatchObject({ action: 'announce', prompt: 'Goodbye for now.' });

    const other = await call('en');
    await set('enabled', 'yes');
    expect(await ended(other.callId, 'no-answer')).toMatchObject({ action: 'ask' });
  });

  test.each([
    ['+14165550100', /leads back/],
    ['+14165550101', /leads back/],
    ['911', /emergency/],
    ['+19005550123', /premium/],
    ['+33142685300', /only go to numbers in: Canada and United States/],
    ['416 555 0177 ext. 5', /without it/],
  ])('the number may not be %s', async (number, why) => {
    const { set, call } = await offCompany();
    await expect(set('offNumber', number)).rejects.toSatisfy((error: UserError) => why.test(error.say(wordsIn('en'))));
    expect(await call('en')).toMatchObject({ action: 'announce' });
  });

  test('nor does a number that became the company’s own, or is forbidden since, ring', async () => {
    const { set, call, db, tenantId, bo } = await offCompany({ offNumber: outside });
    await expect(set('mainNumbers', outside)).rejects.toBeInstanceOf(UserError);
    await expect(set('accessNumber', outside)).rejects.toBeInstanceOf(UserError);
    await db.user.update({ where: { id: bo.id }, data: { did: outside } });
    const refused = await call('en');
    expect(refused).toMatchObject({
      action: 'announce',
      because: [expect.anything(), expect.stringContaining('cannot go to')],
    });
    await db.user.update({ where: { id: bo.id }, data: { did: null } });
    await db.tenant.update({ where: { id: tenantId }, data: { allowedCountries: ['FR'] } });
    expect(await call('en')).toMatchObject({ action: 'announce' });
  });

  test('an admin sets it in chat while the company is off, and then switches it on; nobody else does', async () => {
    const company = await offCompany();
    const { ada, bo } = company;
    const card = await company.ask(ada, 'settings');
    expect(textOf(card)).toMatch(/Number that takes the calls: None/);
    const form = formOf(await company.press(ada, card, 'admin.tenant'));
    expect(form.fields.map(({ name }) => name)).toEqual(['offNumber', 'offAnnouncementEn', 'offAnnouncementFr']);
    const wrong = await company.submit(ada, form, { offNumber: '911', offAnnouncementEn: 'x'.repeat(501) });
    expect(problemsOf(wrong)).toMatchObject({
      offNumber: expect.stringContaining('emergency'),
      offAnnouncementEn: expect.stringContaining('500'),
    });
    const saved = await company.submit(ada, form, { offNumber: outside, offAnnouncementEn: '', offAnnouncementFr: '' });
    expect(textOf(saved)).toMatch(/Number that takes the calls: \+15145550188/);
    expect(await company.call('en')).toMatchObject({ action: 'dial' });

    // Neither another group of settings, nor somebody who is no admin.
    expect(textOf(await company.click(ada, 'admin.tenant', { group: 'calls' }))).toContain('switched off');
    expect(textOf(await company.click(bo, 'admin.tenant', { group: 'off' }))).not.toContain('Number that takes');
    await company.submit(bo, form, { offNumber: '+14165550144' });
    expect(await company.call('en')).toMatchObject({ target: { e164: outside } });
    await company.press(ada, saved, 'admin.switch-on');
    expect(await company.call('en', '102')).toMatchObject({ rings: { displayName: 'Bo Chen' } });
  });

  test('numbers in the other language are main numbers', async () => {
    const { set, db, tenantId } = await offCompany({ mainNumbers: '+14165550100, +14165550111' });
    await set('otherLanguageNumbers', '+14165550111');
    const { otherLanguageNumbers } = await db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    expect(otherLanguageNumbers).toEqual(['+14165550111']);
  });
});
