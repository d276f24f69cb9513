import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import type { Deps } from '../../../src/core/deps.js';
import { UserError } from '../../../src/core/errors.js';
import { changeSetting } from '../../../src/core/settings/change-setting.js';
import { listTeamsBots, ownTeamsBot, removeTeamsBot, setTeamsBot } from '../../../src/core/teams-bots/teams-bots.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { type TeamsBots, teamsBots } from '../../../src/teams/bots.js';
import { teamsLogin } from '../../../src/teams/credentials-check.js';
import { teamsMembers } from '../../../src/teams/members.js';
import { teamsMessenger } from '../../../src/teams/messenger.js';
import { teamsClient, wordsOf } from '../../fakes/teams/client.js';
import { configFor, teamsListening } from '../../fakes/teams/listening.js';
import { type FakeTeams, fakeTeams } from '../../fakes/teams/teams.js';
import { wav } from '../../support/audio.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, type Person, testCompany } from '../../support/company.js';

/** A company, its Entra tenant, and the Azure bot that it registered there. */
interface Tenant {
  readonly company: Company;
  readonly entraTenantId: string;
  readonly bot: ReturnType<FakeTeams['register']>;
}

let teams: FakeTeams;
let maple: Tenant;
let birch: Tenant;
let deps: Deps;
let bots: TeamsBots;
let url: string;

beforeAll(async () => {
  teams = await fakeTeams();
  atTheEnd(() => teams.close());
  const tenantOf = async (options: { numberless?: boolean }): Promise<Tenant> => {
    const company = await testCompany({ platforms: ['teams'], ...options });
    await company.db.account.deleteMany({});
    const entraTenantId = randomUUID();
    return { company, entraTenantId, bot: teams.register(entraTenantId) };
  };
  maple = await tenantOf({});
  birch = await tenantOf({ numberless: true });
  await birch.company.db.user.update({ where: { id: birch.company.ann.id }, data: { firstName: 'Annabelle' } });

  const config = configFor(teams);
  bots = teamsBots(config, (key) => ownTeamsBot(maple.company.deps, key));
  const messenger = teamsMessenger(bots);
  deps = {
    ...maple.company.deps,
    teamsLogin: teamsLogin(config),
    messengers: { forPlatform: (platform) => (platform === 'teams' ? messenger : undefined) },
  };
  ({ url } = await teamsListening(deps, teams, bots));
});

const cli = ({ company }: Tenant) => installationActor(company.tenantId, 'cli');
const typed = ({ entraTenantId, bot }: Tenant) => ({
  appId: bot.appId,
  entraTenantId,
  type: 'SingleTenant',
  secret: bot.appPassword,
});
const set = (tenant: Tenant, changed: Partial<ReturnType<typeof typed>> = {}) =>
  setTeamsBot(deps, cli(tenant), { ...typed(tenant), ...changed });

/** The words with which something is refused. */
const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'not refused',
    (error: unknown) => (error instanceof UserError ? error.say(wordsIn('en')) : String(error)),
  );

/** A person of a company in Teams, whose address Microsoft vouches for. */
function clientOf({ entraTenantId, bot }: Tenant, person: Person, appId = bot.appId) {
  const accountId = entraIdOf(person);
  teams.addMember({
    id: teams.personIdOf(accountId, appId),
    aadObjectId: accountId,
    name: person.displayName,
    email: person.email,
  });
  return teamsClient(teams, url, { accountId, tenantId: entraTenantId, name: person.displayName, appId });
}
const entraIdOf = ({ id }: Person): string => id;

async function leaveMessage({ company }: Tenant, person: Person): Promise<void> {
  await receiveVoicemail(deps, installationActor(company.tenantId, 'api'), {
    sourceId: randomUUID(),
    mailbox: { userId: person.id },
    audio: wav(3),
    ani: '+14165550142',
  });
  await company.tasks.work(deps);
  await maple.company.tasks.work(deps);
}

