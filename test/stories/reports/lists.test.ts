import { beforeEach, describe, expect, test } from 'vitest';
import { companyLists } from '../../../src/core/reports/company-lists.js';
import { exportTable } from '../../../src/core/reports/export-list.js';
import { type ListName, listNames } from '../../../src/core/reports/list-names.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { buttonsOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany({ ownDatabase: true });
});

const hours = (count: number) => new Date(company.clock.now().getTime() + count * 3_600_000);

async function rowsOf(name: ListName): Promise<readonly Record<string, string>[]> {
  return JSON.parse(await exportTable(company.deps, company.tenantId, name, 'json'));
}

/** A recording of so many bytes, in somebody's mailbox. */
async function message(person: Person, bytes: number, receivedAt = company.clock.now()) {
  const { tenantId, db } = company;
  const sourceId = `${person.id} ${bytes} ${receivedAt.getTime()} ${Math.random()}`;
  const { id } = await db.recording.create({
    data: { tenantId, storageKey: sourceId, mimeType: 'audio/wav', bytes, durationSeconds: 4 },
  });
  return db.voicemail.create({
    data: {
      tenantId,
      userId: person.id,
      sourceId,
      recordingId: id,
      ani: '+14165550123',
      receivedAt,
      durationSeconds: 4,
    },
  });
}

