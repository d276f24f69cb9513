import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { formatCount } from '../../src/core/chat/phrasing.js';
import { makeUsers } from '../../src/core/members/onboarding/bring-in.js';
import { refreshMembers } from '../../src/core/members/sync/refresh-workspace-members.js';
import { type Company, testCompany } from '../support/company.js';
import type { ListedPeople } from '../support/members.js';
import { formOf, textOf } from '../support/read.js';

const users = 100_000;
/** More than the parameters of one statement. */
const away = 35_000;
const fresh = 65_000;
const written = (count: number) => formatCount('en', count);

let company: Company;
let listId: string;

/** A hundred thousand users, and as many members: employees who have left, and new people. */
beforeAll(async () => {
  company = await testCompany({ listed: ['chat'] });
  const { db, tenantId, ann } = company;
  const { platform, externalWorkspaceId } = ann.account;
  listId = (await db.workspace.findFirstOrThrow()).id;
  await db.$executeRaw`ALTER TABLE "User" DISABLE TRIGGER USER`;
  // In batches, because on a busy machine one statement could exceed its timeout.
  for (let from = 1; from <= users; from += 10_000)
    await db.$executeRaw`
      INSERT INTO "User" (id, "tenantId", username, email, "firstName", "lastName")
      SELECT gen_random_uuid(), ${tenantId}::uuid, 'e' || at, 'e' || at || '@maple.example', 'E', 'Number' || at
      FROM generate_series(${from}::int, ${from + 9_999}::int) AS at`;
  await db.$executeRaw`ALTER TABLE "User" ENABLE TRIGGER USER`;
  await db.$executeRaw`
    INSERT INTO "Account" (id, "tenantId", "userId", platform, "externalWorkspaceId", "accountId", "linkedBy")
    SELECT gen_random_uuid(), "tenantId", id, ${platform}, ${externalWorkspaceId}, username, 'email' FROM "User"
    WHERE "tenantId" = ${tenantId}::uuid AND username ~ '^e[0-9]+$' AND substr(username, 2)::int <= ${away}`;
  const told = randomUUID();
  await db.$executeRaw`
    INSERT INTO "Member" (id, "tenantId", platform, "externalWorkspaceId", "accountId", "displayName", "firstName",
      email,
      status, since, "seenAt", "reportId")
    SELECT gen_random_uuid(), ${tenantId}::uuid, ${platform}, ${externalWorkspaceId}, 'e' || at, 'E' || at, 'E',
      'e' || at || '@maple.example', 'left', now(), now(), ${told}::uuid FROM generate_series(1, ${away}::int) AS at
    UNION ALL
    -- Their usernames would be somebody's.
    SELECT gen_random_uuid(), ${tenantId}::uuid, ${platform}, ${externalWorkspaceId}, 'n' || at, 'N' || at, 'N',
      'e' || at || '@oak.example', 'present', now(), now(), NULL FROM generate_series(1, ${fresh}::int) AS at`;

  // A partial list, so that only returning members are written.
  const list = company.lists.chat as ListedPeople;
  list.extent = { kind: 'part', missing: 'the rest' };
  list.read = async (_workspace, onPage) => {
    for (let at = 1; at <= away; at += 1_000)
      await onPage(
        Array.from({ length: Math.min(1_000, away - at + 1) }, (_, more) => ({
          accountId: `e${at + more}`,
          is: 'member',
          displayName: `E${at + more}`,
          email: `e${at + more}@maple.example`,
        })),
      );
    return list.extent;
  };
}, 120_000);

describe('a hundred thousand people', { timeout: 120_000 }, () => {
  test('are read, and admins are told in one card of those who are new', async () => {
    const { db, ada } = company;
    await refreshMembers(company.deps, listId);
    expect(await db.memberList.findMany()).toMatchObject([{ attempts: 0, claimedAt: null, reportId: null }]);
    expect(await db.memberReport.findMany()).toMatchObject([{ newcomers: fresh, leavers: 0 }]);
    expect(await db.member.count({ where: { status: 'left' } })).toBe(0);
    await company.work();
    expect(company.cardsOf(ada).map(textOf)).toEqual([
      expect.stringContaining(`${written(fresh)} people are new and not in Attendant.`),
    ]);
  });

  test('are listed', async () => {
    const { ada } = company;
    const overview = textOf(await company.ask(ada, 'members'));
    expect(overview).toContain(
      `Members: ${written(users)}\nConnected with an employee: ${written(away)}\nNew: ${written(fresh)}`,
    );
    const last = await company.click(ada, 'members.new', { page: String(fresh / 10) });
    expect(textOf(last)).toContain('N9999 · e9999@oak.example');
  });

  test('are brought in, a portion at a time', async () => {
    const { ada, db } = company;
    const form = formOf(await company.click(ada, 'members.bring'));
    const said = await company.submit(ada, form, { whom: 'all', access: 'attendant_only', in_directory: true });
    expect(textOf(said)).toContain(`50 of ${written(fresh)} people were brought in.`);
    const [asked] = await db.bringIn.findMany();
    expect(await makeUsers(company.deps, asked?.id ?? '', 2)).toBe(100);
    const made = await db.user.findMany({
      where: { email: { endsWith: '@oak.example' } },
      include: { accounts: true },
    });
    expect(made).toHaveLength(150);
    expect(made.every(({ username, email, accounts }) => username === email && accounts.length === 1)).toBe(true);
  });
});
