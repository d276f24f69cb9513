import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import busboy from 'busboy';
import { type WebSocket, WebSocketServer } from 'ws';
import { isObject } from './check.js';
import { checkedMessage, methods, Refusal } from './methods.js';
import { localOAuth, type OAuth } from './oauth.js';
import type { Workspace } from './workspace.js';

export const botToken = 'xoxb-local';
export const appToken = 'xapp-local';

/** The servers of a local Slack: its Web API, its response_urls, and the socket of Socket Mode. */
export interface SlackServer {
  readonly origin: string;
  /** The tokens, and the exchange by which other workspaces get one. */
  readonly oauth: OAuth;
  /** Refuse the next calls of this method with 429; `response_url` is a method, too. */
  limit(method: string, retryAfterSeconds: number, times?: number): void;
  /** Fail the next calls of this method; a `response_url` with this HTTP status. */
  fail(method: string, error: string, times?: number): void;
  /** Perform the next calls of this method, and lose their answers. */
  loseAnswers(method: string, times?: number): void;
  /** Perform the next calls of this method at once, and answer them later. */
  delayAnswers(method: string, milliseconds: number, times?: number): void;
  /** The socket that the app has opened. */
  socket(): WebSocket | undefined;
  stop(): Promise<void>;
}

export async function startServer(slack: Workspace): Promise<SlackServer> {
  const limited = new Map<string, { retryAfterSeconds: number; times: number }>();
  const failing = new Map<string, { error: string; times: number }>();
  const losing = new Map<string, number>();
  const delayed = new Map<string, { milliseconds: number; times: number }>();
  const oauth = localOAuth(new Map([[botToken, slack]]));
  let origin = '';
  let socket: WebSocket | undefined;

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', origin);
    const [, door, name = ''] = pathname.split('/');
    if (door === 'files') return download(request, response, name);
    const body = await bodyOf(request);
    if (door === 'api') return api(request, response, name, body);
    if (door === 'upload') return upload(response, name, body);
    if (door === 'response') return respond(response, name, body.json);
    response.writeHead(404).end();
  }

  function api(request: IncomingMessage, response: ServerResponse, method: string, { json }: Body): void {
    const { token, ...args } = json;
    slack.calls.push({ method, args });
    response.setHeader('x-oauth-scopes', [...slack.scopes].join(','));
    const held = limited.get(method);
    if (held && held.times > 0) {
      held.times -= 1;
      response.writeHead(429, { 'retry-after': String(held.retryAfterSeconds) });
      response.end(JSON.stringify({ ok: false, error: 'ratelimited' }));
      return;
    }
    const given = request.headers.authorization?.replace(/^Bearer /, '') ?? token;
    const lost = losing.get(method) ?? 0;
    if (lost > 0) {
      losing.set(method, lost - 1);
      run(method, given, args);
      return void response.destroy();
    }
    const slow = delayed.get(method);
    if (slow && slow.times > 0) {
      slow.times -= 1;
      const done = run(method, given, args);
      setTimeout(() => answer(response, () => done), slow.milliseconds);
      return;
    }
    answer(response, () => run(method, given, args));
  }

  function run(method: string, token: unknown, args: Record<string, unknown>): Record<string, unknown> {
    if (method === 'oauth.v2.access') return oauth.exchange(args);
    if (token === undefined) throw new Refusal('not_authed');
    const workspace = method === 'apps.connections.open' && token === appToken ? slack : oauth.workspaceOf(token);
    if (!workspace) throw new Refusal('invalid_auth');
    const failure = failing.get(method);
    if (failure && failure.times > 0) {
      failure.times -= 1;
      throw new Refusal(failure.error);
    }
    if (method === 'apps.connections.open') return { url: `${origin.replace('http', 'ws')}/link` };
    if (method === 'files.getUploadURLExternal') return uploadUrl(args);
    if (method === 'auth.revoke') {
      oauth.revoke(String(token));
      return { revoked: true };
    }
    const described = methods[method];
    if (!described) throw new Refusal('unknown_method');
    const missing = described.required.filter((name) => args[name] === undefined || args[name] === '');
    if (missing.length > 0)
      throw new Refusal(
        'invalid_arguments',
        missing.map((name) => `missing required field: ${name}`),
      );
    return described.run(workspace, args);
  }

  function uploadUrl({ filename, length }: Record<string, unknown>) {
    if (typeof filename !== 'string' || !/^[^/]+\.\w+$/.test(filename))
      throw new Refusal('invalid_arguments', ['filename']);
    if (!(Number(length) > 0)) throw new Refusal('invalid_arguments', ['length']);
    const id = slack.fresh('F');
    slack.files.set(id, { id, name: filename, length: Number(length) });
    return { upload_url: `${origin}/upload/${id}`, file_id: id };
  }

  function upload(response: ServerResponse, id: string, { raw }: Body): void {
    const file = slack.files.get(id);
    if (!file || file.length !== raw.length) return void response.writeHead(400).end('length differs');
    file.content = raw;
    response.end(`OK - ${raw.length}`);
  }

  function download(request: IncomingMessage, response: ServerResponse, id: string): void {
    const content = slack.files.get(id)?.content;
    if (request.headers.authorization !== `Bearer ${botToken}`)
      return void response.writeHead(302, { location: '/signin' }).end();
    if (!content) return void response.writeHead(404).end();
    response.end(content);
  }

  function respond(response: ServerResponse, id: string, body: Record<string, unknown>): void {
    const held = limited.get('response_url');
    if (held && held.times > 0) {
      held.times -= 1;
      slack.calls.push({ method: 'limited response_url', args: {} });
      slack.changed();
      return void response.writeHead(429, { 'retry-after': String(held.retryAfterSeconds) }).end();
    }
    const failure = failing.get('response_url');
    if (failure && failure.times > 0) {
      failure.times -= 1;
      return void response.writeHead(Number(failure.error)).end();
    }
    const target = slack.use(id);
    if (typeof target === 'string') {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, error: target }));
      return;
    }
    try {
      const message = checkedMessage(body);
      if (body.replace_original === true && target.message) {
        Object.assign(target.message, message);
        target.message.edits += 1;
        slack.changed();
      } else {
        const own = body.response_type === 'in_channel' ? {} : { ephemeralTo: target.user };
        slack.post({ channel: target.channel, ...message, ...own });
      }
      response.end('ok');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      slack.calls.push({ method: 'refused response_url', args: { error: error.message } });
      response.writeHead(400).end(error.code);
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sockets = new WebSocketServer({ server, path: '/link' });
  sockets.on('connection', (opened) => {
    socket = opened;
    opened.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }));
    slack.changed();
  });

  return {
    origin,
    oauth,
    limit: (method, retryAfterSeconds, times = 1) => void limited.set(method, { retryAfterSeconds, times }),
    fail: (method, error, times = 1) => void failing.set(method, { error, times }),
    loseAnswers: (method, times = 1) => void losing.set(method, times),
    delayAnswers: (method, milliseconds, times = 1) => void delayed.set(method, { milliseconds, times }),
    socket: () => socket,
    stop: async () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(response: ServerResponse, run: () => Record<string, unknown>): void {
  response.setHeader('content-type', 'application/json');
  try {
    response.end(JSON.stringify({ ok: true, ...run() }));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const messages = error.messages.map((message) => `[ERROR] ${message}`);
    response.end(
      JSON.stringify({
        ok: false,
        error: error.code,
        ...error.more,
        ...(messages.length > 0 ? { response_metadata: { messages } } : {}),
      }),
    );
  }
}

interface Body {
  readonly json: Record<string, unknown>;
  /** The bytes of an uploaded file, or of the whole body. */
  readonly raw: Buffer;
}

/** Parse a body as JSON, as a form (whose `{…}` and `[…]` are JSON again) or as a file. */
async function bodyOf(request: IncomingMessage): Promise<Body> {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return { json: {}, raw: await fileOf(request) };
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  if (type.startsWith('application/json')) {
    const json: unknown = JSON.parse(raw.toString());
    return { json: isObject(json) ? json : {}, raw };
  }
  if (!type.startsWith('application/x-www-form-urlencoded')) return { json: {}, raw };
  const fields = [...new URLSearchParams(raw.toString())].map(([name, value]) => [
    name,
    /^[[{]/.test(value) && name !== 'text' ? JSON.parse(value) : value,
  ]);
  return { json: Object.fromEntries(fields), raw };
}

const fileOf = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const form = busboy({ headers: request.headers });
    form.on('file', (_name, stream) => stream.on('data', (chunk: Buffer) => chunks.push(chunk)));
    form.on('field', (_name, value) => chunks.push(Buffer.from(value)));
    form.on('close', () => resolve(Buffer.concat(chunks)));
    form.on('error', reject);
    request.pipe(form);
  });
