import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import type { UserError } from '../../../src/core/errors.js';
import { changeSetting } from '../../../src/core/settings/change-setting.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { importFile } from '../../support/import.js';
import { textOf } from '../../support/read.js';

const platforms = ['slack', 'teams', 'web'] as const;

/**
 * The refusal of the later click, in either language: they are the last admin now, or the clicking admin has no access
 * any more.
 */
const refusal = /is the last admin|plus d’admin|not switched on for you|pas activé pour vous/;

let company: Company;
beforeEach(async () => {
  company = await testCompany({ platforms: [...platforms] });
});

/** The outcomes of a file's lines, with the reasons. */
async function imported(file: string, { dryRun = false } = {}): Promise<readonly string[]> {
  const cli = installationActor(company.tenantId, 'cli');
  const lines = await importFile(company.deps, cli, Buffer.from(file), { dryRun });
  return lines.map(({ username, outcome, why }) => `${username} ${outcome} ${why ?? ''}`.trim());
}

const userOf = ({ id }: Person) => company.db.user.findUniqueOrThrow({ where: { id } });
const makeAdmin = ({ id }: Person) => company.db.user.update({ where: { id }, data: { role: 'admin' } });
const admins = () => company.db.user.count({ where: { role: 'admin', access: { not: 'none' }, appAllowed: true } });

describe('the last admin', () => {
  test.each([
    ['access', 'none'],
    ['role', 'manager'],
    ['app_access', 'no'],
  ])('keeps %s whatever a CSV file says, and the dry run says so too', async (column, value) => {
    await company.db.tenant.updateMany({ data: { notificationType: 'email_with_attachment' } });
    const before = await userOf(company.ada);
    const file = `username,title,${column}\nada,Boss,${value}`;
    const refused = ['ada refused Ada Roy is the last admin. Make somebody else an admin first.'];
    expect(await imported(file, { dryRun: true })).toEqual(refused);
    expect(await imported(file)).toEqual(refused);
    expect(await userOf(company.ada)).toEqual(before);
  });

  test('of a file that demotes all of them is the one in the last of these lines', async () => {
    await makeAdmin(company.eve);
    expect(await imported('username,role\nada,member\nbo,manager\neve,member')).toEqual([
      'ada updated',
      'bo updated',
      'eve refused Ève Müller is the last admin. Make somebody else an admin first.',
    ]);
    expect(await userOf(company.eve)).toMatchObject({ role: 'admin' });
  });

  test('goes where the same file names another, in whichever line', async () => {
    expect(await imported('username,role\nada,member\neve,admin')).toEqual(['ada updated', 'eve updated']);
    expect(await userOf(company.eve)).toMatchObject({ role: 'admin' });
    expect(await imported('username,email,first_name,role\neve,,,member\nnew,new@maple.example,New,admin')).toEqual([
      'eve updated',
      'new created',
    ]);
  });

  test('keeps the app whatever `attendant settings` says', async () => {
    const cli = installationActor(company.tenantId, 'cli');
    const set = (person: Person) =>
      changeSetting(company.deps, cli, { key: 'appAccess', userId: person.id }, 'no').catch((error: UserError) =>
        error.say(wordsIn('en')),
      );
    expect(await set(company.ada)).toContain('Ada Roy is the last admin');
    expect(await userOf(company.ada)).toMatchObject({ appAllowed: true });
    expect((await company.audit()).map(({ event }) => event)).not.toContain('setting.changed');
    await company.db.tenant.updateMany({ data: { notificationType: 'email_with_attachment' } });
    expect(await set(company.bo)).toBe(true);
    await makeAdmin(company.eve);
    expect(await set(company.ada)).toBe(true);
  });

  test('is kept where two files demote two admins at the same moment', async () => {
    await makeAdmin(company.eve);
    const outcomes = await Promise.all(['ada', 'eve'].map((name) => imported(`username,role\n${name},member`)));
    expect(await admins()).toBe(1);
    expect(outcomes.flat().filter((outcome) => outcome.includes('is the last admin'))).toHaveLength(1);
  });

  test.each(platforms)('is kept where two admins deactivate each other on %s at the same moment', async (platform) => {
    const { ada, eve } = company;
    await makeAdmin(eve);
    const on = (person: Person): Person => ({ ...person, account: { ...person.account, platform } });
    /** They left by Slack's list; their other accounts show nothing. */
    const left = async (person: Person) => {
      const since = company.clock.now();
      const row = { ...person.account, tenantId: company.tenantId, status: 'left', since, seenAt: since };
      return (await company.db.member.create({ data: row })).id;
    };
    await company.db.$executeRaw`UPDATE "Account" SET "linkedBy" = platform WHERE platform <> 'slack'`;
    const [adasRow, evesRow] = [await left(ada), await left(eve)];

    const answers = await Promise.all([
      company.click(on(ada), 'members.deactivate', { member: evesRow }),
      company.click(on(eve), 'members.deactivate', { member: adasRow }),
    ]);

    expect(await admins()).toBe(1);
    const refused = answers.map(textOf).filter((text) => refusal.test(text));
    expect(refused).toHaveLength(1);
  });
});
