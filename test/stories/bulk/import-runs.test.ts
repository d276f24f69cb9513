import { beforeEach, describe, expect, test, vi } from 'vitest';
import { csvInMemory } from '../../../src/core/bulk/csv-source.js';
import { refusedFile, templateFile } from '../../../src/core/bulk/import-downloads.js';
import {
  applyChecked,
  importUsers,
  lastRuns,
  resultsOf,
  revertApplied,
  runOf,
  stageFile,
} from '../../../src/core/bulk/import-users.js';
import { shownRun } from '../../../src/core/bulk/shown-run.js';
import { workOnRun } from '../../../src/core/bulk/work-on-run.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import { UserError } from '../../../src/core/errors.js';
import { exportTable } from '../../../src/core/reports/export-list.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { importFile } from '../../support/import.js';
import { buttonsOf, problemsOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

const cli = (where: Company = company) => installationActor(where.tenantId, 'cli');
const user = (username: string) => company.db.user.findFirst({ where: { tenantId: company.tenantId, username } });
const usernames = async () =>
  (await company.db.user.findMany({ where: { tenantId: company.tenantId } })).map(({ username }) => username).sort();
const csv = (...lines: string[]) => lines.join('\r\n');
const run = (file: string, dryRun = false) =>
  importUsers(company.deps, cli(), csvInMemory('people.csv', Buffer.from(file)), { dryRun });

/** What is refused, in English. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => undefined).catch((error: unknown) => error);
  return error instanceof UserError ? error.say(wordsIn('en')) : `not refused: ${error}`;
}

/** `bo updated`, `new refused WHY`. */
async function linesOf(id: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const { username, outcome, why } of resultsOf(company.deps, { id }))
    lines.push(`${username} ${outcome} ${why?.en ?? ''}`.trim());
  return lines;
}

async function revert(id: string): Promise<string[]> {
  await revertApplied(company.deps, cli(), id);
  await workOnRun(company.deps, id);
  const kept: string[] = [];
  for await (const { username } of resultsOf(company.deps, { id }, 'kept')) kept.push(username);
  return kept;
}

/** A database that is away after so many transactions. */
function dyingAfter(most: number): Company['deps']['db'] {
  let changes = 0;
  return new Proxy(company.deps.db, {
    get(target, name) {
      if (name !== '$transaction') return Reflect.get(target, name);
      return async (work: never) => {
        changes += 1;
        if (changes > most) throw new Error('Connection terminated unexpectedly');
        return target.$transaction(work);
      };
    },
  });
}

/** Many newcomers. */
const many = (count: number) =>
  csv(
    'username,email,first_name,last_name,extension',
    ...Array.from({ length: count }, (_, at) => `m${at},m${at}@maple.example,M,${at},${70_000 + at}`),
  );

describe('A file that people really send is read', () => {
  test.each([
    ['with blank rows', 'username,email,first_name\nx,x@maple.example,X\n,,\n\n   \n,,\n'],
    ['with a name that is the only one', 'username,email,first_name,last_name\nx,x@maple.example,,Suharto\n'],
    ['with semicolons', 'username;email;first_name\nx;x@maple.example;X\n'],
    ['with a line that says so', 'sep=;\r\nusername;email;first_name\r\nx;x@maple.example;X\r\n'],
    ['with trailing empty columns', 'username,email,first_name,,\nx,x@maple.example,X,,\n,,,,\n'],
    ['with tabs', 'username\temail\tfirst_name\nx\tx@maple.example\tX\n'],
  ])('%s', async (_, file) => {
    expect(await importFile(company.deps, cli(), file)).toMatchObject([{ username: 'x', outcome: 'created' }]);
  });

  test('but not with more lines than one file may have', async () => {
    const file = `username\n${'ann\n'.repeat(100_001)}`;
    expect(await refusal(run(file, true))).toContain('more than 100000 lines');
    expect(await lastRuns(company.deps, company.tenantId)).toEqual([]);
  });
});

