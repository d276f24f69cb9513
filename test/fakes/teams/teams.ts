import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FakeGraph, fakeGraph } from './graph.js';
import { type Claims, signingKey, tokenOf } from './login.js';
import { refusalOf } from './strict.js';

export interface FakeCard {
  readonly body: readonly Record<string, unknown>[];
  readonly [key: string]: unknown;
}

/** A message as Teams would show it now. */
export interface ShownMessage {
  readonly id: string;
  text: string;
  summary: string;
  card: FakeCard | undefined;
  /** The number of updates. */
  updates: number;
}

/** An Azure bot: of the one Entra tenant in which its app is registered, or multi-tenant. */
interface FakeBot {
  readonly appId: string;
  /** The secret that Entra accepts now. */
  appPassword: string;
  readonly tenantId: string | undefined;
}

/** An error that the next requests of the bot get instead of an answer. */
interface Trouble {
  readonly status: number;
  readonly code: string;
  times: number;
}

/**
 * Microsoft's side of Teams on a local port: OpenID metadata and keys, the login that gives the bot its tokens, and the
 * connector. It refuses what the real one refuses, and keeps what people would see.
 */
export interface FakeTeams {
  readonly url: string;
  readonly serviceUrl: string;
  readonly appId: string;
  readonly appPassword: string;
  readonly openIdMetadataUrl: string;
  /** Register a single-tenant bot in an Entra tenant. */
  register(tenantId: string): FakeBot;
  /** Each token that was issued, as `TENANT APP`. */
  readonly logins: string[];
  /** A valid token for the first bot, except for `claims`. */
  token(claims?: Claims): string;
  /** Sign with a new key from now on; the old one is removed. */
  rollKeys(endorsements?: readonly string[]): void;
  /** Messages of a conversation, oldest first. */
  messages(conversationId: string): readonly ShownMessage[];
  /** The 1:1 chat of a person with a bot, by any of their ids; created when the bot asks for it. */
  chatOf(userId: string, appId?: string): string;
  /** Teams' own id of a person, which is another one for each bot. */
  personIdOf(accountId: string, appId?: string): string;
  /** Create a channel or group. */
  open(conversationId: string): void;
  addMember(member: {
    id: string;
    aadObjectId: string;
    name: string;
    email?: string;
    userRole?: string;
    tenantId?: string;
  }): void;
  /** The members of each team or group to which the bot was added. */
  readonly rosters: Map<string, readonly RosterMember[]>;
  /** Microsoft Graph of the same people, at `graphUrl`. */
  readonly graph: FakeGraph;
  readonly graphUrl: string;
  /** Tenants that never granted the app a permission. */
  readonly strangers: Set<string>;
  trouble(trouble: Trouble): void;
  /** The next messages are accepted, and their answers lost. */
  loseAnswers(times: number): void;
  forget(conversationId: string, activityId: string): void;
  /** The requests of the bot, such as `POST /v3/conversations`. */
  readonly requests: string[];
  /** The host of each of them. */
  readonly hosts: string[];
  close(): Promise<void>;
}

interface RosterMember {
  readonly id: string;
  readonly aadObjectId?: string;
  readonly name: string;
  readonly email?: string;
  readonly userPrincipalName?: string;
  readonly givenName?: string;
  readonly surname?: string;
  readonly userRole?: string;
}

const appPassword = 'the password of the bot';

