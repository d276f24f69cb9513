import { beforeAll, describe, expect, test } from 'vitest';
import { findLines } from '../../../src/core/audit/audit-lines.store.js';
import { change } from '../../../src/core/change.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { recordPieces } from '../../../src/core/reports/export-list.js';
import { type Company, testCompany } from '../../support/company.js';
import { buttonsOf, formOf, problemsOf, textOf } from '../../support/read.js';

const reason = 'Ann is ill and asked me to set her absence.';

let company: Company;
let start: Date;
beforeAll(async () => {
  company = await testCompany();
  start = company.clock.now();
  const { ada, ann, bo } = company;
  await retitle(bo.id, 'Clerk', 'First <b>title</b>');
  company.clock.forward({ hours: 30 });
  await company.submit(ada, 'impersonation.start', { user: ann.id, reason });
  await company.ask(ada, 'ooo until Friday 5pm');
  await company.ask(ada, 'stop');
  company.clock.forward({ hours: 48 });
  await retitle(ann.id, 'Clerk', 'Second title');
});

const retitle = (subjectId: string, from: string, to: string) =>
  change(company.deps, installationActor(company.tenantId, 'cli'), async ({ record }) =>
    record({ event: 'user.updated', subjectId, before: { title: from }, after: { title: to } }),
  );

/** The clock of the tests stands at 10:00 in Toronto. */
const dayAfter = (hours: number) => new Date(start.getTime() + hours * 3_600_000).toISOString().slice(0, 10);

const filtered = (values: Record<string, string>, person = company.ada) =>
  company.submit(person, 'audit.filter', values);

describe('/attendant audit of an admin', () => {
  test('is the record of everybody, newest first, with what changed', async () => {
    const text = textOf(await company.ask(company.ada, 'audit'));
    expect(text).toContain('What happened in the company');
    expect(text).toMatch(/A user was changed: Ann Baker · Title: Clerk → Second title[\s\S]*First <b>title/);
    expect(text).toContain('Ada Roy as Ann Baker');
  });

  test('is filtered by person, by who acted, by event and by days, with a form', async () => {
    const { ada, ann, bo } = company;
    const form = formOf(await company.press(ada, await company.ask(ada, 'audit'), 'audit.filter'));
    expect(form.fields.map(({ name }) => name)).toEqual(['user', 'actor', 'event', 'from', 'until']);
    expect(textOf(await filtered({ user: bo.id }))).toContain('First <b>title');
    expect(textOf(await filtered({ user: bo.id }))).not.toContain('Second title');
    const acted = textOf(await filtered({ actor: ada.id }));
    expect(acted).toContain('Ada Roy as Ann Baker');
    expect(acted).not.toContain('title');
    expect(textOf(await filtered({ actor: ann.id }))).toContain('Nothing on record fits this.');
    expect(textOf(await filtered({ event: 'user.*' }))).not.toContain('Impersonation began');
    expect(textOf(await filtered({ user: ann.id, event: 'user.*' }))).toMatch(
      /What happened about Ann Baker[\s\S]*Second/,
    );
    const days = textOf(await filtered({ from: dayAfter(24), until: dayAfter(48) }));
    expect(days).toContain('Impersonation began');
    expect(days).not.toContain('title');
    expect(problemsOf(await filtered({ from: '2026-11-25', until: '2026-11-24' })).until).toContain('before the first');
    expect(problemsOf(await filtered({ user: 'Zzyzx' })).user).toContain('Zzyzx');
  });

  test('leaves out of the filter what is odd, and finds nothing of another company', async () => {
    const odd = { event: 'user.nonsense', from: '2026-02-31', until: '99999-01-01' };
    expect(textOf(await filtered(odd))).toContain('What happened in the company');
    const other = await testCompany({ numberless: true });
    const [session] = await company.db.impersonationSession.findMany();
    for (const carries of [
      { user: company.ann.id },
      { actor: company.ada.id },
      { session: session?.id ?? '' },
      { before: '99' },
    ])
      expect(textOf(await other.click(other.ada, 'audit.list', carries))).not.toContain('title');
    for (const before of ['0', '-1', '1e9', '99999999999', 'x'])
      expect(textOf(await company.click(company.ada, 'audit.list', { before }))).toContain('Second title');
  });

  test('goes back page by page, each line once', async () => {
    const other = await testCompany({ numberless: true });
    const actor = installationActor(other.tenantId, 'cli');
    for (let at = 1; at <= 23; at += 1)
      await change(other.deps, actor, async ({ record }) =>
        record({ event: 'user.updated', subjectId: other.ann.id, after: { title: `number ${at}.` } }),
      );
    const seen: string[] = [];
    let shown = await other.ask(other.ada, 'audit', { mentions: [other.ann] });
    for (;;) {
      seen.push(...(textOf(shown).match(/number \d+\./g) ?? []));
      const older = buttonsOf(shown).find(({ label }) => label === 'Older');
      if (!older) break;
      shown = await other.click(other.ada, older);
    }
    expect(seen).toEqual(Array.from({ length: 23 }, (_, at) => `number ${23 - at}.`));
  });
});

