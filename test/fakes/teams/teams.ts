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
  /** A valid token, except for `claims`. */
  token(claims?: Claims): string;
  /** Sign with a new key from now on; the old one is removed. */
  rollKeys(endorsements?: readonly string[]): void;
  /** Messages of a conversation, oldest first. */
  messages(conversationId: string): readonly ShownMessage[];
  /** The 1:1 chat of a person, by any of their ids; created when the bot asks for it. */
  chatOf(userId: string): string;
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
  const tokens = new Set<string>();
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
      if (asked.get('client_id') !== appId || asked.get('client_secret') !== appPassword)
        return answer(401, { error: 'invalid_client' });
      if (strangers.has(tenant)) return answer(400, { error: 'unauthorized_client' });
      const token = randomUUID();
      // A token is for one service: the bot's own comes from Bot Framework's tenant, Graph's from the company's.
      const [scope = ''] = (asked.get('scope') ?? '').split(' ');
      if (tenant === 'botframework.com') tokens.add(token);
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

    if (!tokens.has((request.headers.authorization ?? '').replace('Bearer ', ''))) return refuse(401, 'Unauthorized');
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
      return answer(201, { id: chatOf(member.id) });
    }
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

  function chatOf(userId: string): string {
    const id = `a:${(members.get(userId)?.aadObjectId as string | undefined) ?? userId}`;
    if (!chats.has(id)) chats.set(id, []);
    return id;
  }

  return {
    url,
    serviceUrl,
    appId,
    appPassword,
    openIdMetadataUrl: `${url}/openid`,
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
