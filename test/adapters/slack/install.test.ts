import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeCode } from '../../../src/core/accounts/workspace-code.js';
import { keepToken, tokenOfWorkspace } from '../../../src/core/accounts/workspace-credentials.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { Deps } from '../../../src/core/deps.js';
import { openSealedText, sealText } from '../../../src/core/sealed-text.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import type { SlackConfig } from '../../../src/env.js';
import { installedMembers, installedMessenger } from '../../../src/slack/installed-workspaces.js';
import { slackAdapter } from '../../../src/slack/listen.js';
import { rememberedTokens, type SlackTokens } from '../../../src/slack/workspaces.js';
import { clientId, clientSecret } from '../../fakes/slack/oauth.js';
import { type LocalSlack, signingSecret, startLocalSlack } from '../../fakes/slack/slack.js';
import { Workspace } from '../../fakes/slack/workspace.js';
import { wav } from '../../support/audio.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { eventually } from '../../support/eventually.js';

const publicUrl = 'https://attendant.example';
const redirectUri = `${publicUrl}/slack/oauth_redirect`;

let maple: Company;
let birch: Company;
let deps: Deps;
let slack: LocalSlack;
let tokens: SlackTokens;
let url: string;
beforeAll(async () => {
  maple = await testCompany({ platforms: ['slack'] });
  birch = await testCompany({ platforms: ['slack'], numberless: true });
  slack = await startLocalSlack(maple.ann.account.externalWorkspaceId);
  atTheEnd(() => slack.stop());
  slack.oauth.revoke('xoxb-local');
  fill(slack.workspace, maple);

  tokens = rememberedTokens((externalWorkspaceId) =>
    tokenOfWorkspace(maple.deps, { platform: 'slack', externalWorkspaceId }),
  );
  const config: SlackConfig = {
    oauth: { clientId, clientSecret, stateSecret: randomUUID() + randomUUID() },
    apiUrl: slack.apiUrl,
    mode: { kind: 'http', signingSecret },
  };
  const { log, audio } = maple.deps;
  const messenger = installedMessenger(config, tokens, {
    log,
    playable: async ({ fileName, ...recording }) => ({ fileName, content: (await audio.playable(recording)).content }),
  });
  const list = installedMembers(config, tokens, log);
  deps = {
    ...maple.deps,
    publicUrl,
    messengers: { forPlatform: (platform) => (platform === 'slack' ? messenger : undefined) },
    memberLists: { platforms: ['slack'], forPlatform: () => list },
  };
  const adapter = slackAdapter(deps, config, tokens);
  const app = express();
  if (adapter.router) app.use(adapter.router);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  atTheEnd(async () => {
    await adapter.stop?.();
    server.closeAllConnections();
    server.close();
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  slack.connect(`${url}/slack/events`);
});

function fill(workspace: Workspace, company: Company): void {
  for (const { account, email, displayName } of [company.ada, company.ann, company.bo])
    workspace.addUser({ id: account.accountId, email, realName: displayName });
}

/** A browser goes to Slack's page; returns the state and the cookie. */
async function begin() {
  const response = await fetch(`${url}/slack/install`, { redirect: 'manual' });
  const location = new URL(response.headers.get('location') ?? '');
  const cookie = response.headers.get('set-cookie') ?? '';
  return { status: response.status, location, cookie, state: location.searchParams.get('state') ?? '' };
}

async function comeBack(query: Record<string, string>, cookie: string, language = 'en') {
  const response = await fetch(`${url}/slack/oauth_redirect?${new URLSearchParams(query)}`, {
    headers: { cookie: cookie.split(';')[0] ?? '', 'accept-language': language },
  });
  return { status: response.status, page: await response.text() };
}

async function install(workspace: Workspace) {
  const { state, cookie } = await begin();
  return comeBack({ code: slack.oauth.allow(workspace, redirectUri), state }, cookie);
}

const tokenIn = (externalWorkspaceId: string) => tokenOfWorkspace(deps, { platform: 'slack', externalWorkspaceId });

/** A person writes to the app in direct messages. */
const write = (workspace: Workspace, user: string, text: string) =>
  slack.deliver(
    {
      type: 'event_callback',
      team_id: workspace.teamId,
      event: { type: 'message', channel_type: 'im', user, text, channel: `D-${user}`, ts: workspace.ts() },
    },
    'json',
  );
const event = (workspace: Workspace, type: string, more = {}, time = {}) =>
  slack.deliver({ type: 'event_callback', team_id: workspace.teamId, ...time, event: { type, ...more } }, 'json');
const messagesIn = (workspace: Workspace) => workspace.messages;

describe('a workspace installs the app', () => {
  test('the way to Slack asks for the scopes of the manifest, with a state bound to the browser', async () => {
    const { status, location, cookie, state } = await begin();
    expect(status).toBe(302);
    expect(location.origin + location.pathname).toBe('https://slack.com/oauth/v2/authorize');
    expect(location.searchParams.get('scope')).toContain('chat:write');
    expect(location.searchParams.get('redirect_uri')).toBe(redirectUri);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/Secure/);
    expect(cookie).toContain(state);
  });

  test('before it, its people are not answered; after it they are, and its token is kept sealed', async () => {
    expect(await write(slack.workspace, maple.ann.account.accountId, 'help')).toMatchObject({ status: 200 });
    expect(messagesIn(slack.workspace)).toEqual([]);

    const { status, page } = await install(slack.workspace);
    expect(status).toBe(200);
    expect(page).toContain('Attendant is installed');
    expect(page).not.toContain('<workspace');
    await write(slack.workspace, maple.ann.account.accountId, 'help');
    await eventually(() => expect(messagesIn(slack.workspace)).toHaveLength(1));

    const token = await tokenIn(slack.workspace.teamId);
    expect(token).toMatch(/^xoxb-/);
    const [row] = await deps.db.workspaceCredential.findMany({ where: { externalId: slack.workspace.teamId } });
    expect(JSON.stringify(row)).not.toContain(token);
  });

  test('cards go to each company’s own workspace, with its own token, and its people are listed with it', async () => {
    const second = new Workspace(birch.ann.account.externalWorkspaceId);
    fill(second, birch);
    await install(second);
    const before = messagesIn(slack.workspace).length;
    await leaveMessage(birch, birch.ann);
    await eventually(() => expect(messagesIn(second).length).toBeGreaterThan(0));
    expect(messagesIn(slack.workspace)).toHaveLength(before);

    const pages: string[] = [];
    await deps.memberLists
      .forPlatform('slack')
      ?.read(
        { externalWorkspaceId: second.teamId, places: [] },
        async (members) => void pages.push(...members.map(({ email }) => email ?? '')),
      );
    expect(pages).toContain(birch.ann.email);
  });

  test('a new workspace belongs to nobody until a code connects it', async () => {
    const third = new Workspace('T0THIRD');
    third.addUser({ id: 'U0NEW', email: maple.bo.email, realName: 'Bo Chen' });
    await install(third);
    await write(third, 'U0NEW', 'help');
    await eventually(() => expect(messagesIn(third)).toHaveLength(1));
    expect(await deps.db.workspace.count({ where: { externalId: 'T0THIRD' } })).toBe(0);

    const code = await makeCode(deps, installationActor(maple.tenantId, 'cli'));
    await write(third, 'U0NEW', `connect ${code}`);
    await eventually(() => expect(messagesIn(third)).toHaveLength(2));
    const linked = await deps.db.account.findMany({ where: { externalWorkspaceId: 'T0THIRD' } });
    expect(linked).toMatchObject([{ userId: maple.bo.id, tenantId: maple.tenantId }]);
  });

  test('installing again replaces the token', async () => {
    const before = await tokenIn('T0THIRD');
    await install(new Workspace('T0THIRD'));
    expect(await tokenIn('T0THIRD')).not.toBe(before);
  });
});

describe('an installation that is not one', () => {
  const target = new Workspace('T0REFUSED');

  test.each([
    ['another browser', async () => ({ ...(await begin()), cookie: '' })],
    ['another state', async () => ({ ...(await begin()), state: (await begin()).state })],
    ['a forged state', async () => ({ state: 'forged', cookie: 'slack-app-oauth-state=forged' })],
    ['no state', async () => ({ ...(await begin()), state: '' })],
  ])('%s is refused before Slack is asked', async (_, started) => {
    const { state, cookie } = await started();
    const code = slack.oauth.allow(target, redirectUri);
    const exchanges = () => slack.workspace.calls.filter(({ method }) => method === 'oauth.v2.access').length;
    const before = exchanges();
    expect(await comeBack({ code, state }, cookie)).toMatchObject({
      status: 400,
      page: expect.stringContaining('Nothing was installed'),
    });
    expect(exchanges()).toBe(before);
    expect(await tokenIn(target.teamId)).toBeUndefined();
  });

  test('a code works once', async () => {
    const code = slack.oauth.allow(target, redirectUri);
    const first = await begin();
    expect(await comeBack({ code, state: first.state }, first.cookie)).toMatchObject({ status: 200 });
    const second = await begin();
    expect(await comeBack({ code, state: second.state }, second.cookie)).toMatchObject({ status: 502 });
    await event(target, 'app_uninstalled');
  });

  test.each([
    ['en', 'Nothing was installed', 'Begin again'],
    ['fr-CA,fr;q=0.9', 'Rien n’a été installé', 'Recommencer'],
  ])('who cancels reads so in their language: %s', async (language, title, again) => {
    const { state, cookie } = await begin();
    const { status, page } = await comeBack({ error: 'access_denied', state }, cookie, language);
    expect(status).toBe(200);
    expect(page).toContain(`<h1>${title}</h1>`);
    expect(page).toContain(again);
  });

  test.each([
    ['a whole organisation', { wholeOrganisation: true }, 403, 'One workspace at a time'],
    ['tokens that expire', { tokenRotation: true }, 502, 'That did not work'],
  ])('%s is refused, and its token is revoked', async (_, how, status, title) => {
    const before = slack.oauth.tokens.size;
    const { state, cookie } = await begin();
    const code = slack.oauth.allow(target, redirectUri, how);
    expect(await comeBack({ code, state }, cookie)).toMatchObject({ status, page: expect.stringContaining(title) });
    expect(await tokenIn(target.teamId)).toBeUndefined();
    expect(slack.oauth.tokens.size).toBe(before);
  });
});

describe('a workspace removes the app', () => {
  test.each([
    ['app_uninstalled', {}],
    ['tokens_revoked', { tokens: { oauth: [], bot: ['U0BOT'] } }],
  ])('after %s its token and its links are gone, twice is once, and people remain', async (type, more) => {
    const company = await testCompany({ platforms: ['slack'], numberless: true });
    const workspace = new Workspace(company.ann.account.externalWorkspaceId);
    fill(workspace, company);
    await install(workspace);
    await event(workspace, type, more);
    await event(workspace, type, more);

    expect(await tokenIn(workspace.teamId)).toBeUndefined();
    const where = { externalWorkspaceId: workspace.teamId };
    expect(await deps.db.account.count({ where })).toBe(0);
    expect(await deps.db.member.count({ where })).toBe(0);
    expect(await deps.db.workspace.count({ where: { externalId: workspace.teamId } })).toBe(0);
    expect(await deps.db.user.count({ where: { id: company.ann.id } })).toBe(1);
    expect(await company.db.auditLine.count({ where: { event: 'workspace.removed' } })).toBe(1);
    await write(workspace, company.ann.account.accountId, 'help');
    expect(messagesIn(workspace)).toEqual([]);
  });

  test('an event that Slack repeats after the app was installed again takes nothing away', async () => {
    const company = await testCompany({ platforms: ['slack'], numberless: true });
    const workspace = new Workspace(company.ann.account.externalWorkspaceId);
    fill(workspace, company);
    await install(workspace);
    const now = Math.floor(deps.clock.now().getTime() / 1000);
    expect(await event(workspace, 'app_uninstalled', {}, { event_time: now - 60 })).toMatchObject({ status: 200 });
    expect(await tokenIn(workspace.teamId)).toBeDefined();
    expect(await deps.db.workspace.count({ where: { externalId: workspace.teamId } })).toBe(1);
    await event(workspace, 'app_uninstalled', {}, { event_time: now });
    expect(await tokenIn(workspace.teamId)).toBeUndefined();
  });

  test('a person’s own token that is revoked is not the workspace’s', async () => {
    await event(slack.workspace, 'tokens_revoked', { tokens: { oauth: ['U1'], bot: [] } });
    expect(await tokenIn(slack.workspace.teamId)).toBeDefined();
  });

  test('nobody can say so without Slack’s signature', async () => {
    const payload = { type: 'event_callback', team_id: slack.workspace.teamId, event: { type: 'app_uninstalled' } };
    expect(await slack.deliver(payload, 'json', { secret: 'guessed' })).toMatchObject({ status: 401 });
    expect(await tokenIn(slack.workspace.teamId)).toBeDefined();
  });
});

test('a sealed token opens with its own secret and for its own workspace only', async () => {
  const sealed = sealText('s'.repeat(32), 'a', 'xoxb-1');
  expect(openSealedText('s'.repeat(32), 'a', sealed)).toBe('xoxb-1');
  expect(openSealedText('t'.repeat(32), 'a', sealed)).toBeUndefined();
  expect(openSealedText('s'.repeat(32), 'b', sealed)).toBeUndefined();
  for (const broken of ['', 'AAAA', `${sealed.slice(0, -4)}AAAA`, `A${sealed.slice(1)}`])
    expect(openSealedText('s'.repeat(32), 'a', broken)).toBeUndefined();

  await keepToken(deps, { platform: 'slack', externalWorkspaceId: 'T0SEALED' }, 'xoxb-2');
  expect(
    await tokenOfWorkspace(
      { ...deps, secret: 'another '.repeat(8) },
      { platform: 'slack', externalWorkspaceId: 'T0SEALED' },
    ),
  ).toBeUndefined();
});

async function leaveMessage(company: Company, { id }: Person): Promise<void> {
  await receiveVoicemail({ ...company.deps, messengers: deps.messengers }, installationActor(company.tenantId, 'api'), {
    sourceId: randomUUID(),
    mailbox: { userId: id },
    audio: wav(4),
    ani: '+14165550177',
  });
  await company.tasks.work({ ...company.deps, messengers: deps.messengers });
}

test('whoever comes back with invented codes asks Slack no more after a while', async () => {
  let answered = await comeBack({ code: 'invented', state: 'invented' }, '');
  for (let times = 0; times < 50 && answered.status !== 429; times += 1) {
    const { state, cookie } = await begin();
    answered = await comeBack({ code: 'invented', state }, cookie);
  }
  expect(answered.status).toBe(429);
});
