import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type KnownPlace, type ListedMember, ListRefused } from '../../../src/core/members/ports.js';
import type { BotConfig } from '../../../src/env.js';
import { createLog } from '../../../src/log.js';
import { teamsBots } from '../../../src/teams/bots.js';
import { teamsMembers } from '../../../src/teams/members.js';
import { configFor } from '../../fakes/teams/listening.js';
import { type FakeTeams, fakeTeams } from '../../fakes/teams/teams.js';
import { atTheEnd } from '../../support/clean-up.js';

const log = createLog({ level: 'silent', format: 'json' });
const tenantId = randomUUID();

let teams: FakeTeams;
beforeEach(async () => {
  teams = await fakeTeams();
  atTheEnd(() => teams.close());
});

const list = (config: Partial<BotConfig> = {}) => {
  const made = teamsMembers(teamsBots({ ...configFor(teams), ...config }), log);
  if (!made) throw new Error('no list');
  return made;
};
async function everybody(places: readonly KnownPlace[] = [], from = list()) {
  const members: ListedMember[] = [];
  const extent = await from.read({ externalWorkspaceId: tenantId, places }, async (page) => void members.push(...page));
  return { members, extent };
}
const refusal = (reading: Promise<unknown>) =>
  reading.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('Microsoft’s list of a tenant’s members', () => {
  test('is read whole, page by page, with one token', async () => {
    for (let at = 0; at < 2_500; at += 1) teams.graph.add({ id: `g${at}`, mail: `p${at}@maple.example` });
    const { members, extent } = await everybody();
    expect(extent).toEqual({ kind: 'whole' });
    expect(new Set(members.map(({ accountId }) => accountId)).size).toBe(2_500);
    expect(members.at(-1)).toMatchObject({ accountId: 'g2499', is: 'member', email: 'p2499@maple.example' });
    expect(teams.graph.requests).toHaveLength(3);
  });

  test('says of each what the company vouches for', async () => {
    const { graph } = teams;
    graph.add({
      id: 'zoe',
      displayName: '<b>Zoë</b> *O’Neil*',
      givenName: '<b>Zoë</b>',
      surname: '*O’Neil*',
      mail: 'zoe@maple.example',
      userPrincipalName: 'zoe@maple.example',
      jobTitle: 'Sales & <more>',
      preferredLanguage: 'fr-CA',
    });
    graph.add({ id: 'signs-in', mail: null, userPrincipalName: 'bo@maple.example', userType: null });
    graph.add({ id: 'fallback', mail: null, userPrincipalName: 'cleo@maple.onmicrosoft.com' });
    graph.add({ id: 'guest', userType: 'Guest', mail: 'ann@maple.example' });
    graph.add({ id: 'gone', accountEnabled: false, displayName: 'Gone', mail: 'gone@maple.example' });
    expect((await everybody()).members).toMatchObject([
      {
        accountId: 'zoe',
        is: 'member',
        displayName: '<b>Zoë</b> *O’Neil*',
        firstName: '<b>Zoë</b>',
        lastName: '*O’Neil*',
        email: 'zoe@maple.example',
        title: 'Sales & <more>',
        locale: 'fr-CA',
      },
      { accountId: 'signs-in', is: 'member', email: 'bo@maple.example' },
      { accountId: 'fallback', is: 'member', email: undefined },
      { accountId: 'guest', is: 'outside', email: undefined },
      { accountId: 'gone', is: 'left' },
    ]);
  });

  test('waits as long as Graph asks, and breaks off where it fails', async () => {
    teams.graph.add({ id: 'ann' });
    teams.graph.limited = { times: 1, retryAfterSeconds: 1 };
    const begun = performance.now();
    expect((await everybody()).members).toHaveLength(1);
    expect(performance.now() - begun).toBeGreaterThan(900);
    teams.graph.failing = 500;
    const error = await refusal(everybody());
    expect(error).not.toBeInstanceOf(ListRefused);
    expect(error).toMatchObject({ statusCode: 500 });
  });

  test('shows its token to nobody but Graph', async () => {
    for (let at = 0; at < 1_000; at += 1) teams.graph.add({ id: `g${at}` });
    const thief = await fakeTeams();
    atTheEnd(() => thief.close());
    teams.graph.lure = thief.graphUrl;
    expect(await refusal(everybody())).toMatchObject({ message: 'the next page is not where Graph is' });
    expect(thief.graph.requests).toEqual([]);
  });

  test('is not had with a wrong secret, nor by a bot without any', async () => {
    const { identity } = configFor(teams);
    if (identity.kind !== 'app') throw new Error('no app');
    const wrong = list({ identity: { ...identity, appPassword: 'wrong' } });
    expect(await refusal(everybody([], wrong))).toMatchObject({ name: 'ListRefused', why: 'credentials' });
    expect(teamsMembers(teamsBots({ ...configFor(teams), identity: { kind: 'anonymous' } }), log)).toBeUndefined();
  });
});