describe('the lists of a company', () => {
  test('who is out: since, until, who covers, and who set it, an admin in somebody’s place by their own name', async () => {
    const { ann, bo, ada } = company;
    await company.ask(ann, 'ooo until tomorrow', { mentions: [bo] });
    const asked = await company.ask(ann, 'ooo until tomorrow 5pm', { mentions: [bo] });
    await company.press(ann, asked, 'ooo.confirm');
    await company.submit(ada, 'impersonation.start', { user: bo.id, reason: 'Bo is ill and asked me for it' });
    const confirm = await company.ask(ada, 'ooo from tomorrow until friday');
    await company.press(ada, confirm, 'ooo.confirm');
    await company.ask(ada, 'stop');

    const rows = await rowsOf('ooo');
    expect(
      rows.map(({ name, backup, backup_name, set_by, status }) => [name, backup, backup_name, set_by, status]),
    ).toEqual([
      ['Ann Baker', 'bo', 'Bo Chen', 'Ann Baker', 'now'],
      ['Bo Chen', '', '', 'Ada Roy', 'planned'],
    ]);
    const shown = textOf(await company.ask(ada, 'admin lists ooo'));
    expect(shown).toContain('Ann Baker');
    expect(shown).toContain('| Bo Chen | Ann Baker');
  });

  test('cover gaps: the hours of the next 14 days in which a call rings nowhere, and where the chain stops', async () => {
    const { ann, bo, dan, zoe, tenantId, db } = company;
    await db.outOfOfficePeriod.createMany({
      data: [
        // Covered by Bo, who is away himself for two hours of it, and by nobody then.
        { tenantId, userId: ann.id, startsAt: hours(-1), endsAt: hours(30), backupId: bo.id, backupAnswer: 'accepted' },
        { tenantId, userId: bo.id, startsAt: hours(10), endsAt: hours(12) },
        // A number rings.
        { tenantId, userId: dan.id, startsAt: hours(-1), endsAt: null, number: '+14165550177' },
        // After the next 14 days.
        { tenantId, userId: zoe.id, startsAt: hours(24 * 15), endsAt: null },
      ],
    });
    const gaps = (await rowsOf('gaps')).map(({ name, from, until, breaks_at, why }) => [
      name,
      from,
      until,
      breaks_at,
      why,
    ]);
    const [from, until] = [hours(10).toISOString(), hours(12).toISOString()];
    expect(gaps.sort()).toEqual([
      ['Ann Baker', from, until, 'Bo Chen', 'out'],
      ['Bo Chen', from, until, 'Bo Chen', 'out'],
    ]);
    await db.tenant.updateMany({ data: { outOfOfficeEnabled: false } });
    expect(await rowsOf('gaps')).toEqual([]);
  });

  test('impersonations: who acted as whom, when, why, and how it ended', async () => {
    const { ada, ann } = company;
    await company.submit(ada, 'impersonation.start', { user: ann.id, reason: 'Ann is ill and asked me for it' });
    expect(await rowsOf('impersonations')).toMatchObject([
      { admin: 'Ada Roy', person: 'Ann Baker', reason: 'Ann is ill and asked me for it', ended: 'running' },
    ]);
    await company.ask(ada, 'stop');
    expect(await rowsOf('impersonations')).toMatchObject([{ ended: 'stopped' }]);
    expect(textOf(await company.ask(ada, 'admin lists impersonations'))).toContain('Ann Baker');
  });

  test('storage: messages and greetings of each mailbox now, the fullest first', async () => {
    const { ann, bo, tenantId, db } = company;
    await message(ann, 300);
    const { recordingId } = await message(bo, 200);
    // A copy is in both mailboxes.
    await db.voicemail.create({
      data: {
        ...{ tenantId, userId: ann.id, sourceId: 'copy', recordingId },
        receivedAt: hours(0),
        durationSeconds: 4,
      },
    });
    const { id } = await db.recording.create({
      data: { tenantId, storageKey: 'g', mimeType: 'audio/wav', bytes: 50, durationSeconds: 2 },
    });
    await db.greeting.create({ data: { tenantId, userId: bo.id, kind: 'name', recordingId: id } });
    const deleted = await message(ann, 100);
    await db.voicemail.update({ where: { id: deleted.id }, data: { deletedAt: hours(0) } });
    expect((await rowsOf('storage')).slice(0, 3)).toMatchObject([
      { username: 'ann', voicemails: '3', unheard: '2', bytes: '600' },
      { username: 'bo', voicemails: '1', unheard: '1', bytes: '250' },
      { bytes: '0' },
    ]);
  });

  test('storage over time: the company’s of every day, a mailbox’s of the days on which it changed', async () => {
    const { ann, deps, tasks, clock } = company;
    const count = async () => {
      await tasks.add([{ name: 'storage.count', payload: {} }]);
      await tasks.work(deps, { twice: true });
    };
    const voicemail = await message(ann, 300);
    await count();
    const first = await rowsOf('storage-days');
    expect(first).toMatchObject([
      { username: '', recordings: '1', bytes: '300' },
      { username: 'ann', name: 'Ann Baker', recordings: '1', bytes: '300' },
    ]);
    // Later on the same day nothing is counted again.
    await message(ann, 700);
    await count();
    expect(await rowsOf('storage-days')).toEqual(first);

    clock.forward({ hours: 24 });
    await count();
    clock.forward({ hours: 24 });
    await count();
    await company.db.voicemail.updateMany({
      where: { id: voicemail.id },
      data: { purgedAt: clock.now(), recordingId: null },
    });
    await company.db.recording.deleteMany({ where: { bytes: 300 } });
    clock.forward({ hours: 24 });
    await count();
    expect((await rowsOf('storage-days')).map(({ username, bytes }) => [username, bytes])).toEqual([
      ['', '700'],
      ['ann', '700'],
      ['', '1000'],
      ['', '1000'],
      ['ann', '1000'],
      ['', '300'],
      ['ann', '300'],
    ]);
  });

  test('every list goes on where a page of it ended, row by row, and an odd place is the beginning', async () => {
    const { ann, bo, ada, tenantId, db, deps } = company;
    for (const person of [ann, bo]) {
      for (const bytes of [100, 100, 200]) await message(person, bytes, hours(-bytes));
      await db.call.create({
        data: {
          tenantId,
          callId: `c-${person.id}`,
          ani: '+14165550123',
          dnis: '+14165550100',
          startedAt: hours(-3),
          disposition: 'missed',
        },
      });
      await db.outOfOfficePeriod.create({ data: { tenantId, userId: person.id, startsAt: hours(-1) } });
      await company.submit(ada, 'impersonation.start', { user: person.id, reason: 'They are ill and asked for it' });
      await company.ask(ada, 'stop');
      const notice = { tenantId, userId: person.id, kind: 'voicemail.arrived', subjectId: crypto.randomUUID() };
      const posting = { tenantId, platform: 'chat', address: person.id, status: 'failed', why: 'busy', at: hours(-1) };
      const { id } = await db.notice.create({ data: { ...notice, settled: 1 } });
      await db.posting.create({ data: { ...posting, noticeId: id } });
    }
    await db.account.deleteMany({ where: { userId: { in: [ann.id, bo.id] } } });
    await company.deps.tasks.add([{ name: 'storage.count', payload: {} }]);
    await company.work();
    const quiet = { ...deps, mail: undefined };
    for (const name of listNames) {
      const whole: unknown[] = (await companyLists[name].page(quiet, tenantId, { most: 500 })).rows.slice();
      const single: unknown[] = [];
      let after: string | undefined;
      do {
        const page = await companyLists[name].page(quiet, tenantId, { after, most: 1 });
        single.push(...page.rows);
        after = page.next;
      } while (after !== undefined && single.length <= whole.length);
      expect(whole.length, name).toBeGreaterThanOrEqual(2);
      expect(single, name).toEqual(whole);
      for (const odd of [
        '',
        '\u0000',
        "' OR 1=1",
        `${'9'.repeat(40)} x`,
        '2026-13-77 00000000-0000-0000-0000-000000000000',
      ])
        expect(
          (await companyLists[name].page(quiet, tenantId, { after: odd, most: 500 })).rows.length,
          `${name} ${odd}`,
        ).toBeLessThanOrEqual(whole.length);
    }
  });

  test('a second company sees nothing of them', async () => {
    await message(company.ann, 300);
    await company.ask(company.ann, 'ooo until tomorrow');
    await company.deps.tasks.add([{ name: 'storage.count', payload: {} }]);
    await company.work();
    const { id } = await company.deps.db.tenant.create({ data: { name: 'Other' } });
    for (const name of listNames)
      expect(await exportTable(company.deps, id as typeof company.tenantId, name, 'json'), name).toBe('[]\n');
  });
});

