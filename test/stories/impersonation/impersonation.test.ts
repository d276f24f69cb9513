import { beforeEach, describe, expect, test } from 'vitest';
import { findLinesOfSession } from '../../../src/core/audit/index.js';
import { verifyChain } from '../../../src/core/audit/verify-chain.js';
import { asId, type SessionId } from '../../../src/core/ids.js';
import { type Company, testCompany } from '../../support/company.js';
import { formOf, problemsOf, textOf } from '../../support/read.js';

const reason = 'Ann is ill and asked me to set her absence.';

describe('Ada, an admin, acts as Ann', () => {
  let company: Company;
  beforeEach(async () => {
    company = await testCompany();
  });
  const begin = () => company.submit(company.ada, 'impersonation.start', { user: company.ann.id, reason });

  test('opens a form for the person and the reason, with whom she mentioned chosen', async () => {
    const { ada, ann } = company;
    const form = formOf(await company.ask(ada, 'impersonate', { mentions: [ann] }));
    expect(form.id).toBe('impersonation.start');
    expect(form.fields.map(({ name, kind }) => [name, kind])).toEqual([
      ['user', 'person'],
      ['reason', 'text'],
    ]);
    expect(form.fields[0]).toMatchObject({ value: { value: ann.id } });
  });

  test('has the form in French too', async () => {
    const other = await testCompany({ numberless: true }); // A chat's language is stored.
    expect(formOf(await other.ask(other.ada, 'incarner', { locale: 'fr-CA' })).title).toBe('Agir au nom de…');
  });

  test('needs a reason that says something', async () => {
    const { ada, ann } = company;
    const problemOf = async (reason: string) =>
      problemsOf(await company.submit(ada, 'impersonation.start', { user: ann.id, reason })).reason;
    expect(await problemOf('')).toContain('at least 10');
    expect(await problemOf('too short')).toContain('at least 10');
    expect(await problemOf('          ')).toContain('at least 10');
    expect(await problemOf('aaaaaaaaaaaaaaa')).toContain('in words');
    expect(await problemOf('asdfasdfasdfasdf')).toContain('in words');
    expect(await problemOf('.-.-.-.-.-.-.-.-')).toContain('in words');
    expect(await problemOf('\u200b'.repeat(20))).toContain('at least 10');
    expect(await problemOf('Reason '.repeat(80))).toContain('at most 500');
    expect(await company.db.impersonationSession.count()).toBe(0);
  });

  test('cannot act as herself, another admin, or nobody', async () => {
    const { ada, eve } = company;
    const problemOf = async (user: string | undefined) =>
      problemsOf(await company.submit(ada, 'impersonation.start', { user, reason })).user;
    expect(await problemOf(ada.id)).toContain('already');
    expect(await problemOf(undefined)).toBe('Choose a person.');
    expect(await problemOf('00000000-0000-4000-8000-000000000000')).toContain('from the list');
    await company.db.user.update({ where: { id: eve.id }, data: { role: 'admin' } });
    expect(await problemOf(eve.id)).toContain('is an admin');
    await company.db.user.update({ where: { id: eve.id }, data: { role: 'manager' } });
    expect(await company.db.impersonationSession.count()).toBe(0);
    expect(await company.audit()).toEqual([]);
  });

  test('begins: session and audit line at once, both names on the bar, Ann is told', async () => {
    const { ada, ann } = company;
    const answer = await begin();
    expect(answer.bar?.text).toBe('Ada Roy, until 10:30 am you are acting as Ann Baker.');
    expect(answer.bar?.stop).toMatchObject({ kind: 'action', action: 'impersonation.stop', label: 'Stop' });

    const [line] = await company.audit();
    expect(line).toMatchObject({
      event: 'impersonation.started',
      actorId: ann.id,
      impersonatorId: ada.id,
      subjectId: ann.id,
      reason,
    });
    await company.work({ twice: true });
    const cards = company.cardsOf(ann);
    expect(cards).toHaveLength(1);
    expect(textOf(cards[0])).toContain('Ada Roy acts as you');
    expect(textOf(cards[0])).toContain(reason);
    expect(company.cardsOf(ada)).toEqual([]);
  });

  test('has the bar on every reply, refusals and slips too, and no right of her own', async () => {
    const { ada } = company;
    await begin();
    for (const text of ['help', 'audit', 'nonsense', 'impersonate']) {
      const answer = await company.ask(ada, text);
      expect(answer.bar?.text, text).toMatch(/Ada Roy.*Ann Baker/);
    }
    expect(textOf(await company.ask(ada, 'impersonate'))).toContain('Stop first');
    const nested = await company.submit(ada, 'impersonation.start', { user: company.bo.id, reason });
    expect(textOf(nested)).toContain('You are acting as Ann Baker');
    expect(await company.db.impersonationSession.count()).toBe(1);
  });

  test('stops with the button, though Ann herself may not impersonate; Ann reads what was done', async () => {
    const { ada, ann, tenantId } = company;
    await begin();
    company.clock.forward({ minutes: 5 });
    const answer = await company.click(ada, 'impersonation.stop');
    expect(textOf(answer)).toBe('You are no longer acting as Ann Baker.');
    expect(answer.bar).toBeUndefined();
    expect((await company.ask(ada, 'help')).bar).toBeUndefined();

    await company.work({ twice: true });
    const ended = textOf(company.cardsOf(ann).at(-1));
    expect(ended).toContain('Ada Roy no longer acts as you');
    expect(ended).toContain('Nothing was done as you.');

    const [session] = await company.db.impersonationSession.findMany();
    const lines = await findLinesOfSession(company.db, tenantId, asId<SessionId>(session?.id ?? ''));
    expect(lines.map(({ event }) => event)).toEqual(['impersonation.started', 'impersonation.ended']);
    expect(lines.every(({ actorId, impersonatorId }) => actorId === ann.id && impersonatorId === ada.id)).toBe(true);
    expect(await verifyChain(company.deps, tenantId)).toMatchObject({ kind: 'whole', lines: 2 });

    expect(textOf(await company.ask(ada, 'stop'))).toBe('You are not acting as anybody else.');
    expect(await company.audit()).toHaveLength(2);
  });
});

