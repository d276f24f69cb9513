import { beforeEach, describe, expect, test } from 'vitest';
import { answerCall } from '../../src/core/calls/answer-call.js';
import { endCall } from '../../src/core/calls/end-call.js';
import { installationActor } from '../../src/core/chat/actor.js';
import type { Deps } from '../../src/core/deps.js';
import { sendDigests } from '../../src/core/digest/digest.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { teamsMessenger } from '../../src/teams/messenger.js';
import { cardIn, teamsClient, wordsOf } from '../fakes/teams/client.js';
import { teamsListening } from '../fakes/teams/listening.js';
import { walk } from '../fakes/teams/strict.js';
import { type FakeCard, fakeTeams } from '../fakes/teams/teams.js';
import { wav } from '../support/audio.js';
import { atTheEnd } from '../support/clean-up.js';
import { type Company, type Person, testCompany } from '../support/company.js';
import { type RecordingMessenger, recordingMessenger } from '../support/messenger.js';
import { textOf } from '../support/read.js';
import { slackCompany } from '../support/slack.js';

/** A person's choice of notices, made in the form of their chat platform, and what then reaches them there and by mail. */
interface Place {
  readonly company: Company;
  readonly deps: Deps;
  readonly mail: RecordingMessenger;
  /** Fill in the form of one's notifications. */
  choose(values: Record<string, string>): Promise<void>;
  /** The texts of the cards in the person's direct chat. */
  seen(): readonly string[];
}

const formTitle = { en: 'Change notifications', fr: 'Modifier\u00a0: Notifications' };
type Language = keyof typeof formTitle;
const chatLocale = { en: 'en-US', fr: 'fr-CA' };
const personIn = (company: Company, language: Language): Person => (language === 'en' ? company.bo : company.eve);

function depsOf(deps: Deps, platform: string, messenger: ReturnType<Deps['messengers']['forPlatform']>) {
  const mail = recordingMessenger();
  const forPlatform = (name: string) => (name === platform ? messenger : name === 'mail' ? mail : undefined);
  return { mail, deps: { ...deps, messengers: { forPlatform } } satisfies Deps };
}

async function inSlack(language: Language): Promise<Place> {
  const { company, slack, messenger, deps } = await slackCompany('http', { ownDatabase: true });
  const { account, email } = personIn(company, language);
  const user = account.accountId;
  slack.workspace.addUser({ id: user, email, locale: chatLocale[language] });
  return {
    company,
    ...depsOf(deps, 'slack', messenger),
    async choose(values) {
      await slack.slash(user, 'settings');
      const hasForm = (one: { blocks: unknown }) => JSON.stringify(one.blocks).includes(formTitle[language]);
      const card = await slack.workspace.until(() => slack.ephemeralTo(user).findLast(hasForm));
      const blocks = card.blocks.filter((block) => JSON.stringify(block).includes(formTitle[language]));
      await slack.click(user, { ...card, blocks }, 'settings.save');
      await slack.workspace.until(() => slack.topView(user));
      await slack.submit(user, values);
      await slack.workspace.until(() => slack.topView(user) === undefined);
    },
    seen: () => slack.directOf(user).map(({ blocks }) => JSON.stringify(blocks)),
  };
}

async function inTeams(language: Language): Promise<Place> {
  const teams = await fakeTeams();
  atTheEnd(() => teams.close());
  const company = await testCompany({ platforms: ['teams'], ownDatabase: true });
  const { url, bots } = await teamsListening(company.deps, teams);
  const { account, displayName } = personIn(company, language);
  const { accountId, externalWorkspaceId: tenantId } = account;
  const client = teamsClient(teams, url, { accountId, tenantId, name: displayName }, chatLocale[language]);
  await client.say('settings');
  const settings = client.last();
  const before = teams.messages(client.conversationId).length;
  return {
    company,
    ...depsOf(company.deps, 'teams', teamsMessenger(bots)),
    async choose(values) {
      const form = cardIn(await client.press(settings, formTitle[language]));
      const asShown: Record<string, unknown> = {};
      walk(form, (element) => {
        if (String(element.type).startsWith('Input.')) asShown[String(element.id)] = element.value ?? '';
      });
      await client.press(form, language === 'en' ? 'Save' : 'Enregistrer', { ...asShown, ...values });
    },
    seen: () =>
      teams
        .messages(client.conversationId)
        .slice(before)
        .map(({ card }) => wordsOf(card as FakeCard | undefined)),
  };
}

