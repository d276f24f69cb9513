import type { Messenger } from '../../../src/core/chat/messenger.js';
import type { Deps } from '../../../src/core/deps.js';
import { mailMessenger } from '../../../src/mail/messenger.js';
import { teamsBots } from '../../../src/teams/bots.js';
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

/** The platforms whose accounts the company's people need. */
export const platforms = ['slack', 'teams'];

/** Found the company, unless it is there, and start the adapters. Stopped at the end of the file. */
export async function everyChat(options: CompanyOptions = {}, company?: Company): Promise<EveryChat> {
  const founded = company ?? (await testCompany({ ...options, platforms }));
  const { slack, config, messenger: inSlack } = await localSlackOf(founded);
  const teams = await fakeTeams();
  atTheEnd(() => teams.close());
  const bots = teamsBots(configFor(teams));
  const site = await openSite();
  const changes = changesInProcess();
  const { mail } = founded.deps;
  if (!mail) throw new Error('a test company has a mail server');
  const messengers: Readonly<Record<string, Messenger>> = {
    slack: inSlack,
    teams: teamsMessenger(bots),
    web: webMessenger(changes),
    mail: mailMessenger(mail, founded.deps.audio),
  };
  const deps: Deps = {
    ...founded.deps,
    changes,
    messengers: { forPlatform: (platform) => messengers[platform] },
    publicUrl: site.origin,
  };
  await slackListening(deps, config, slack);
  const { url } = await teamsListening(deps, teams, bots);
  site.serve(webAdapter(deps, { demo: false }));

  const served: Company = { ...founded, deps };
  // The bot learns the company's service address from this message; without it, it would call Microsoft's public one.
  await teamsUser(served, { teams, url }, served.ada, 'en-US').say('help');
  const browser = (person: Person) => browserUser(served, site.origin, person, localeOf(person));
  return {
    company: served,
    deps,
    browser,
    on(chat, person) {
      if (chat === 'slack') return slackUser(served, slack, person);
      if (chat === 'teams') return teamsUser(served, { teams, url }, person, localeOf(person));
      return browser(person);
    },
    async slackFiles({ id: userId }, subjectId) {
      const { ref } = await served.db.posting.findFirstOrThrow({
        where: { platform: 'slack', notice: { kind: 'voicemail.arrived', subjectId, userId } },
      });
      const { ts } = ref as { ts: string };
      return [...slack.workspace.files.values()].filter(({ threadTs }) => threadTs === ts);
    },
    async work() {
      await served.tasks.work(deps);
      await inSlack.stop();
    },
  };
}

/** The language that the person's own programs speak. */
function localeOf({ account }: Person): string {
  const facts = people[account.accountId.replace('account-', '') as PersonName];
  return 'language' in facts && facts.language === 'fr' ? 'fr-CA' : 'en-US';
}