describe('in chat', () => {
  test('an admin and a manager choose a list, page through it by its key, and open it in the browser', async () => {
    for (let age = 0; age < 12; age += 1) await message(company.ann, 100 + age, hours(-age * 24));
    for (const person of [company.ada, company.eve]) {
      const menu = await company.press(person, await company.ask(person, 'admin'), 'reports.menu');
      const unheard = buttonsOf(menu).find((button) => button.kind === 'action' && button.carries.list === 'unheard');
      if (!unheard) throw new Error(textOf(menu));
      const first = await company.click(person, unheard);
      expect(textOf(first).match(/Ann Baker/g)).toHaveLength(8);
      const next = buttonsOf(first).find((button) => button.kind === 'action' && button.carries.after !== undefined);
      if (!next) throw new Error(textOf(first));
      const second = await company.click(person, next);
      expect(textOf(second).match(/Ann Baker/g)).toHaveLength(4);
      expect(JSON.stringify(await company.press(person, second, 'reports.page'))).toContain(
        'https://attendant.example/',
      );
    }
  });

  test.each(listNames)('a key of %s that somebody made up begins anew', async (name) => {
    const { deps, tenantId, ann } = company;
    const first = await companyLists[name].page(deps, tenantId, { most: 5 });
    const days = ['2026-02-31', '0000-01-01', '9999-12-31', '2026-13-01'];
    const instants = ['-271821-04-20T00:00:00.0Z', '-271821-04-21T00:00+0000', '0000-01-01T00:00:00.000Z'];
    for (const key of ['x', '\0', ...[...days, ...instants].map((place) => `${place} ${ann.id}`)]) {
      const page = await companyLists[name].page(deps, tenantId, { after: key, most: 5 });
      expect(page.rows.length, key).toBeLessThanOrEqual(Math.max(first.rows.length, 5));
    }
  });

  test('nobody else does, by the word or by the buttons of somebody else’s card', async () => {
    expect(textOf(await company.ask(company.ann, 'admin lists ooo'))).toContain('You may not do this');
    for (const action of ['reports.menu', 'reports.show', 'reports.page'])
      expect(textOf(await company.click(company.ann, action, { list: 'ooo' })), action).toContain(
        'You may not do this',
      );
  });

  test('a manager, who may not read the record, is not shown who acted as whom either', async () => {
    const { ada, ann, eve } = company;
    await company.submit(ada, 'impersonation.start', { user: ann.id, reason: 'Ann is ill and asked me for it' });
    await company.ask(ada, 'stop');
    expect(textOf(await company.ask(ada, 'admin lists'))).toContain('[Acting as others]');
    const menu = textOf(await company.ask(eve, 'admin lists'));
    expect(menu).toContain('[Qui est absent]');
    expect(menu).not.toContain('Au nom d’une autre');
    for (const said of [
      await company.ask(eve, 'admin lists impersonations'),
      await company.click(eve, 'reports.show', { list: 'impersonations' }),
      await company.click(eve, 'reports.page', { list: 'impersonations' }),
    ])
      expect(textOf(said)).not.toMatch(/Ann is ill|Ann Baker/);
    expect(textOf(await company.click(eve, 'reports.show', { list: 'impersonations' }))).toContain(
      'Vous n’avez pas ce droit',
    );
  });

  test('a company without voicemail is offered no list of it', async () => {
    await company.db.tenant.updateMany({ data: { edition: 'attendant' } });
    const menu = textOf(await company.ask(company.ada, 'admin lists'));
    expect(menu).toContain('[Who is out]');
    expect(menu).not.toMatch(/Storage|Unheard/);
    expect(textOf(await company.click(company.ada, 'reports.show', { list: 'storage' }))).toContain('not part of');
    expect(textOf(await company.click(company.ada, 'reports.show', { list: '../x' }))).toContain('There is no list');
  });
});