describe('without an administrator’s consent', () => {
  const place = (placeId: string): KnownPlace => ({
    placeId,
    conversation: {
      serviceUrl: teams.serviceUrl,
      channelId: 'msteams',
      botId: `28:${teams.appId}`,
      userId: '29:somebody',
      tenantId,
    },
  });

  test('the teams that Attendant is in are read, and it is said that this is not everybody', async () => {
    teams.graph.granted = false;
    teams.rosters.set(
      '19:big@thread.tacv2',
      Array.from({ length: 1_200 }, (_, at) => ({
        id: `29:${at}`,
        aadObjectId: `aad-${at}`,
        name: `Person ${at}`,
        email: `p${at}@maple.example`,
      })),
    );
    teams.rosters.set('19:small@thread.tacv2', [
      { id: '29:a', aadObjectId: 'aad-0', name: 'Person 0', userPrincipalName: 'p0@maple.example', userRole: 'user' },
      { id: '29:g', aadObjectId: 'aad-guest', name: 'Guest', email: 'bo@maple.example', userRole: 'guest' },
      { id: '29:x', name: 'Nobody' },
      { id: '29:f', aadObjectId: 'aad-fallback', name: 'Cleo', userPrincipalName: 'cleo@maple.onmicrosoft.com' },
      { id: '29:h', aadObjectId: 'aad-other', name: 'Hal', email: 'hal@maple.onmicrosoft.com' },
    ]);
    const places = ['19:gone@thread.tacv2', '19:big@thread.tacv2', '19:small@thread.tacv2'].map(place);
    const { members, extent } = await everybody([...places, { placeId: 'odd', conversation: 'odd' }]);
    expect(extent).toEqual({ kind: 'part', missing: 'User.Read.All' });
    expect(new Set(members.map(({ accountId }) => accountId)).size).toBe(1_203);
    expect(members.slice(-4)).toMatchObject([
      { accountId: 'aad-0', is: 'member', email: 'p0@maple.example' },
      { accountId: 'aad-guest', is: 'outside', email: undefined },
      { accountId: 'aad-fallback', is: 'member', email: undefined },
      { accountId: 'aad-other', is: 'member', email: undefined },
    ]);
  });

  test.each([
    ['the permission', () => Object.assign(teams.graph, { granted: false })],
    ['the app itself', () => teams.strangers.add(tenantId)],
  ])('in no team either: it says what is missing (%s)', async (_what, withhold) => {
    withhold();
    const refused = { name: 'ListRefused', why: 'permission', permission: 'User.Read.All' };
    expect(await refusal(everybody())).toMatchObject(refused);
    expect(await refusal(everybody([place('19:gone@thread.tacv2')]))).toMatchObject(refused);
  });

  test('a roster that may come later is not taken for none', async () => {
    teams.graph.granted = false;
    teams.rosters.set('19:team@thread.tacv2', []);
    teams.trouble({ status: 500, code: 'ServiceError', times: 9 });
    expect(await refusal(everybody([place('19:team@thread.tacv2')]))).not.toBeInstanceOf(ListRefused);
  });
});
