import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { beforeAll, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { readEnvironment } from '../../../src/env.js';
import { root } from '../../../src/root-folder.js';
import { teamsBots } from '../../../src/teams/bots.js';
import { teamsAdapter } from '../../../src/teams/listen.js';
import { teamsMessenger } from '../../../src/teams/messenger.js';
import { teamsClient, wordsOf } from '../../fakes/teams/client.js';
import { configFor, teamsListening } from '../../fakes/teams/listening.js';
import { type FakeTeams, fakeTeams } from '../../fakes/teams/teams.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';

const entraTenant = 'B7A1C0DE-1111-4222-8333-ABCDEFABCDEF';
let teams: FakeTeams;
let company: Company;

beforeAll(async () => {
  teams = await fakeTeams();
  atTheEnd(() => teams.close());
});

/** A company with Teams listening; MICROSOFT_APP_TENANT_ID names `ownTenant`. */
async function listening({ ownTenant }: { ownTenant: string | undefined }) {
  company = await testCompany({ platforms: ['teams'], ownDatabase: true });
  const bots = teamsBots(configFor(teams, ownTenant));
  const deps = { ...company.deps, messengers: { forPlatform: () => teamsMessenger(bots) } };
  const { url } = await teamsListening(deps, teams, bots);
  const client = (accountId: string, tenantId: string, name: string) =>
    teamsClient(teams, url, { accountId, tenantId, name });
  return { deps, client };
}

const platformWorkspaces = () => company.db.workspace.findMany({ where: { platform: 'teams' } });

describe('a Microsoft tenant that nobody has linked', () => {
  test('is not taken for the company’s because it writes first, whatever addresses it shows', async () => {
    const { client } = await listening({ ownTenant: undefined });
    await company.db.workspace.deleteMany();
    const stranger = randomUUID();
    teams.addMember({ id: `29:${stranger}`, aadObjectId: stranger, name: 'Mallory', email: 'ada@maple.example' });
    const mallory = client(stranger, randomUUID(), 'Mallory');
    await mallory.say('members');
    expect(wordsOf(mallory.last().card)).toContain('not connected with a company');
    expect(await platformWorkspaces()).toEqual([]);
    expect(await company.db.account.count({ where: { accountId: stranger } })).toBe(0);
  });

  test('is the company’s when MICROSOFT_APP_TENANT_ID names it, in capitals too', async () => {
    const { client } = await listening({ ownTenant: entraTenant });
    const bo = randomUUID();
    teams.addMember({ id: `29:${bo}`, aadObjectId: bo, name: 'Bo Chen', email: 'bo@maple.example' });
    const typing = client(bo.toUpperCase(), entraTenant, 'Bo Chen');
    await typing.say('status');
    expect(wordsOf(typing.last().card)).toContain('You are in the office');
    expect((await platformWorkspaces()).map(({ externalId }) => externalId)).toContain(entraTenant.toLowerCase());

    await client(bo, entraTenant.toLowerCase(), 'Bo Chen').say('status');
    const externalWorkspaceId = entraTenant.toLowerCase();
    expect(await company.db.account.findMany({ where: { platform: 'teams', externalWorkspaceId } })).toMatchObject([
      { accountId: bo, userId: company.bo.id },
    ]);
  });
});

test('A person who writes from another service address gets one card, at the last address', async () => {
  const { deps, client } = await listening({ ownTenant: undefined });
  const { accountId, externalWorkspaceId } = company.ann.account;
  const ann = client(accountId, externalWorkspaceId, company.ann.displayName);
  await ann.say('status');
  const moved = teams.serviceUrl.replace('127.0.0.1', 'localhost');
  await ann.send({ type: 'message', text: 'status', serviceUrl: moved }, teams.token({ serviceurl: moved }));
  await expect
    .poll(async () => (await company.db.account.findFirst({ where: { accountId } }))?.conversation)
    .toMatchObject({ serviceUrl: moved });

  const before = teams.messages(ann.conversationId).length;
  await receiveVoicemail(deps, installationActor(company.tenantId, 'api'), {
    sourceId: 'moved',
    mailbox: { userId: company.ann.id },
    audio: await readFile(`${root}prisma/seed/voicemail-en.mp3`),
  });
  await company.tasks.work(deps);
  expect(teams.messages(ann.conversationId)).toHaveLength(before + 1);
  expect(teams.hosts.at(-1)).toBe(new URL(moved).host);
});

test('The message extension gives the next people for each page, and none after the last', async () => {
  const { client } = await listening({ ownTenant: undefined });
  const named = Array.from({ length: 40 }, (_, n) => `Pat ${String.fromCharCode(65 + (n % 26))}${n} Marchand`);
  await company.db.user.createMany({
    data: named.map((name, n) => ({
      tenantId: company.tenantId,
      username: `pat${n}`,
      email: `pat${n}@maple.example`,
      firstName: name.split(' ').slice(0, 2).join(' '),
      lastName: 'Marchand',
    })),
  });
  const ann = client(company.ann.account.accountId, company.ann.account.externalWorkspaceId, company.ann.displayName);
  const page = async (typed: string, skip: number, count: number): Promise<readonly string[]> => {
    const { body } = await ann.invoke('composeExtension/query', {
      commandId: 'findPerson',
      parameters: [{ name: 'query', value: typed }],
      queryOptions: { skip, count },
    });
    const { attachments = [] } = (body as { composeExtension: { attachments?: readonly Previewed[] } })
      .composeExtension;
    return attachments.map(({ preview }) => preview.content.title);
  };
  await expect.poll(() => page('marchand', 0, 25), { timeout: 15_000 }).toHaveLength(25);
  const seen = [...(await page('marchand', 0, 25)), ...(await page('marchand', 25, 25))];
  expect(new Set(seen).size).toBe(40);
  expect(await page('marchand', 10, 5)).toEqual(seen.slice(10, 15));
  expect(await page('marchand', 50, 25)).toEqual([]);
  expect(await page('', 100, 25)).toEqual([]);
  expect(await page('marchand', -1, Number.NaN)).toHaveLength(25);
});

interface Previewed {
  readonly preview: { readonly content: { readonly title: string } };
}

describe('TEAMS_ANONYMOUS', () => {
  const post = async (headers: Record<string, string>) => {
    const { teams: config } = readEnvironment({ TEAMS_ANONYMOUS: '1' });
    if (!config) throw new Error('Teams is off');
    const { router } = teamsAdapter(
      (await testCompany({ platforms: ['teams'], ownDatabase: true })).deps,
      teamsBots(config),
    );
    const server = express()
      .use(router ?? [])
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
    atTheEnd(() => new Promise((done) => server.close(done)));
    const { port } = server.address() as AddressInfo;
    const { request } = await import('undici');
    const { statusCode } = await request(`http://127.0.0.1:${port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    });
    return statusCode;
  };

  test.each([
    ['x-forwarded-for', '203.0.113.7'],
    ['forwarded', 'for=203.0.113.7'],
    ['x-real-ip', '203.0.113.7'],
    ['via', '1.1 proxy'],
    ['host', 'attendant.example.com'],
  ])('refuses what comes through a proxy, as %s shows', async (name, value) => {
    expect(await post({ [name]: value })).toBe(403);
  });

  test.each([
    ['origin', 'https://evil.example'],
    ['origin', 'null'],
    ['sec-fetch-site', 'cross-site'],
  ])('refuses what a page in a browser of this machine sends, as %s: %s shows', async (name, value) => {
    expect(await post({ [name]: value, 'content-type': 'text/plain' })).toBe(403);
  });

  // Node’s `fetch` and Electron: Microsoft’s local clients are made of these.
  test.each([{}, { 'sec-fetch-mode': 'cors' }, { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'no-cors' }])(
    'takes what a program of this machine sends: %j',
    async (headers) => {
      expect(await post(headers as Record<string, string>)).toBe(400);
    },
  );
});
