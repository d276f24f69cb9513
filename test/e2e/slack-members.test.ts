import { beforeEach, describe, expect, test, vi } from 'vitest';
import { refreshMembers } from '../../src/core/members/sync/refresh-workspace-members.js';
import { described } from '../fakes/slack/methods.js';
import { type SlackCompany, slackCompany } from '../support/slack.js';

let at: SlackCompany;
beforeEach(async () => {
  at = await slackCompany();
});

/** Send a signed event, as Slack does when a person joined or changed. */
const tell = (type: 'team_join' | 'user_change', id: string) => {
  const user = at.slack.workspace.users.get(id);
  if (!user) throw new Error(`nobody ${id}`);
  return at.slack.event({ type, user: described(at.slack.workspace, user) });
};
const looks = () => at.slack.workspace.calls.filter(({ method }) => method === 'users.info').length;
const readList = async () => {
  const workspace = await at.company.db.workspace.findFirstOrThrow();
  await refreshMembers(at.deps, workspace.id);
};

describe('Slack tells of somebody', () => {
  test('who is new: within seconds they are linked, or listed', async () => {
    const { company, slack } = at;
    const { tenantId } = company;
    await company.db.user.create({
      data: { tenantId, username: 'nia', email: 'nia@maple.example', firstName: 'Nia', lastName: 'New' },
    });
    slack.workspace.addUser({ id: 'UNIA', realName: 'Nia New', email: 'Nia@maple.example', locale: 'fr-CA' });
    slack.workspace.addUser({ id: 'UNEMO', realName: 'Nemo <@U1>', email: 'nemo@maple.example' });
    expect(await tell('team_join', 'UNIA')).toMatchObject({ status: 200 });
    await tell('team_join', 'UNIA');
    await tell('team_join', 'UNEMO');
    company.clock.forward({ seconds: 5 });
    await at.work();

    expect(await company.db.account.findMany({ where: { accountId: 'UNIA' } })).toMatchObject([
      { linkedBy: 'email', locale: 'fr-CA' },
    ]);
    expect(looks()).toBe(2);
    await slack.slash(company.ada.account.accountId, 'members');
    const shown = await slack.workspace.until(() => slack.ephemeralTo(company.ada.account.accountId).at(-1));
    expect(JSON.stringify(shown.blocks)).toContain('Slack');
  });

  test('who only goes to lunch: nobody is asked', async () => {
    await readList();
    const before = looks();
    for (let times = 0; times < 5; times += 1) await tell('user_change', at.company.ann.account.accountId);
    at.company.clock.forward({ seconds: 5 });
    await at.work();
    expect(looks()).toBe(before);
  });

  test('who left: the card comes with the next list, and its buttons do what they say', async () => {
    const { company, slack } = at;
    const { ada, ann } = company;
    await readList();
    const user = slack.workspace.users.get(ann.account.accountId);
    if (user) user.deleted = true;
    await tell('user_change', ann.account.accountId);
    company.clock.forward({ hours: 27 });
    await at.work();
    await readList();
    await at.work();
    const card = await slack.workspace.until(() =>
      slack.directOf(ada.account.accountId).find(({ blocks }) => JSON.stringify(blocks).includes('Ann Baker')),
    );
    await slack.click(ada.account.accountId, card, 'members.deactivate');
    await slack.workspace.until(() => JSON.stringify(card.blocks).includes('deactivated'));
    expect(await company.db.user.findUnique({ where: { id: ann.id } })).toMatchObject({
      access: 'none',
      extension: '101',
    });
  });

  test('whom the database cannot note: Slack is asked to tell again', async () => {
    at.slack.workspace.addUser({ id: 'UNIA', email: 'nia@maple.example' });
    const { db } = at.company;
    const failed = vi.spyOn(at.deps.log, 'error').mockReturnValue();
    await db.$executeRaw`ALTER TABLE "Member" RENAME TO "Member_away"`;
    expect(await tell('team_join', 'UNIA')).toMatchObject({ status: 500 });
    expect(failed).toHaveBeenCalledExactlyOnceWith(expect.anything(), 'slack request failed');
    failed.mockRestore();
    await db.$executeRaw`ALTER TABLE "Member_away" RENAME TO "Member"`;
    expect(await tell('team_join', 'UNIA')).toMatchObject({ status: 200 });
    expect(await db.member.count()).toBe(1);
  });
});