describe('An import can be taken back for a day', () => {
  test('people it added are gone, and people it changed are as they were', async () => {
    const before = await exportTable(company.deps, company.tenantId, 'users', 'csv');
    const { id } = await run(
      csv(
        'username,email,first_name,last_name,title,extension,default_backup,pin',
        'bo,,,,Chief,,new1,5937',
        'ann,,,,,-,,',
        'new1,new1@maple.example,New,One,,101,new2,',
        'new2,new2@maple.example,New,Two,,,,AUTO',
      ),
    );
    expect(await user('new1')).toMatchObject({ extension: '101' });
    expect(await user('bo')).toMatchObject({ title: 'Chief', pinHash: expect.any(String) });

    expect(await revert(id)).toEqual([]);
    expect(await exportTable(company.deps, company.tenantId, 'users', 'csv')).toBe(before);
    expect(await user('bo')).toMatchObject({ pinHash: null });
    expect(await runOf(company.deps, company.tenantId, id)).toMatchObject({ status: 'reverted', restored: 4, kept: 0 });
    const events = (await company.audit()).map(({ event }) => event);
    expect(events.filter((event) => event === 'user.removed')).toHaveLength(2);
    expect(events.at(-1)).toBe('import.reverted');
  });

  test('people who were changed or used since are left, and named', async () => {
    const { id } = await run(
      csv(
        'username,email,first_name,title',
        'bo,,,Chief',
        'ann,,,Chief',
        'new1,new1@maple.example,New,',
        'new2,new2@maple.example,New,',
      ),
    );
    await run('username,title,default_backup\nbo,Boss,new1');
    // What the file did not touch is no reason.
    await run('username,language\nann,fr');
    expect((await revert(id)).sort()).toEqual(['bo', 'new1']);
    expect(await user('bo')).toMatchObject({ title: 'Boss' });
    expect(await user('ann')).toMatchObject({ title: 'Sales', language: 'fr' });
    expect(await user('new2')).toBeNull();
  });

  test('but an admin whom it added stays where no other is left', async () => {
    const { id } = await run('username,email,first_name,role\nnew1,new1@maple.example,New,admin');
    await run('username,role\nada,member');
    expect(await revert(id)).toEqual(['new1']);
    expect(await user('new1')).toMatchObject({ role: 'admin' });
  });

  test('where a company never had an admin, too', async () => {
    await company.db.user.updateMany({ data: { role: 'member' } });
    const { id } = await run('username,email,first_name\nnew1,new1@maple.example,New');
    expect(await revert(id)).toEqual([]);
    expect(await user('new1')).toBeNull();
  });

  test('but not a day later, nor twice, nor where nothing was changed', async () => {
    const { id } = await run('username,title\nbo,Chief');
    const { id: unchanged } = await run('username,title\nbo,Chief');
    expect(await refusal(revertApplied(company.deps, cli(), unchanged))).toContain('24 hours');
    company.clock.forward({ hours: 25 });
    expect(await refusal(revertApplied(company.deps, cli(), id))).toContain('24 hours');
    company.clock.forward({ hours: -25 });
    await revert(id);
    expect(await refusal(revertApplied(company.deps, cli(), id))).toContain('24 hours');
  });
});

test('an import whose process dies goes on where it was, and adds nobody twice', async () => {
  const runId = await stageFile(company.deps, cli(), csvInMemory('m.csv', Buffer.from(many(1_200))), { applies: true });
  // The first ends the check, the second adds 200 people.
  await workOnRun({ ...company.deps, db: dyingAfter(2) }, runId);
  expect((await usernames()).filter((name) => name.startsWith('m'))).toHaveLength(200);

  company.clock.forward({ minutes: 10 });
  await workOnRun(company.deps, runId);
  expect((await usernames()).filter((name) => name.startsWith('m'))).toHaveLength(1_200);
  expect(await runOf(company.deps, company.tenantId, runId)).toMatchObject({ status: 'applied', created: 1_200 });
  const added = (await company.audit()).filter(({ event }) => event === 'user.created');
  expect(added).toHaveLength(1_200);
});

test('a line that meets somebody’s change since it was checked is refused, and the others of its set are applied', async () => {
  const file = csv(
    'username,email,first_name,title,extension',
    'bo,,,Chief,',
    'new1,new1@maple.example,New,,777',
    'new2,new2@maple.example,New,,778',
  );
  const runId = await stageFile(company.deps, cli(), csvInMemory('m.csv', Buffer.from(file)), { applies: false });
  await workOnRun(company.deps, runId);
  await company.db.user.updateMany({
    where: { tenantId: company.tenantId, username: 'ann' },
    data: { extension: '777' },
  });
  await company.db.importRun.update({ where: { id: runId }, data: { status: 'applying' } });
  await workOnRun(company.deps, runId);
  expect(await linesOf(runId)).toEqual([
    'bo updated',
    'new1 refused extension belongs to ann already.',
    'new2 created',
  ]);
});

