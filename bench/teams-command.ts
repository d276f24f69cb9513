import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import autocannon from 'autocannon';
import { signingKey, tokenOf } from '../test/fakes/teams/login.js';
import { startInstallation, startReference } from './installation.js';
import { addressOf } from './local-slack.js';
import { alternate, cost, type Figure, rate } from './measure.js';

const appId = '11111111-2222-4333-8444-555555555555';
const company = { tenantId: 'bench-tenant', accountId: 'bench-person' };
const seconds = 6;

/** A typed `status` with a signed token, answered by a card, against a botbuilder echo behind the same token check. */
export async function* bench(say: (line: string) => void): AsyncIterable<Figure> {
  const microsoft = await startMicrosoft();
  const ours = await startInstallation({
    MICROSOFT_APP_ID: appId,
    MICROSOFT_APP_PASSWORD: 'bench',
    BOT_OPENID_METADATA_URL: `${microsoft.url}/openid`,
    BOT_LOGIN_URL: microsoft.url,
  });
  const reference = await startReference('echo', { APP_ID: appId, OPENID_METADATA_URL: `${microsoft.url}/openid` });
  try {
    const users = JSON.parse(await ours.cli('export', 'users', '--format', 'json')) as {
      email: string;
      role: string;
    }[];
    const somebody = users.find(({ role }) => role === 'member')?.email ?? '';
    await ours.cli(
      'link',
      '--platform',
      'teams',
      '--workspace',
      company.tenantId,
      '--account',
      company.accountId,
      '--user',
      somebody,
    );

    const samples = await alternate(
      3,
      () => load(ours.url, microsoft.url, microsoft.token),
      () => load(reference.url, microsoft.url, microsoft.token),
    );
    say(`${microsoft.replies()} answers arrived`);
    const perSecond = (results: readonly autocannon.Result[]) =>
      results.map((result) => result['2xx'] / result.duration);
    const p99 = (results: readonly autocannon.Result[]) => results.map((result) => result.latency.p99);
    yield rate('teams-command', 'rate', perSecond(samples.ours), perSecond(samples.reference));
    yield cost('teams-command', 'p99', p99(samples.ours), p99(samples.reference));
  } finally {
    // Requests whose connection was cut are answered too, while Microsoft is running.
    await Promise.all([ours.stop(), reference.stop()]);
    await microsoft.stop();
  }
}

function load(url: string, serviceUrl: string, token: string): Promise<autocannon.Result> {
  return autocannon({
    url: `${url}/api/messages`,
    connections: 10,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => ({
          ...request,
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify(typed(serviceUrl)),
        }),
      },
    ],
  });
}

const typed = (serviceUrl: string) => ({
  type: 'message',
  id: randomUUID(),
  timestamp: new Date().toISOString(),
  channelId: 'msteams',
  serviceUrl,
  from: { id: `29:${company.accountId}`, name: 'Bench', aadObjectId: company.accountId },
  recipient: { id: `28:${appId}`, name: 'Attendant' },
  conversation: { id: 'a:bench', conversationType: 'personal', tenantId: company.tenantId },
  channelData: { tenant: { id: company.tenantId } },
  locale: 'en-US',
  text: 'status',
});

/** Keys, tokens and a connector, the minimum for a benchmark. The strict fake is in test/fakes. */
async function startMicrosoft() {
  const key = signingKey();
  let replies = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const path = request.url ?? '';
      const url = addressOf(server);
      response.setHeader('content-type', 'application/json');
      if (path === '/openid')
        response.end(JSON.stringify({ issuer: 'https://api.botframework.com', jwks_uri: `${url}/keys` }));
      else if (path === '/keys') response.end(JSON.stringify({ keys: [key.jwk] }));
      else if (path.includes('/oauth2/'))
        response.end(JSON.stringify({ access_token: 'bench', token_type: 'Bearer', expires_in: 3600 }));
      else if (path.includes('openid-configuration')) response.end(JSON.stringify(login(url)));
      else {
        replies += 1;
        response.end(JSON.stringify({ id: String(replies) }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = addressOf(server);
  return {
    url,
    token: tokenOf({ iss: 'https://api.botframework.com', aud: appId, serviceurl: url }, key),
    replies: () => replies,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const login = (url: string) => ({
  issuer: `${url}/botframework.com/v2.0`,
  authorization_endpoint: `${url}/botframework.com/oauth2/v2.0/authorize`,
  token_endpoint: `${url}/botframework.com/oauth2/v2.0/token`,
});