describe('a company sets its bot', () => {
  test('until then nobody is answered, though Bot Framework signed for the bot', async () => {
    expect(await clientOf(birch, birch.company.bo).say('status')).toEqual({ status: 401, body: undefined });
  });

  test.each<[string, Partial<ReturnType<typeof typed>>, string]>([
    ['an app id that is none', { appId: 'attendant' }, 'The app id is a GUID'],
    ['a tenant by its domain', { entraTenantId: 'birch.onmicrosoft.com' }, 'The Entra tenant id is a GUID'],
    ['an unknown type', { type: 'UserAssignedMSI' }, 'The type is one of SingleTenant, MultiTenant'],
    ['the id of the secret', { secret: randomUUID() }, 'That is the id of the secret'],
    ['a secret of several lines', { secret: 'a\nb' }, 'That is no client secret'],
    ['a secret without end', { secret: 'x'.repeat(100_000) }, 'That is no client secret'],
    ['a wrong secret', { secret: 'wrong' }, 'Microsoft refuses this secret'],
    ['an app of another tenant', { entraTenantId: randomUUID() }, 'Microsoft finds no such app in this Entra tenant'],
  ])('%s is refused, and nothing is saved', async (_what, wrong, words) => {
    expect(await refusalOf(set(birch, wrong))).toContain(words);
    expect(await listTeamsBots(deps, birch.company.tenantId)).toEqual([]);
    expect(await birch.company.db.workspace.count({ where: { externalId: birch.entraTenantId } })).toBe(0);
  });

  test('the installation’s own app is nobody’s', async () => {
    expect(await refusalOf(set(birch, { appId: teams.appId.toUpperCase() }))).toContain('the whole installation');
  });

  test('while Microsoft’s login is away, nothing is saved', async () => {
    const away = teamsLogin({ ...configFor(teams), loginUrl: 'http://127.0.0.1:1' });
    const setting = setTeamsBot({ ...deps, teamsLogin: away }, cli(birch), typed(birch));
    expect(await refusalOf(setting)).toContain('does not answer');
  });

  test('then its people are known by their addresses and answered by that bot', async () => {
    await set(maple);
    await set(birch, { appId: birch.bot.appId.toUpperCase() });
    for (const tenant of [maple, birch]) {
      const bo = clientOf(tenant, tenant.company.bo);
      expect(await bo.say('status')).toMatchObject({ status: 200 });
      expect(wordsOf(bo.last().card)).toContain('You are in the office');
      expect(teams.logins).toContain(`${tenant.entraTenantId} ${tenant.bot.appId}`);
      expect(await tenant.company.db.account.findMany({ where: { accountId: entraIdOf(tenant.company.bo) } })).toEqual([
        expect.objectContaining({ userId: tenant.company.bo.id, externalWorkspaceId: tenant.entraTenantId }),
      ]);
    }
  });

  test('its secret is kept sealed, and is in no list and no line of the record', async () => {
    const row = await deps.db.teamsBot.findUniqueOrThrow({ where: { appId: birch.bot.appId } });
    expect(JSON.stringify(row)).not.toContain(birch.bot.appPassword);
    const lines = (await birch.company.audit()).filter(({ event }) => event.startsWith('teams-bot.'));
    expect(lines.map(({ event, after }) => [event, after])).toEqual([
      ['teams-bot.set', { app: birch.bot.appId, type: 'SingleTenant', entraTenant: birch.entraTenantId }],
    ]);
    const [listed] = await listTeamsBots(deps, birch.company.tenantId);
    expect(listed).toMatchObject({ appId: birch.bot.appId, entraTenantId: birch.entraTenantId, isReadable: true });
    expect(JSON.stringify([lines, listed])).not.toContain(birch.bot.appPassword);
  });

  test('another company can enter neither its Entra tenant nor its app', async () => {
    expect(await refusalOf(setTeamsBot(deps, cli(maple), typed(birch)))).toContain('belongs to another company');
    const second = teams.register(birch.entraTenantId);
    expect(await refusalOf(setTeamsBot(deps, cli(maple), { ...typed(birch), appId: second.appId }))).not.toBe(
      'not refused',
    );
    expect(await listTeamsBots(deps, maple.company.tenantId)).toHaveLength(1);
    expect(await refusalOf(removeTeamsBot(deps, cli(maple), birch.bot.appId))).toContain('has no such bot');
  });
});