describe('/attendant audit of anybody else', () => {
  test('is about themselves, and its form asks for no people', async () => {
    const { ann } = company;
    const answer = await company.ask(ann, 'audit');
    expect(textOf(answer)).toMatch(/What happened about Ann Baker[\s\S]*Second title[\s\S]*Ada Roy as Ann Baker/);
    expect(buttonsOf(answer).map(({ action }) => action)).not.toContain('impersonation.sessions');
    const form = formOf(await company.press(ann, answer, 'audit.filter'));
    expect(form.fields.map(({ name }) => name)).toEqual(['event', 'from', 'until']);
  });

  test('shows nothing of others, whatever a form or a button says', async () => {
    const { ann, bo } = company;
    for (const carries of [{}, { actor: company.ada.id }, { event: 'user.*' }])
      expect(textOf(await company.click(bo, 'audit.list', carries))).not.toContain('Second title');
    expect(textOf(await company.click(bo, 'audit.list', { user: ann.id }))).toContain('Only admins see');
    expect(textOf(await filtered({ user: ann.id }, bo))).not.toContain('Second title');
  });
});

test('lines of one moment in another order than their instants are all within their days', async () => {
  const other = await testCompany({ numberless: true });
  const actor = installationActor(other.tenantId, 'cli');
  const start = other.clock.now();
  const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
  for (const minutes of [10, 0, 20, -5, 200, 400]) {
    other.clock.set(at(minutes).toISOString());
    await change(other.deps, actor, async ({ record }) => record({ event: 'user.updated', after: { minutes } }));
  }
  const minutesIn = async (from: number, until: number) => {
    const filter = { from: at(from), until: at(until) };
    const lines = await findLines(other.db, other.tenantId, filter, { before: undefined }, 10);
    return lines.map(({ after }) => (after as { minutes: number }).minutes);
  };
  expect(await minutesIn(0, 15)).toEqual([0, 10]);
  expect(await minutesIn(-10, 21)).toEqual([-5, 20, 0, 10]);
  expect(await minutesIn(100, 500)).toEqual([400, 200]);
});

test('a file has the lines of the filter alone, oldest first, and no cell that a spreadsheet would run', async () => {
  await retitle(company.bo.id, '=1+1', '@SUM(A1)');
  const other = '=HYPERLINK("https://evil.example")';
  await company.submit(company.ada, 'impersonation.start', { user: company.bo.id, reason: `${other} for a test` });
  await company.ask(company.ada, 'stop');
  const read = async (format: 'csv' | 'json') => {
    let text = '';
    for await (const piece of recordPieces(company.deps, company.tenantId, { user: company.bo.id }, format))
      text += piece;
    return text;
  };
  const rows = JSON.parse(await read('json')) as Record<string, string>[];
  expect(rows.map(({ event }) => event)).toEqual([
    'user.updated',
    'user.updated',
    'impersonation.started',
    'impersonation.ended',
  ]);
  expect(rows[2]).toMatchObject({ actor_name: 'Bo Chen', impersonator_name: 'Ada Roy' });
  const csv = await read('csv');
  expect(csv).toContain(`'=HYPERLINK`);
  expect(csv).not.toMatch(/(^|,)"?=/m);
});
