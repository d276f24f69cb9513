import type { Messenger } from '../../../src/core/chat/messenger.js';
import type { Deps } from '../../../src/core/deps.js';
import { teamsBot } from '../../../src/teams/bot-framework.js';
import { teamsMessenger } from '../../../src/teams/messenger.js';
import { webAdapter } from '../../../src/web/listen.js';
import { webMessenger } from '../../../src/web/messenger.js';
import type { SlackFile } from '../../fakes/slack/workspace.js';
import { configFor, teamsListening } from '../../fakes/teams/listening.js';
import { fakeTeams } from '../../fakes/teams/teams.js';
import { changesInProcess } from '../changes.js';
import { atTheEnd } from '../clean-up.js';
import { type Company, type CompanyOptions, type Person, testCompany } from '../company.js';
import { type PersonName, people } from '../people.js';
import { localSlackOf, slackListening } from '../slack.js';
import { openSite } from '../web.js';
import { type Browser, browserUser } from './browser-user.js';
import type { ChatUser } from './screen.js';
import { slackUser } from './slack-user.js';
import { teamsUser } from './teams-user.js';

/** The places where people use Attendant, for `describe.each`. */
export const chats = ['slack', 'teams', 'browser'] as const;
export type Chat = (typeof chats)[number];

/** A company whose people use Slack, Teams and the browser at the same time, each through the real adapter. */
export interface EveryChat {
  readonly company: Company;
  /** The dependencies of all three adapters. */
  readonly deps: Deps;
  /** A person on one of the platforms, with the client in their own language. */
  on(chat: Chat, person: Person): ChatUser;
  browser(person: Person): Browser;
  /** The files under the card of a message, which a person can play and download in Slack. */
  slackFiles(person: Person, message: string): Promise<readonly SlackFile[]>;
  /** Run the due tasks, and wait for the audio that Slack gets beside its cards. */
  work(): Promise<void>;
}

/** Found the company, and start the adapters. Stopped at the end of the file. */
export async function everyChat(options: CompanyOptions = {}): Promise<EveryChat> {
  const founded = await testCompany({ ...options, platforms: ['slack', 'teams'] });
  const { slack, config, messenger: inSlack } = await localSlackOf(founded);
  const teams = await fakeTeams();
  atTheEnd(() => teams.close());
  const bot = teamsBot(configFor(teams));
  const site = await openSite();
  const changes = changesInProcess();
  const messengers: Readonly<Record<string, Messenger>> = {
    slack: inSlack,
    teams: teamsMessenger(bot),
    web: webMessenger(changes),
  };
  const deps: Deps = {
    ...founded.deps,
    changes,
    messengers: { forPlatform: (platform) => messengers[platform] },
    publicUrl: site.origin,
  };
  await slackListening(deps, config, slack);
  const { url } = await teamsListening(deps, teams, bot);
  site.serve(webAdapter(deps, { demo: false }));

  const company: Company = { ...founded, deps };
  // The bot learns the company's service address from this message; without it, it would call Microsoft's public one.
  await teamsUser(company, { teams, url }, company.ada, 'en-US').say('help');
  const browser = (person: Person) => browserUser(company, site.origin, person, localeOf(person));
  return {
    company,
    deps,
    browser,
    on(chat, person) {
      if (chat === 'slack') return slackUser(company, slack, person);
      if (chat === 'teams') return teamsUser(company, { teams, url }, person, localeOf(person));
      return browser(person);
    },
    async slackFiles({ id: userId }, subjectId) {
      const { ref } = await company.db.posting.findFirstOrThrow({
        where: { platform: 'slack', notice: { kind: 'voicemail.arrived', subjectId, userId } },
      });
      const { ts } = ref as { ts: string };
      return [...slack.workspace.files.values()].filter(({ threadTs }) => threadTs === ts);
    },
    async work() {
      await company.tasks.work(deps);
      await inSlack.stop();
    },
  };
}

/** The language that the person's own programs speak. */
function localeOf({ account }: Person): string {
  const facts = people[account.accountId.replace('account-', '') as PersonName];
  return 'language' in facts && facts.language === 'fr' ? 'fr-CA' : 'en-US';
}