describe('A session nobody stops', () => {
  test('is over after 30 minutes, by the clock at once, and by the task for good', async () => {
    const company = await testCompany();
    const { ada, bo } = company;
    await company.submit(ada, 'impersonation.start', { user: bo.id, reason });
    await company.work();
    company.clock.forward({ minutes: 29 });
    expect((await company.ask(ada, 'help')).bar).toBeDefined();
    company.clock.forward({ minutes: 1, seconds: 1 });
    expect((await company.ask(ada, 'help')).bar).toBeUndefined();
    expect(textOf(await company.click(ada, 'impersonation.stop'))).toContain('not acting as anybody');

    await company.work({ twice: true });
    expect((await company.audit()).map(({ event }) => event)).toEqual(['impersonation.started', 'impersonation.ended']);
    const [session] = await company.db.impersonationSession.findMany();
    expect(session?.endedAt).toEqual(session?.expiresAt);
    expect(company.cardsOf(bo)).toHaveLength(2);
  });

  test('is found by the sweep when the queue lost the task', async () => {
    const company = await testCompany();
    const { ada, bo } = company;
    await company.submit(ada, 'impersonation.start', { user: bo.id, reason });
    company.tasks.lose();
    company.clock.forward({ minutes: 32 });
    await company.deps.tasks.add([{ name: 'sweep', payload: {} }]);
    await company.work();
    const [session] = await company.db.impersonationSession.findMany();
    expect(session?.endedAt).not.toBeNull();
  });
});

describe('The edges of impersonation', () => {
  test('is for admins only', async () => {
    const company = await testCompany();
    for (const person of [company.bo, company.dan]) {
      expect(textOf(await company.ask(person, 'impersonate'))).toContain('You may not do this');
      const answer = await company.submit(person, 'impersonation.start', { user: company.ann.id, reason });
      expect(textOf(answer)).toContain('You may not do this');
    }
    expect(await company.db.impersonationSession.count()).toBe(0);
  });

  test('does not begin as somebody without access', async () => {
    const company = await testCompany();
    const { ada, nil } = company;
    const answer = await company.submit(ada, 'impersonation.start', { user: nil.id, reason });
    expect(problemsOf(answer).user).toContain('has no access to Attendant');
    expect(await company.db.impersonationSession.count()).toBe(0);
  });

  test('begins once when the form is sent twice at the same moment', async () => {
    const company = await testCompany();
    const { ada, ann, bo } = company;
    const answers = await Promise.all([
      company.submit(ada, 'impersonation.start', { user: ann.id, reason }),
      company.submit(ada, 'impersonation.start', { user: bo.id, reason }),
    ]);
    expect(answers.filter(({ kind }) => kind === 'invalid').length).toBeLessThanOrEqual(1);
    expect(await company.db.impersonationSession.count()).toBe(1);
  });

  test('tells nobody where the company has switched the notice off', async () => {
    const company = await testCompany({ tenant: { impersonationNotice: false } });
    const { ada, ann } = company;
    await company.submit(ada, 'impersonation.start', { user: ann.id, reason });
    await company.click(ada, 'impersonation.stop');
    await company.work();
    expect(company.cardsOf(ann)).toEqual([]);
    expect(await company.audit()).toHaveLength(2);
  });

  test('ends with the admin’s own rights', async () => {
    const company = await testCompany();
    const { ada, ann } = company;
    await company.submit(ada, 'impersonation.start', { user: ann.id, reason });
    await company.db.user.update({ where: { id: ada.id }, data: { role: 'member' } });
    expect((await company.ask(ada, 'help')).bar).toBeUndefined();
  });
});
