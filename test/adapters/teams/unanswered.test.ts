import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { teamsBot } from '../../../src/teams/bot-framework.js';
import { configFor } from '../../fakes/teams/listening.js';
import { type FakeTeams, fakeTeams } from '../../fakes/teams/teams.js';
import { atTheEnd } from '../../support/clean-up.js';

/* Microsoft takes a request and never answers: whoever waits must not wait for ever. */

let teams: FakeTeams;
/** A server that takes every request and answers none. */
let silent: string;

beforeAll(async () => {
  teams = await fakeTeams();
  atTheEnd(() => teams.close());
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  atTheEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  silent = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

const where = { channelId: 'msteams', botId: '28:bot', userId: '29:ann', tenantId: 'tenant' };
const say = (bot: ReturnType<typeof teamsBot>, serviceUrl: string, conversationId?: string) =>
  bot.startTurn({ ...where, serviceUrl, ...(conversationId ? { conversationId } : {}) }, async (turn) => {
    await turn.sendActivity('hello');
  });

test('a message that Teams does not answer fails, in a chat that there is and in one that is made', async () => {
  const bot = teamsBot(configFor(teams), undefined, 200);
  await expect(say(bot, `${silent}/teams/`, 'a:ann')).rejects.toThrow(/aborted/);
  await expect(say(bot, `${silent}/teams/`)).rejects.toThrow(/aborted/);
});

test('so does one whose login is not answered', async () => {
  // Of another app: the library keeps the tokens of the first.
  const other = { ...teams, appId: randomUUID() };
  const bot = teamsBot({ ...configFor(other), loginUrl: silent }, undefined, 200);
  await expect(say(bot, teams.serviceUrl, teams.chatOf('ann'))).rejects.toThrow();
  expect(teams.messages(teams.chatOf('ann'))).toEqual([]);
});

test('and one that is answered arrives', async () => {
  await say(teamsBot(configFor(teams)), teams.serviceUrl, teams.chatOf('ann'));
  expect(teams.messages(teams.chatOf('ann'))).toMatchObject([{ text: 'hello' }]);
});
