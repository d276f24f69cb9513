import { createHmac } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import autocannon from 'autocannon';
import { type Installation, startInstallation, startReference } from './installation.js';
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
  const ours = await startLinkedInstallation(slack);
  const reference = await startReference('bolt', { SLACK_SIGNING_SECRET: signingSecret });
  try {
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

/** Start an installation in which the account of these commands is somebody's. */
async function startLinkedInstallation(slack: LocalSlack): Promise<Installation> {
  const ours = await startInstallation({
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: `${slack.url}/api/`,
  });
  const account = ['--platform', 'slack', '--workspace', 'T1', '--account', 'U1'];
  await ours.cli('link', ...account, '--user', await anybody(ours));
  return ours;
}

/**
 * The p99 of acknowledgements (ms) of a steady stream of commands: at rest, and then for as long as `work` runs beside it.
 */
export async function acknowledgedMeanwhile(
  work: (ours: Installation) => Promise<void>,
): Promise<{ readonly rest: number; readonly meanwhile: number }> {
  const slack = await startLocalSlack();
  const ours = await startLinkedInstallation(slack);
  const url = `${ours.url}/slack/events`;
  try {
    await load(url, slack.url, steady.connections);
    const rest = await load(url, slack.url, steady.connections, { overallRate: steady.perSecond, duration: 20 });
    const pace = { overallRate: steady.perSecond, duration: 3600 };
    const meanwhile = await new Promise<autocannon.Result>((resolve, reject) => {
      const running = autocannon(commands(url, slack.url, steady.connections, pace), (error, result) =>
        error ? reject(error) : resolve(result),
      );
      work(ours).then(() => running.stop(), reject);
    });
    return { rest: rest.latency.p99, meanwhile: meanwhile.latency.p99 };
  } finally {
    await ours.stop();
    await slack.stop();
  }
}

/** A company's commands come one by one, and do not fill the machine. */
const steady = { connections: 10, perSecond: 20 };

async function anybody(ours: { cli(...args: string[]): Promise<string> }): Promise<string> {
  const users = JSON.parse(await ours.cli('export', 'users', '--format', 'json')) as { email: string; role: string }[];
  return users.find(({ role }) => role === 'member')?.email ?? '';
}

let counter = 0;

type Pace = Pick<autocannon.Options, 'overallRate' | 'duration'>;

const load = (url: string, slackUrl: string, connections: number, pace: Pace = {}): Promise<autocannon.Result> =>
  autocannon(commands(url, slackUrl, connections, pace));

/** Signed commands, as many as the pace says; else as fast as they are acknowledged. */
const commands = (url: string, slackUrl: string, connections: number, pace: Pace): autocannon.Options => ({
  url,
  connections,
  duration: seconds,
  ...pace,
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
