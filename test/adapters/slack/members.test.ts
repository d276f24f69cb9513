import { beforeEach, describe, expect, test } from 'vitest';
import { type ListedMember, ListRefused } from '../../../src/core/members/ports.js';
import { createLog } from '../../../src/log.js';
import { slackMembers } from '../../../src/slack/members.js';
import { botToken, type LocalSlack, signingSecret, startLocalSlack } from '../../fakes/slack/slack.js';
import { atTheEnd } from '../../support/clean-up.js';

const log = createLog({ level: 'silent', format: 'json' });

let slack: LocalSlack;
beforeEach(async () => {
  slack = await startLocalSlack();
  atTheEnd(() => slack.stop());
});

const list = (token = botToken) =>
  slackMembers({ botToken: token, apiUrl: slack.apiUrl, mode: { kind: 'http', signingSecret } }, log);

async function everybody(token?: string) {
  const members: ListedMember[] = [];
  const extent = await list(token).read({ externalWorkspaceId: 'T0LOCAL', places: [] }, async (page) => {
    members.push(...page);
  });
  return { members, extent };
}
const refusal = (reading: Promise<unknown>) =>
  reading.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('Slack’s list of members', () => {
  test('is read whole, page by page', async () => {
    for (let at = 0; at < 2_500; at += 1) slack.workspace.addUser({ id: `U${at}`, email: `p${at}@maple.example` });
    const { members, extent } = await everybody();
    expect(extent).toEqual({ kind: 'whole' });
    expect(new Set(members.map(({ accountId }) => accountId)).size).toBe(2_500);
    const calls = slack.workspace.calls.filter(({ method }) => method === 'users.list');
    expect(calls).toHaveLength(5);
    for (const { args } of calls) expect(Number(args.limit)).toBeLessThanOrEqual(1_000);
  });

  test('says of each what the workspace vouches for', async () => {
    slack.workspace.addUser({
      id: 'U1',
      realName: '<!channel> *Zoë* :smile:',
      firstName: '<!channel>',
      lastName: '*Zoë*',
      title: 'Sales & <more>',
      email: 'zoe@maple.example',
      locale: 'fr-CA',
      tz: 'Europe/Paris',
    });
    slack.workspace.addUser({ id: 'U2', email: 'hasty@maple.example', isEmailConfirmed: false });
    const { members } = await everybody();
    expect(members).toMatchObject([
      {
        accountId: 'U1',
        is: 'member',
        displayName: '<!channel> *Zoë* :smile:',
        firstName: '<!channel>',
        lastName: '*Zoë*',
        title: 'Sales & <more>',
        email: 'zoe@maple.example',
        locale: 'fr-CA',
        timeZone: 'Europe/Paris',
      },
      { accountId: 'U2', is: 'member', email: undefined },
    ]);
  });

  test('tells who is none of the workspace’s own people, and who left', async () => {
    const { workspace } = slack;
    workspace.addUser({ id: 'UBOT', isBot: true });
    workspace.addUser({ id: 'USLACKBOT' });
    workspace.addUser({ id: 'UGUEST', isGuest: true });
    workspace.addUser({ id: 'UASKED', isInvited: true });
    workspace.addUser({ id: 'UELSE', isStranger: true, email: 'bo@maple.example' });
    workspace.addUser({ id: 'UGONE', deleted: true });
    const { members } = await everybody();
    expect(members.map(({ accountId, is }) => `${accountId} ${is}`)).toEqual([
      'UBOT outside',
      'USLACKBOT outside',
      'UGUEST outside',
      'UASKED outside',
      'UELSE outside',
      'UGONE left',
    ]);
    expect(members.every(({ email }) => email === undefined)).toBe(true);
  });

  test('waits as long as Slack asks', async () => {
    slack.workspace.addUser({ id: 'U1' });
    slack.limit('users.list', 1);
    const begun = performance.now();
    expect((await everybody()).members).toHaveLength(1);
    expect(performance.now() - begun).toBeGreaterThan(900);
  });

  test('says which permission is missing', async () => {
    slack.workspace.addUser({ id: 'U1', email: 'u1@maple.example' });
    slack.workspace.scopes.delete('users:read.email');
    expect(await everybody()).toMatchObject({
      extent: { kind: 'whole', missing: 'users:read.email' },
      members: [{ email: undefined }],
    });
    slack.workspace.scopes.delete('users:read');
    expect(await refusal(everybody())).toMatchObject({
      name: 'ListRefused',
      why: 'permission',
      permission: 'users:read',
    });
  });

  test('says that the token is no good, and leaves to later what may pass', async () => {
    expect(await refusal(everybody('xoxb-wrong'))).toMatchObject({ why: 'credentials' });
    slack.fail('users.list', 'fatal_error', 9);
    expect(await refusal(everybody())).not.toBeInstanceOf(ListRefused);
  });

  test('breaks off where a page is refused, and hands over no end', async () => {
    for (let at = 0; at < 900; at += 1) slack.workspace.addUser({ id: `U${at}` });
    const seen: string[] = [];
    const reading = list().read({ externalWorkspaceId: 'T0LOCAL', places: [] }, async (page) => {
      seen.push(...page.map(({ accountId }) => accountId));
      // The person with whom the next page begins is gone, and so is the cursor.
      slack.workspace.users.delete('U500');
    });
    expect(await refusal(reading)).toMatchObject({ data: { error: 'invalid_cursor' } });
    expect(seen).toHaveLength(500);
  });

  test('knows one of them', async () => {
    slack.workspace.addUser({ id: 'U1', realName: 'Una', email: 'una@maple.example' });
    const key = { platform: 'slack', externalWorkspaceId: 'T0LOCAL', accountId: 'U1' };
    expect(await list().readMember?.(key)).toMatchObject({ accountId: 'U1', is: 'member', displayName: 'Una' });
    expect(await list().readMember?.({ ...key, accountId: 'U9' })).toBeUndefined();
  });
});