export async function fakeTeams(appId: string = randomUUID()): Promise<FakeTeams> {
  let key = signingKey();
  const bots = new Map<string, FakeBot>([[appId, { appId, appPassword, tenantId: undefined }]]);
  /** The app of each token for the connector. */
  const tokens = new Map<string, string>();
  /** The bot of each chat; the first bot’s are not listed. */
  const owners = new Map<string, string>();
  const logins: string[] = [];
  const chats = new Map<string, ShownMessage[]>();
  const members = new Map<string, Record<string, unknown>>();
  const troubles: Trouble[] = [];
  let answersToLose = 0;
  const requests: string[] = [];
  const hosts: string[] = [];
  const rosters = new Map<string, readonly RosterMember[]>();
  const graph = fakeGraph();
  const strangers = new Set<string>();

  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown = {}) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const refuse = (status: number, code: string) => answer(status, { error: { code, message: code } });
    const text = await bodyOf(request);
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');

    if (path === '/openid') return answer(200, { issuer: 'https://api.botframework.com', jwks_uri: `${url}/keys` });
    if (path === '/keys') return answer(200, { keys: [key.jwk] });
    const [, tenant] = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(path) ?? [];
    if (tenant !== undefined) {
      const asked = new URLSearchParams(text);
      const bot = bots.get(asked.get('client_id') ?? '');
      // A single-tenant app does not exist elsewhere; a multi-tenant one where it was never admitted.
      if (!bot || (bot.tenantId !== undefined && bot.tenantId !== tenant) || strangers.has(tenant))
        return answer(400, { error: 'unauthorized_client' });
      if (asked.get('client_secret') !== bot.appPassword) return answer(401, { error: 'invalid_client' });
      const token = randomUUID();
      logins.push(`${tenant} ${bot.appId}`);
      // A token is for one service: the bot's own comes from its home tenant, Graph's from the company's.
      const [scope = ''] = (asked.get('scope') ?? '').split(' ');
      const home = bot.tenantId ?? 'botframework.com';
      if (tenant === home && scope === 'https://api.botframework.com/.default') tokens.set(token, bot.appId);
      else if (scope === `${url}/.default`) graph.issue(token);
      else return answer(400, { error: 'invalid_scope' });
      return answer(200, { token_type: 'Bearer', access_token: token, expires_in: 3600 });
    }

    if (path.startsWith('/graph/')) {
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      const asked = { method: request.method ?? '', url: new URL(request.url ?? '', url), token, base: graphUrl };
      const { status, body, headers = {} } = graph.answer(asked);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
      return;
    }

    const author = bots.get(tokens.get((request.headers.authorization ?? '').replace('Bearer ', '')) ?? '');
    if (!author) return refuse(401, 'Unauthorized');
    requests.push(`${request.method} ${path}`);
    hosts.push(request.headers.host ?? '');
    const trouble = troubles[0];
    if (trouble) {
      trouble.times -= 1;
      if (trouble.times <= 0) troubles.shift();
      return refuse(trouble.status, trouble.code);
    }
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    const [, conversationId = '', what, id = ''] =
      /^\/teams\/v3\/conversations(?:\/([^/]+)(?:\/(activities|members|pagedmembers)(?:\/([^/]+))?)?)?$/.exec(path) ??
      [];

    if (request.method === 'POST' && conversationId === '') {
      const [member] = body.members as { id: string }[];
      if (!member || !body.tenantId) return refuse(400, 'BadArgument');
      if (author.tenantId !== undefined && author.tenantId !== body.tenantId) return refuse(403, 'ForbiddenOperation');
      // Another bot's id of a person is sealed with that bot's key.
      if (member.id.startsWith('29:') && !isKnownTo(author, member.id)) return refuse(400, 'BadSyntax');
      return answer(201, { id: chatOf(member.id, author.appId) });
    }
    if ((owners.get(conversationId) ?? appId) !== author.appId) return refuse(403, 'BotNotInConversationRoster');
    if (request.method === 'GET' && what === 'members') {
      const member = members.get(id);
      return member ? answer(200, member) : refuse(404, 'MemberNotFoundInConversation');
    }
    if (request.method === 'GET' && what === 'pagedmembers') {
      const roster = rosters.get(conversationId);
      if (!roster) return refuse(403, 'BotNotInConversationRoster');
      const { searchParams: query } = new URL(request.url ?? '', url);
      const [size, from] = [Number(query.get('pageSize') ?? 200), Number(query.get('continuationToken') ?? 0)];
      if (size < 50 || size > 500) return refuse(400, 'BadArgument');
      const more = from + size < roster.length ? { continuationToken: String(from + size) } : {};
      return answer(200, { members: roster.slice(from, from + size), ...more });
    }
    if (what !== 'activities') return refuse(404, 'NotFound');

    const messages = chats.get(conversationId);
    if (!messages) return refuse(404, 'ConversationNotFound');
    const refusal = refusalOf(body, Buffer.byteLength(text));
    if (refusal) return refuse(refusal.status, refusal.code);
    if (request.method === 'PUT') {
      const message = messages.find((one) => one.id === id);
      if (!message) return refuse(404, 'ActivityNotFoundInConversation');
      Object.assign(message, shown(body), { updates: message.updates + 1 });
      return answer(200, { id });
    }
    const message = { id: randomUUID(), updates: 0, ...shown(body) };
    messages.push(message);
    if (answersToLose > 0) {
      answersToLose -= 1;
      return void response.destroy();
    }
    return answer(201, { id: message.id });
  });
  const url = await listening(server);
  const serviceUrl = `${url}/teams/`;
  const graphUrl = `${url}/graph`;

  function chatOf(userId: string, ofApp = appId): string {
    const known = members.get(userId)?.aadObjectId as string | undefined;
    const person = known ?? userId.replace(`29:${ofApp}~`, '');
    const id = ofApp === appId ? `a:${person}` : `a:${ofApp}~${person}`;
    if (!chats.has(id)) chats.set(id, []);
    if (ofApp !== appId) owners.set(id, ofApp);
    return id;
  }

  const personIdOf = (accountId: string, ofApp = appId): string =>
    ofApp === appId ? `29:${accountId}` : `29:${ofApp}~${accountId}`;

  const isKnownTo = (bot: FakeBot, personId: string): boolean =>
    personId.includes('~') ? personId.startsWith(`29:${bot.appId}~`) : bot.appId === appId;

  return {
    url,
    serviceUrl,
    appId,
    appPassword,
    openIdMetadataUrl: `${url}/openid`,
    register(tenantId) {
      const bot = { appId: randomUUID(), appPassword: `the secret of ${tenantId}`.replaceAll(' ', '-'), tenantId };
      bots.set(bot.appId, bot);
      return bot;
    },
    logins,
    personIdOf,
    token: (claims = {}) =>
      tokenOf({ iss: 'https://api.botframework.com', aud: appId, serviceurl: serviceUrl, ...claims }, key),
    rollKeys: (endorsements) => {
      key = signingKey(endorsements);
    },
    messages: (conversationId) => chats.get(conversationId) ?? [],
    chatOf,
    open: (conversationId) => void chats.set(conversationId, []),
    addMember: (member) => {
      members.set(member.id, member);
      members.set(member.aadObjectId, member);
    },
    rosters,
    graph,
    graphUrl,
    strangers,
    trouble: (trouble) => troubles.push(trouble),
    loseAnswers: (times) => {
      answersToLose = times;
    },
    forget: (conversationId, activityId) => {
      const messages = chats.get(conversationId) ?? [];
      messages.splice(
        messages.findIndex(({ id }) => id === activityId),
        1,
      );
    },
    requests,
    hosts,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function shown(activity: Record<string, unknown>): Omit<ShownMessage, 'id' | 'updates'> {
  const [attachment] = (activity.attachments ?? []) as { content: FakeCard }[];
  return {
    text: String(activity.text ?? ''),
    summary: String(activity.summary ?? ''),
    card: attachment?.content,
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