test('an import that was given up half way is taken back', async () => {
  const runId = await stageFile(company.deps, cli(), csvInMemory('m.csv', Buffer.from(many(1_200))), { applies: true });
  const dying = { ...company.deps, db: dyingAfter(2) };
  await workOnRun(dying, runId);
  // While the next attempt waits, the admin sees that it stands still, and takes back what it did.
  expect(await runOf(company.deps, company.tenantId, runId)).toMatchObject({ status: 'applying', progress: 200 });
  expect((await shownRun(company.deps, company.tenantId, runId)).mayRevert).toBe(true);
  for (let attempt = 0; attempt < 8; attempt += 1) {
    company.clock.forward({ hours: 2 });
    await workOnRun({ ...company.deps, db: dyingAfter(0) }, runId);
  }
  company.clock.forward({ hours: 2 });
  await workOnRun(company.deps, runId);
  expect(await runOf(company.deps, company.tenantId, runId)).toMatchObject({ status: 'failed', created: 200 });
  expect(await revert(runId)).toEqual([]);
  expect(await runOf(company.deps, company.tenantId, runId)).toMatchObject({ status: 'reverted', restored: 200 });
  expect((await usernames()).filter((name) => name.startsWith('m'))).toEqual([]);
  expect(await refusal(revertApplied(company.deps, cli(), runId))).toContain('24 hours');
});

test('an import whose process died is taken back instead of waited for, but not while somebody works on it', async () => {
  const runId = await stageFile(company.deps, cli(), csvInMemory('m.csv', Buffer.from(many(700))), { applies: true });
  await workOnRun({ ...company.deps, db: dyingAfter(2) }, runId);
  const claimedAt = company.clock.now();
  const dueAt = new Date(claimedAt.getTime() + 30_000);
  await company.db.importRun.update({ where: { id: runId }, data: { claimedAt, dueAt } });
  expect((await shownRun(company.deps, company.tenantId, runId)).mayRevert).toBe(false);
  expect(await refusal(revertApplied(company.deps, cli(), runId))).toContain('24 hours');
  company.clock.forward({ minutes: 1 });
  expect(await revert(runId)).toEqual([]);
  expect((await usernames()).filter((name) => name.startsWith('m'))).toEqual([]);
});

test('an import that takes a while shows in chat how far it is', async () => {
  const { tenantId } = company;
  const actor = { kind: 'self', tenantId, userId: company.ada.id, role: 'admin', via: 'test' } as const;
  const file = csvInMemory('m.csv', Buffer.from(many(600)));
  const runId = await stageFile(company.deps, actor, file, { applies: false });
  // Each look at the clock is four seconds later than the one before.
  let now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 4_000;
    return now;
  });
  await workOnRun({ ...company.deps, db: dyingAfter(1) }, runId);
  clock.mockRestore();
  await company.work();
  expect(textOf(company.cardsOf(company.ada).at(-1))).toContain('▰▰▰▰▰▰▰▰▱▱ 500 of 600');
});

test('two admins who start at once: the later one is told so', async () => {
  const checked = [];
  for (const name of ['bo', 'ann']) checked.push((await run(`username,title\n${name},Chief`, true)).id);
  const answers = await Promise.all(checked.map((id) => refusal(applyChecked(company.deps, cli(), id))));
  expect(answers.map((answer) => answer.includes('Another file is being worked on')).sort()).toEqual([false, true]);
  expect(answers.join()).toContain('not refused: undefined');
});

test('an admin’s own removal is refused on its line, and the rest of their file is applied', async () => {
  await company.db.user.update({ where: { id: company.eve.id }, data: { role: 'admin' } });
  const { tenantId } = company;
  const by = ({ id: userId }: Person) => ({ kind: 'self', tenantId, userId, role: 'admin', via: 'web' }) as const;
  const own = 'You cannot end your own access or role by a file. Use your own form.';
  const file = csvInMemory('p.csv', Buffer.from('username,access,role,title\nada,none,,\neve,,member,\nbo,,,Chief'));

  const mine = await importUsers(company.deps, by(company.ada), file, { dryRun: true });
  const lines = await linesOf(mine.id);
  expect(lines).toEqual([`ada refused ${own}`, 'eve updated', 'bo updated']);
  // What one admin checked, another applies.
  await applyChecked(company.deps, by(company.eve), mine.id);
  await workOnRun(company.deps, mine.id);
  expect(await linesOf(mine.id)).toEqual([`ada refused ${own}`, `eve refused ${own}`, 'bo updated']);
  expect(await user('ada')).toMatchObject({ role: 'admin', access: 'attendant_only' });
  expect(await user('eve')).toMatchObject({ role: 'admin' });
  expect(await user('bo')).toMatchObject({ title: 'Chief' });
});

test('one file at a time: the second is refused in words, and another company is not in the way', async () => {
  await stageFile(company.deps, cli(), csvInMemory('a.csv', Buffer.from(many(2))), { applies: false });
  expect(await refusal(run(many(2), true))).toContain('Another file is being worked on');
  const other = await testCompany({ numberless: true });
  expect(await importFile(other.deps, cli(other), 'username,title\nbo,Chief')).toMatchObject([{ outcome: 'updated' }]);
});

