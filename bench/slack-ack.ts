import { createHmac } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import autocannon from 'autocannon';
import { startInstallation, startReference } from './installation.js';
import { type LocalSlack, startLocalSlack } from './local-slack.js';
import { alternate, cost, type Figure, rate } from './measure.js';

const signingSecret = 'bench-signing-secret-0123456789ab';
const seconds = 6;

/**
 * A signed `/attendant status`, each with its own trigger, against a bare Bolt app that acknowledges the same payload.
 * Ours also answers each of them, so the reference waits until the last answer has come; that time is reported on
 * standard error.
 */
export async function* bench(say: (line: string) => void): AsyncIterable<Figure> {
  const slack = await startLocalSlack();
  const ours = await startInstallation({
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: `${slack.url}/api/`,
  });
  const reference = await startReference('bolt', { SLACK_SIGNING_SECRET: signingSecret });
  try {
    await ours.cli(
      'link',
      '--platform',
      'slack',
      '--workspace',
      'T1',
      '--account',
      'U1',
      '--user',
      await anybody(ours),
    );
    for (const connections of [10, 50]) {
      const suffix = connections === 10 ? '' : `-${connections}`;
      const samples = await alternate(
        3,
        () => acknowledgedAndAnswered(ours.url, slack, connections, say),
        () => load(`${reference.url}/slack/events`, slack.url, connections),
      );
      yield rate('slack-ack', `rate${suffix}`, perSecond(samples.ours), perSecond(samples.reference));
      yield cost('slack-ack', `p99${suffix}`, p99(samples.ours), p99(samples.reference));
    }
  } finally {
    // Requests whose connection was cut are answered too, while Slack is running.
    await Promise.all([ours.stop(), reference.stop()]);
    await slack.stop();
  }
}

const perSecond = (results: readonly autocannon.Result[]) => results.map((result) => result['2xx'] / result.duration);
const p99 = (results: readonly autocannon.Result[]) => results.map((result) => result.latency.p99);

async function anybody(ours: { cli(...args: string[]): Promise<string> }): Promise<string> {
  const users = JSON.parse(await ours.cli('export', 'users', '--format', 'json')) as { email: string; role: string }[];
  return users.find(({ role }) => role === 'member')?.email ?? '';
}

let counter = 0;

function load(url: string, slackUrl: string, connections: number): Promise<autocannon.Result> {
  return autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          counter += 1;
          const body = commandBody(slackUrl, `trigger.${process.pid}.${counter}`);
          return { ...request, body, headers: signed(body) };
        },
      },
    ],
  });
}

const commandBody = (slackUrl: string, triggerId: string): string =>
  new URLSearchParams({
    command: '/attendant',
    text: 'status',
    team_id: 'T1',
    user_id: 'U1',
    user_name: 'bench',
    channel_id: 'C1',
    channel_name: 'general',
    api_app_id: 'A1',
    trigger_id: triggerId,
    response_url: `${slackUrl}/response/1`,
  }).toString();

function signed(body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
  };
}

/** Measure our acknowledgements; then, outside the measured time, wait for the answers. */
async function acknowledgedAndAnswered(
  url: string,
  slack: LocalSlack,
  connections: number,
  say: (line: string) => void,
): Promise<autocannon.Result> {
  const before = slack.replies();
  const start = performance.now();
  const result = await load(`${url}/slack/events`, slack.url, connections);
  const answers = () => slack.replies() - before;
  while (answers() < result['2xx'] && performance.now() - start < 180_000) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const tookSeconds = (performance.now() - start) / 1000;
  say(`${result['2xx']} acknowledged in ${seconds} s, ${answers()} answered in ${tookSeconds.toFixed(1)} s`);
  return result;
}
