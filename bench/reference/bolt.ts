/** A bare Bolt app that acknowledges any slash command: the cost of Slack's own library. */
import { App, ExpressReceiver } from '@slack/bolt';

const receiver = new ExpressReceiver({
  signingSecret: process.env.SLACK_SIGNING_SECRET ?? '',
  endpoints: '/slack/events',
});
const app = new App({ receiver, authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B1', botUserId: 'U0' }) });
app.command('/attendant', async ({ ack }) => ack());

const server = await app.start({ port: 0, host: '127.0.0.1' });
const address = server.address();
console.log(typeof address === 'object' && address !== null ? address.port : '');
process.once('SIGTERM', () => process.exit(0));