describe('cards', () => {
  test('reach each company’s people from its own bot, and are updated by it', async () => {
    for (const tenant of [maple, birch]) {
      const bo = clientOf(tenant, tenant.company.bo);
      await leaveMessage(tenant, tenant.company.bo);
      const card = bo.last();
      expect(card.summary).toContain('Voicemail');
      await bo.press(card, 'voicemail.handled');
      await maple.company.tasks.work(deps);
      expect(wordsOf(card.card)).toContain(`Handled by ${tenant.company.bo.displayName}`);
    }
  });

  test('reach people who never wrote, in a chat that the bot of their company opens', async () => {
    const { company, entraTenantId, bot } = birch;
    const accountId = randomUUID();
    await company.db.account.create({
      data: {
        tenantId: company.tenantId,
        userId: company.ann.id,
        platform: 'teams',
        externalWorkspaceId: entraTenantId,
        accountId,
        linkedBy: 'admin',
        // The chat with a bot that the company had before.
        conversation: {
          serviceUrl: teams.serviceUrl,
          channelId: 'msteams',
          botId: `28:${teams.appId}`,
          userId: teams.personIdOf(accountId),
          conversationId: teams.chatOf(accountId),
        },
      },
    });
    await leaveMessage(birch, company.ann);
    expect(teams.messages(teams.chatOf(accountId))).toEqual([]);
    expect(teams.messages(teams.chatOf(accountId, bot.appId))).toHaveLength(1);
  });

  test('the members of a tenant are read with its own app', async () => {
    const before = teams.logins.length;
    teams.graph.add({ id: randomUUID(), mail: 'new@birch.example' });
    const list = teamsMembers(bots, deps.log);
    await list?.read({ externalWorkspaceId: birch.entraTenantId, places: [] }, async () => {});
    expect(teams.logins.slice(before)).toEqual([`${birch.entraTenantId} ${birch.bot.appId}`]);
  });
});

describe('an activity for one bot', () => {
  const mapleChat = () => teams.chatOf(entraIdOf(maple.company.bo), maple.bot.appId);
  const forged: [string, () => Record<string, unknown>][] = [
    ['that names another company’s tenant', () => ({ channelData: { tenant: { id: maple.entraTenantId } } })],
    ['that is addressed to another bot', () => ({ recipient: { id: `28:${maple.bot.appId}`, name: 'Attendant' } })],
  ];
  test.each(forged)('%s is refused', async (_what, changed) => {
    const before = teams.messages(mapleChat()).length;
    const bo = clientOf(birch, birch.company.bo);
    expect(await bo.send({ type: 'message', text: 'status', ...changed() })).toEqual({ status: 403, body: undefined });
    expect(teams.messages(mapleChat())).toHaveLength(before);
  });

  test('of another channel is refused: there the sender writes who they are', async () => {
    teams.rollKeys([]);
    onTestFinished(() => teams.rollKeys());
    const bo = clientOf(birch, birch.company.bo);
    const asked = { type: 'message', text: 'status' };
    expect(await bo.send({ ...asked, channelId: 'directline' })).toMatchObject({ status: 403 });
    expect(await bo.send(asked)).toMatchObject({ status: 200 });
  });

  test('is refused with the token of another bot', async () => {
    const bo = clientOf(birch, birch.company.bo);
    const token = teams.token({ aud: maple.bot.appId });
    expect(await bo.send({ type: 'message', text: 'status' }, token)).toMatchObject({ status: 403 });
    const shared = teams.token({ aud: teams.appId });
    expect(await bo.send({ type: 'message', text: 'status' }, shared)).toMatchObject({ status: 403 });
  });

  test('is refused from another service than the token’s', async () => {
    const bo = clientOf(birch, birch.company.bo);
    const elsewhere = { type: 'message', text: 'status', serviceUrl: 'https://smba.example/teams/' };
    expect(await bo.send(elsewhere)).toMatchObject({ status: 401 });
  });

  test('that names another company’s chat puts nothing there', async () => {
    const before = teams.messages(mapleChat()).length;
    const conversation = { id: mapleChat(), conversationType: 'personal', tenantId: birch.entraTenantId };
    const bo = clientOf(birch, birch.company.bo);
    await bo.send({ type: 'message', text: 'status', conversation });
    expect(teams.messages(mapleChat())).toHaveLength(before);
  });

  test('is not answered with what another company’s person was answered under the same ids', async () => {
    const conversation = { id: 'a:same', conversationType: 'personal' };
    const value = { parameters: [{ name: 'query', value: 'ann' }] };
    const search = { type: 'invoke', name: 'composeExtension/query', id: randomUUID(), conversation, value };
    const found = async (tenant: Tenant) => {
      const { company } = tenant;
      const from = { id: '29:same', name: 'Bo', aadObjectId: entraIdOf(company.bo) };
      return JSON.stringify((await clientOf(tenant, company.bo).send({ ...search, from })).body);
    };
    expect(await found(maple)).not.toContain('Annabelle');
    expect(await found(birch)).toContain('Annabelle');
  });
});

