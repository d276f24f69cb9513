import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { answerCall } from '../../../src/core/calls/answer-call.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { closeCompany } from '../../../src/core/routing/closure/closure.js';
import { coverageOf } from '../../../src/core/routing/explain.js';
import { type Company, testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';

const ann = '+14165550101';
const main = '+14165550100';
let company: Company;
let calls = 0;
beforeAll(async () => {
  company = await testCompany({ tenant: { mainNumbers: [main] } });
});
afterEach(async () => {
  await company.db.companyClosure.deleteMany({});
  await company.db.tenant.update({ where: { id: company.tenantId }, data: { edition: 'attendant_plus' } });
  company.clock.set('2030-01-14T15:00:00Z');
});

const call = (dnis: string, language = 'en') =>
  answerCall(company.deps, company.tenantId, { callId: `closed-${++calls}`, ani: '+15145550123', dnis, language });

describe('an admin closes the company', () => {
  test('until a time, with a note: callers hear both, nothing rings, and it ends by itself', async () => {
    const said = textOf(await company.ask(company.ada, 'closed until 14:00 Snow storm on Monday'));
    expect(said).toContain('Closed until 2:00 pm');
    expect(said).toContain('Snow storm on Monday.');
    const decision = await call(ann);
    expect(decision).toMatchObject({ action: 'voicemail', mailboxUserId: company.ann.id, greeting: 'after-hours' });
    expect(decision.prompt).toContain(
      'Maple & Co is closed until Monday, January 14 at 2:00 pm. Snow storm on Monday.',
    );
    expect(decision.because.join(' ')).toContain('Maple & Co is closed until');

    const welcome = await call(main);
    expect(welcome.action).toBe('ask');
    expect(welcome.prompt).toMatch(/^Maple & Co is closed until .* You may leave somebody a message\. Thank you/);

    company.clock.set('2030-01-14T18:59:59.999Z');
    expect((await call(ann)).action).toBe('voicemail');
    company.clock.set('2030-01-14T19:00:00Z');
    expect((await call(ann)).action).toBe('dial');
    expect((await call(main)).prompt).toMatch(/^Thank you/);
  });

  test('without voicemail the caller hears it and the call ends', async () => {
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { edition: 'attendant' } });
    await company.ask(company.ada, 'closed for staff training');
    for (const dnis of [ann, main]) {
      const decision = await call(dnis);
      expect(decision.action).toBe('announce');
      expect(decision.prompt).toContain('is closed at the moment. for staff training. Please call again later.');
    }
  });

  test('in French, with accents or without', async () => {
    for (const word of ['fermé', 'ferme']) {
      const said = textOf(await company.ask(company.ada, `${word} jusqu’à 14 h neige`, { locale: 'fr' }));
      expect(said).toContain('Fermée jusqu’à 14 h 00');
      const [row] = await company.db.companyClosure.findMany({});
      expect(row).toMatchObject({ until: new Date('2030-01-14T19:00:00Z'), note: 'neige', closedById: company.ada.id });
    }
    expect((await call(ann, 'fr')).prompt).toContain(
      'Les bureaux de Maple & Co sont fermés. Ils rouvrent le lundi 14 janvier',
    );
    expect(textOf(await company.ask(company.ada, 'ouvert', { locale: 'fr' }))).toContain('de nouveau ouverte');
    await company.ask(company.ada, 'status', { locale: 'en' });
  });

  test('opens it before its time, and each change is on the record once', async () => {
    await company.ask(company.ada, 'closed until 14:00 snow');
    await company.ask(company.ada, 'closed until 14:00 snow');
    expect((await call(ann)).action).toBe('voicemail');
    expect(textOf(await company.ask(company.ada, 'open'))).toContain('The company is open again.');
    expect((await call(ann)).action).toBe('dial');
    expect(textOf(await company.ask(company.ada, 'open'))).toContain('was not closed');
    const lines = (await company.audit()).filter(({ event }) => event.startsWith('company.')).slice(-2);
    expect(lines.map(({ event, after, before }) => [event, after ?? before])).toEqual([
      ['company.closed', { until: '2030-01-14T19:00:00.000Z', note: 'snow' }],
      ['company.opened', { until: '2030-01-14T19:00:00.000Z', note: 'snow' }],
    ]);
  });

  test('by a button, for the rest of the day', async () => {
    const shown = await company.ask(company.ada, 'closed');
    expect(textOf(shown)).toContain('Calls go their usual way.');
    const closed = await company.click(company.ada, 'closure.close', { until: 'today' });
    expect(textOf(closed)).toContain('Closed until Tue, Jan 15, 12:00 am');
    // “Jusqu’au mardi” would say that nobody is there on Tuesday either.
    expect((await call(ann, 'fr')).prompt).toContain('Ils rouvrent le mardi 15 janvier.');
    expect(textOf(await company.press(company.ada, closed, 'closure.open'))).toContain('open again');
  });

  test.each([
    ['closed until yesterday', /is over/],
    ['closed until blorf', /blorf/],
    ['closed tomorrow', /from now on/],
    [`closed ${'x'.repeat(201)}`, /at most 200/],
  ])('%s is refused, and nothing is stored', async (text, why) => {
    expect(textOf(await company.ask(company.ada, text))).toMatch(why);
    expect(await company.db.companyClosure.count({})).toBe(0);
  });

  test('only an admin may', async () => {
    for (const person of [company.ann, company.eve]) await company.ask(person, 'closed until 14:00 snow');
    await company.click(company.ann, 'closure.close', { until: 'opened' });
    expect(await company.db.companyClosure.count({})).toBe(0);
  });
});

test('explain of a time after the closure shows the usual way', async () => {
  const until = new Date('2030-01-14T19:00:00Z');
  await closeCompany(company.deps, installationActor(company.tenantId, 'cli'), { until, note: '' });
  const at = (instant: Date) => coverageOf(company.deps, company.tenantId, company.ann.id, instant);
  expect((await at(company.clock.now())).path.map(({ action }) => action)).toEqual(['voicemail']);
  expect((await at(until)).path.map(({ action }) => action)).toEqual(['dial', 'voicemail']);
});

describe('hours', () => {
  test('outside them an unanswered call gets the after-hours greeting, which says when they begin again', async () => {
    await company.db.tenant.update({
      where: { id: company.tenantId },
      data: { hours: 'Mo-Fr 09:00-17:00', holidays: ['2030-01-15'] },
    });
    const at = (instant: string) => coverageOf(company.deps, company.tenantId, company.ann.id, new Date(instant));
    expect((await at('2030-01-14T21:59:00Z')).path.at(-1)).toMatchObject({ greeting: 'unavailable' });
    expect((await at('2030-01-14T22:00:00Z')).path.at(-1)).toMatchObject({ greeting: 'after-hours' });
    const holiday = await at('2030-01-15T17:00:00Z');
    expect(holiday.because.join(' ')).toContain('begin again on Wednesday, January 16 at 9:00 am');

    await company.db.user.update({
      where: { id: company.ann.id },
      data: { hours: '10:00-22:00', personalNumber: null },
    });
    company.clock.set('2030-01-15T04:00:00Z');
    const own = await call(ann);
    expect(own).toMatchObject({ action: 'voicemail', greeting: 'after-hours' });
    expect(own.prompt).toContain('Business hours begin again on Wednesday, January 16 at 10:00 am.');
    await company.db.user.update({
      where: { id: company.ann.id },
      data: { hours: null, personalNumber: '+14165550191' },
    });
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { hours: '', holidays: [] } });
  });
});
