import { createServer, type Server } from 'node:http';

/** The part of Slack that a benchmark needs: it accepts everything, and counts. The strict fake is in test/fakes. */
export interface LocalSlack {
  readonly url: string;
  /** The number of replies posted to a `response_url`. */
  readonly replies: () => number;
  /** The number of completed file uploads. */
  readonly uploads: () => number;
  /** Called with every `chat.postMessage`. */
  onMessage: (body: string) => void;
  stop(): Promise<void>;
}

export async function startLocalSlack(): Promise<LocalSlack> {
  let replies = 0;
  let uploads = 0;
  const slack: { onMessage: (body: string) => void } = { onMessage: () => undefined };
  const answers: Record<string, unknown> = {
    '/api/auth.test': {
      ok: true,
      team_id: 'T1',
      user_id: 'U0',
      bot_id: 'B1',
      team: 'bench',
      url: 'https://bench.slack.com/',
    },
    '/api/conversations.open': { ok: true, channel: { id: 'D1' } },
    '/api/chat.postMessage': { ok: true, channel: 'D1', ts: '1.1' },
    '/api/files.completeUploadExternal': { ok: true, files: [{ id: 'F1' }] },
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const path = request.url ?? '';
      if (path.startsWith('/response/')) replies += 1;
      if (path === '/api/chat.postMessage') slack.onMessage(body);
      if (path === '/api/files.completeUploadExternal') uploads += 1;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answers[path] ?? { ok: true }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = addressOf(server);
  answers['/api/files.getUploadURLExternal'] = { ok: true, upload_url: `${url}/upload`, file_id: 'F1' };
  return Object.assign(slack, {
    url,
    replies: () => replies,
    uploads: () => uploads,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

export function addressOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}
