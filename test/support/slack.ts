import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Deps } from '../../src/core/deps.js';
import type { SlackConfig } from '../../src/env.js';
import { slackAdapter } from '../../src/slack/listen.js';
import { slackMembers } from '../../src/slack/members.js';
import { type SlackMessenger, slackMessenger } from '../../src/slack/messenger.js';
import { appToken, botToken, type LocalSlack, signingSecret, startLocalSlack } from '../fakes/slack/slack.js';
import { changesInProcess } from './changes.js';
import { atTheEnd } from './clean-up.js';
import { type Company, type CompanyOptions, testCompany } from './company.js';

/** A company whose people use Slack: a local Slack, with our adapter and our messenger. */
export interface SlackCompany {
  readonly company: Company;
  readonly slack: LocalSlack;
  readonly deps: Deps;
  readonly messenger: SlackMessenger;
  /** The address at which the app receives Slack's requests. */
  readonly url: string;
  /** Run the queue's due tasks, through our own messenger. */
  work(): Promise<void>;
}

/** Account ids are as in `testCompany`; each has a person in the local Slack with the user's e-mail. */
export async function slackCompany(
  mode: 'http' | 'socket' = 'http',
  options: CompanyOptions = {},
): Promise<SlackCompany> {
  const company = await testCompany({ ...options, platforms: ['slack'] });
  const { slack, config, messenger } = await localSlackOf(company, mode);
  const list = slackMembers(config, company.deps.log);
  const deps: Deps = {
    ...company.deps,
    messengers: { forPlatform: (platform) => (platform === 'slack' ? messenger : undefined) },
    memberLists: { platforms: ['slack'], forPlatform: (platform) => (platform === 'slack' ? list : undefined) },
    changes: changesInProcess(),
  };
  const url = await slackListening(deps, config, slack);
  return { company, slack, deps, messenger, url, work: () => company.tasks.work(deps) };
}

/** A local Slack with a company's people, and our messenger for it. */
export async function localSlackOf(
  { deps: { log, audio }, ...company }: Company,
  mode: 'http' | 'socket' = 'http',
): Promise<{ slack: LocalSlack; config: SlackConfig; messenger: SlackMessenger }> {
  const slack = await startLocalSlack(company.ann.account.externalWorkspaceId);
  atTheEnd(() => slack.stop());
  for (const { account, email, displayName } of [
    company.ada,
    company.ann,
    company.bo,
    company.cleo,
    company.eve,
    company.zoe,
    company.nil,
  ]) {
    slack.workspace.addUser({ id: account.accountId, email, realName: displayName });
  }

  const config: SlackConfig = {
    botToken,
    apiUrl: slack.apiUrl,
    mode: mode === 'http' ? { kind: 'http', signingSecret } : { kind: 'socket', appToken },
  };
  const messenger = slackMessenger(config, {
    log,
    playable: async ({ fileName, ...recording }) => ({
      fileName,
      content: (await audio.playable(recording)).content,
    }),
  });
  return { slack, config, messenger };
}

/** Start Attendant's Slack adapter on its own port, against a local Slack. Stopped at the end of the file. */
export async function slackListening(deps: Deps, config: SlackConfig, slack: LocalSlack): Promise<string> {
  const adapter = slackAdapter(deps, config);
  const app = express();
  if (adapter.router) app.use(adapter.router);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  await adapter.start?.();
  atTheEnd(async () => {
    await adapter.stop?.();
    server.closeAllConnections();
    server.close();
  });
  if (config.mode.kind === 'http') slack.connect(url);
  return url;
}