test('refused lines come back as a file that can be mended and sent again, with its PINs', async () => {
  const { id } = await run(
    csv('username,email,first_name,title,pin,default_backup', 'x,no address,X,=1+1,5937,-', 'y,y@maple.example,Y,,,'),
  );
  let file = '';
  for await (const piece of refusedFile(company.deps, await runOf(company.deps, company.tenantId, id), 'en'))
    file += piece;
  expect(file).toBe(
    'username,email,first_name,title,pin,default_backup,why\r\n' +
      "x,no address,X,'=1+1,5937,-,email is not an e-mail address.\r\n",
  );
  expect(await importFile(company.deps, cli(), file.replace('no address', 'x@maple.example'))).toMatchObject([
    { username: 'x', outcome: 'created' },
  ]);
  expect(await user('x')).toMatchObject({ title: '=1+1', pinHash: expect.any(String) });
  const stored = await company.db.importLine.findMany({ where: { run: { tenantId: company.tenantId } } });
  expect(JSON.stringify(stored)).not.toContain('5937');
});

test('the template imports nobody, and what is exported imports as unchanged', async () => {
  expect(await importFile(company.deps, cli(), templateFile('fr'))).toMatchObject([
    { outcome: 'skipped' },
    { outcome: 'skipped' },
  ]);
  const file = await exportTable(company.deps, company.tenantId, 'users', 'csv');
  const outcomes = new Set((await importFile(company.deps, cli(), `\ufeff${file}`)).map(({ outcome }) => outcome));
  expect([...outcomes]).toEqual(['unchanged']);
});

describe('In chat', () => {
  const file = (text: string) => ({ file: { fileName: 'team.csv', content: Buffer.from(text) } });

  test('an admin sends a file, sees what would come of it, applies it and takes it back', async () => {
    const card = await company.ask(company.ada, 'import');
    expect(buttonsOf(card).map(({ action }) => action)).toEqual(['admin.import', 'bulk.open']);
    await company.submit(company.ada, 'admin.import', file(csv('username,email,title', 'bo,,Chief', 'nobody,x,')));
    await company.work({ twice: true });
    const [preview] = company.cardsOf(company.ada);
    expect(textOf(preview)).toContain('Line 3, nobody: ');
    expect(await user('bo')).toMatchObject({ title: 'Sales' });

    await company.press(company.ada, preview, 'bulk.apply');
    await company.work({ twice: true });
    expect(await user('bo')).toMatchObject({ title: 'Chief' });
    const [applied, ...others] = company.cardsOf(company.ada);
    expect(others).toEqual([]);

    await company.press(company.ada, applied, 'bulk.revert');
    await company.work({ twice: true });
    expect(await user('bo')).toMatchObject({ title: 'Sales' });
    expect(textOf(company.cardsOf(company.ada)[0])).toContain('Reverted');
    expect((await company.audit()).map(({ event, actorId }) => [event, actorId])).toContainEqual([
      'import.applied',
      company.ada.id,
    ]);
  });

  test('a file that cannot be read is refused at its field', async () => {
    const answer = await company.submit(company.ada, 'admin.import', file('username,shoe_size\nbo,43'));
    expect(problemsOf(answer).file).toContain('Unknown column “shoe_size”');
  });

  test('nobody but admins sends files, and an admin who no longer is one applies nothing', async () => {
    const refused = await company.submit(company.ann, 'admin.import', file('username,title\nbo,Chief'));
    expect(textOf(refused)).toContain('You may not do this');
    await company.submit(company.ada, 'admin.import', file('username,title\nbo,Chief'));
    await company.work();
    await company.press(company.ada, company.cardsOf(company.ada)[0], 'bulk.apply');
    await company.db.user.update({ where: { id: company.ann.id }, data: { role: 'admin' } });
    await company.db.user.update({ where: { id: company.ada.id }, data: { role: 'member' } });
    await company.work();
    expect(await user('bo')).toMatchObject({ title: 'Sales' });
    expect((await lastRuns(company.deps, company.tenantId))[0]).toMatchObject({ status: 'failed' });
  });

  test('another company’s admin who knows the id of an import reaches nothing of it', async () => {
    const other = await testCompany({ numberless: true });
    const { id } = await run('username,title\nbo,Chief', true);
    const done = await run('username,title\nann,Chief');
    for (const [action, run] of [
      ['bulk.show', id],
      ['bulk.apply', id],
      ['bulk.revert', done.id],
    ] as const)
      expect(textOf(await other.click(other.ada, action, { run }))).toContain('no such import');
    expect(await user('bo')).toMatchObject({ title: 'Sales' });
    expect(await user('ann')).toMatchObject({ title: 'Chief' });
  });
});