/** What a person reads, in each language. */
const reads = {
  en: { urgent: /urgent/i, missed: /missed call/i, digest: /digest/i },
  fr: { urgent: /urgent/i, missed: /appel manqué/i, digest: /résumé/i },
};
/** A Monday, 23:00 in Toronto; the following morning; and one of the next day. */
const [night, morning, nextMorning] = ['2030-01-15T04:00:00Z', '2030-01-15T13:00:00Z', '2030-01-16T13:00:00Z'];

describe.each([
  ['Slack', 'en', inSlack],
  ['Slack', 'fr', inSlack],
  ['Teams', 'en', inTeams],
  ['Teams', 'fr', inTeams],
] as const)('who chooses in %s (%s) when and where they are told', (_platform, language, open) => {
  let place: Place;
  let person: Person;
  let sources = 0;
  beforeEach(async () => {
    place = await open(language);
    person = personIn(place.company, language);
    place.company.clock.set(night);
  });

  async function message(callerName: string, urgent = false): Promise<void> {
    place.company.clock.forward({ seconds: 1 });
    await receiveVoicemail(place.deps, installationActor(place.company.tenantId, 'api'), {
      sourceId: `told-${++sources}`,
      mailbox: { userId: person.id },
      audio: wav(4),
      callerName,
      urgent,
    });
    await work();
  }
  async function missedCall(callerName: string): Promise<void> {
    const { tenantId, clock, db } = place.company;
    const callId = `told-${++sources}`;
    const call = { callId, ani: '+15145550123', dnis: '+14165550100', callerName };
    await answerCall(place.deps, tenantId, call);
    await db.call.updateMany({ where: { callId }, data: { askedForUserId: person.id } });
    await endCall(place.deps, tenantId, callId);
    clock.forward({ minutes: 2 });
    await work();
  }
  const work = () => place.company.tasks.work(place.deps);
  const about = (caller: string) => place.seen().filter((card) => card.includes(caller));
  const mails = () => place.mail.posted.flatMap(({ states }) => states.map((card) => `${card.title}\n${textOf(card)}`));

  test('quiet hours hold a message until the morning; an urgent one comes at once and says so', async () => {
    await place.choose({ quietHours: '22:00-07:00' });
    await message('Calm Caller');
    await message('Hasty Caller', true);
    expect(about('Calm Caller')).toEqual([]);
    expect(about('Hasty Caller')).toEqual([expect.stringMatching(reads[language].urgent)]);
    place.company.clock.set(morning);
    await work();
    expect(about('Calm Caller')).toHaveLength(1);
    expect(about('Hasty Caller')).toHaveLength(1);
  });

  test('without cards in chat a message comes by mail alone', async () => {
    await message('First Caller');
    expect(about('First Caller')).toHaveLength(1);
    await place.choose({ chatCards: 'no', notificationType: 'email_only' });
    await message('Second Caller');
    expect(about('Second Caller')).toEqual([]);
    expect(mails()).toEqual([expect.stringContaining('Second Caller')]);
  });

  test('missed calls have their own choice', async () => {
    await missedCall('First Caller');
    expect(about('First Caller')).toEqual([expect.stringMatching(reads[language].missed)]);
    await place.choose({ missedCallNotification: 'none' });
    await missedCall('Second Caller');
    expect(about('Second Caller')).toEqual([]);
    await place.choose({ missedCallNotification: 'email' });
    await missedCall('Third Caller');
    expect(about('Third Caller')).toEqual([]);
    expect(mails()).toEqual([expect.stringMatching(/Third Caller/)]);
  });

  test('a daily digest comes in the morning, in chat and by mail, and lists what is new', async () => {
    await place.choose({ digest: 'daily' });
    place.company.clock.set(morning);
    await message('Daytime Caller');
    place.company.clock.set(nextMorning);
    await sendDigests(place.deps);
    await work();
    expect(about('Daytime Caller')).toEqual([expect.anything(), expect.stringMatching(reads[language].digest)]);
    expect(mails()).toEqual([expect.stringMatching(reads[language].digest)]);
  });
});