describe('the bot of the environment', () => {
  test('serves tenants without a bot of their own', async () => {
    const stranger = teamsClient(teams, url, { accountId: randomUUID(), tenantId: randomUUID(), name: 'Sam' });
    expect(await stranger.say('status')).toMatchObject({ status: 200 });
    expect(wordsOf(stranger.last().card)).toContain('not connected with a company');
  });

  test('gives a tenant over as soon as the company sets its own', async () => {
    const company = await testCompany({ platforms: ['teams'], numberless: true });
    await company.db.account.deleteMany({ where: { tenantId: company.tenantId } });
    const entraTenantId = randomUUID();
    const cedar: Tenant = { company, entraTenantId, bot: teams.register(entraTenantId) };
    // That it has no bot of its own is believed for a while from here on.
    expect(await clientOf(cedar, company.bo, teams.appId).say('status')).toMatchObject({ status: 200 });
    await set(cedar);
    const bo = clientOf(cedar, company.bo);
    expect(await bo.say('status')).toMatchObject({ status: 200 });
    expect(wordsOf(bo.last().card)).toContain('You are in the office');
  });

  test('need not exist', async () => {
    const config = { ...configFor(teams), identity: undefined };
    const own = teamsBots(config, (key) => ownTeamsBot(deps, key));
    const { url } = await teamsListening(deps, teams, own);
    const say = (appId: string, tenantId: string) =>
      teamsClient(teams, url, { accountId: entraIdOf(birch.company.bo), tenantId, name: 'Bo', appId }).say('status');
    expect(await say(birch.bot.appId, birch.entraTenantId)).toMatchObject({ status: 200 });
    expect(await say(teams.appId, randomUUID())).toMatchObject({ status: 401 });
  });
});

describe('the end of a bot', () => {
  const sayIt = () => clientOf(birch, birch.company.bo).say('status');
  const sent = () => teams.messages(clientOf(birch, birch.company.bo).conversationId).length;

  test('a new secret replaces the old one at once', async () => {
    const read = () =>
      teamsMembers(bots, deps.log)?.read({ externalWorkspaceId: birch.entraTenantId, places: [] }, async () => {});
    birch.bot.appPassword = 'another-secret-of-birch';
    await expect(read()).rejects.toMatchObject({ name: 'ListRefused', why: 'credentials' });
    await set(birch);
    await expect(read()).resolves.toEqual({ kind: 'whole' });
    expect(await sayIt()).toMatchObject({ status: 200 });
  });

  test('a disabled company’s bot answers nothing and writes nothing, and no other bot does in its place', async () => {
    const turn = (value: string) => changeSetting(deps, cli(birch), { userId: undefined, key: 'enabled' }, value);
    await turn('no');
    const before = sent();
    expect(await sayIt()).toMatchObject({ status: 401 });
    const shared = teams.token({ aud: teams.appId });
    const bo = clientOf(birch, birch.company.bo);
    expect(await bo.send({ type: 'message', text: 'status' }, shared)).toMatchObject({ status: 403 });
    const to = { platform: 'teams', address: '', externalWorkspaceId: birch.entraTenantId, accountId: 'bo' };
    const card = { title: 'Hello', summary: 'Hello', blocks: [] };
    const receipt = await deps.messengers.forPlatform('teams')?.send(to, card);
    expect(receipt).toEqual({ kind: 'unreachable', why: 'no_bot' });
    expect(sent()).toBe(before);
    await turn('yes');
    expect(await sayIt()).toMatchObject({ status: 200 });
  });

  test('a row that was copied to another company does not open there', async () => {
    const where = { appId: birch.bot.appId };
    await deps.db.teamsBot.update({ where, data: { tenantId: maple.company.tenantId } });
    expect(await sayIt()).toMatchObject({ status: 401 });
    await deps.db.teamsBot.update({ where, data: { tenantId: birch.company.tenantId } });
    expect(await sayIt()).toMatchObject({ status: 200 });
  });

  test('a removed bot is gone with its secret; the tenant and its people stay the company’s', async () => {
    await removeTeamsBot(deps, cli(birch), birch.bot.appId);
    expect(await deps.db.teamsBot.count({ where: { appId: birch.bot.appId } })).toBe(0);
    expect(await sayIt()).toMatchObject({ status: 401 });
    expect(await birch.company.db.workspace.count({ where: { externalId: birch.entraTenantId } })).toBe(1);
    const last = (await birch.company.audit()).at(-1);
    expect(last).toMatchObject({ event: 'teams-bot.removed', before: { app: birch.bot.appId } });
    expect(await clientOf(maple, maple.company.bo).say('status')).toMatchObject({ status: 200 });
  });
});
