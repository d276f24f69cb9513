import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { AccountKey } from '../core/chat/exchange.js';
import type { Address, MessageRef, Messenger, Profile, Receipt } from '../core/chat/messenger.js';
import type { AudioLink, Card } from '../core/chat/view.js';
import { inTurn } from '../core/in-turn.js';
import type { SlackConfig } from '../env.js';
import { type DirectMessages, directMessages } from './direct-messages.js';
import { attachAudio, type PlayableAudio, removeAudio } from './files.js';
import { type Lull, lull } from './lull.js';
import { SlackPerson, verifiedEmail } from './person.js';
import { messageOf } from './render.js';
import { slackErrorOf, webApi } from './web-api.js';

/** Slack's messenger; its audio files follow their cards, so that a slow upload delays no card. */
export interface SlackMessenger extends Messenger {
  /** Resolves when no upload is under way. */
  stop(): Promise<void>;
}

export interface SlackMessengerDeps {
  readonly log: Logger;
  /** Audio of a card in a form that plays in Slack; undefined where it cannot be had. */
  playable(audio: AudioLink): Promise<PlayableAudio | undefined>;
}

interface Voice extends SlackMessengerDeps {
  readonly web: WebClient;
  readonly direct: DirectMessages;
  readonly uploads: Set<Promise<void>>;
  readonly turn: ReturnType<typeof inTurn>;
  /** Between cards. */
  readonly lull: Lull;
}

/**
 * Cards go first: when many messages come at once, their audio waits for a lull, though not for long, and for its turn,
 * so that it is not all held in memory.
 */
const mostUploads = 2;
const lullMilliseconds = 100;
const patienceMilliseconds = 5000;

/** Where a message stands. */
interface Spot {
  readonly channel: string;
  readonly ts: string;
}

/** How the core reaches people in Slack. */
export function slackMessenger(config: SlackConfig, deps: SlackMessengerDeps): SlackMessenger {
  const web = webApi(config, deps.log);
  const voice: Voice = {
    ...deps,
    web,
    direct: directMessages(web),
    uploads: new Set(),
    turn: inTurn(mostUploads),
    lull: lull(lullMilliseconds),
  };
  return {
    isOwnWorkspace: (workspaceId) => isOwnWorkspace(web, workspaceId),
    profile: (account) => profile(web, account),
    send: (to, card) => send(voice, to, card),
    update: (to, ref, card) => update(voice, to, ref, card),
    stop: async () => void (await Promise.all(voice.uploads)),
  };
}

async function send(voice: Voice, to: Address, card: Card): Promise<Receipt> {
  try {
    const at = await voice.lull.before(() => voice.direct.post(to.accountId, messageOf(card)));
    return { kind: 'sent', ref: await withAudio(voice, at, '', card) };
  } catch (error) {
    return unreachable(error);
  }
}

async function update(voice: Voice, to: Address, ref: MessageRef, card: Card): Promise<Receipt> {
  const at = { channel: ref.channel ?? '', ts: ref.ts ?? '' };
  try {
    await voice.lull.before(() => voice.web.chat.update({ ...at, ...messageOf(card) }));
  } catch (error) {
    return isLost(error) ? send(voice, to, card) : unreachable(error);
  }
  return { kind: 'sent', ref: await withAudio(voice, at, ref.audio ?? '', card) };
}

/**
 * Brings the audio under the card, once, and takes it away when the card no longer has it. `before` is the audio that
 * stands there already. Bringing may fail, since the card's link leads to the same; what was deleted must go, so taking
 * away rejects when Slack cannot be asked just now, and the job comes again.
 */
async function withAudio(voice: Voice, at: Spot, before: string, card: Card): Promise<MessageRef> {
  const audio = card.blocks.find((block) => block.kind === 'audio')?.audio;
  if (!audio) {
    if (before !== '') await takeAway(voice, at);
    return { ...at };
  }
  if (audio.storageKey !== before) {
    const latest = performance.now() + patienceMilliseconds;
    const work = voice
      .turn(async () => {
        await voice.lull.come(latest);
        await bring(voice, at, audio);
      })
      .catch((error) => voice.log.warn({ error }, 'audio file not brought to slack'))
      .finally(() => voice.uploads.delete(work));
    voice.uploads.add(work);
  }
  return { ...at, audio: audio.storageKey };
}

/** Not before what is still being uploaded is there, or it would come after. */
async function takeAway(voice: Voice, at: Spot): Promise<void> {
  await Promise.all(voice.uploads);
  try {
    await removeAudio(voice.web, at);
  } catch (error) {
    // Slack's own no (the thread is gone, the right to delete is missing) would be the same the next time.
    if (slackErrorOf(error) === undefined) throw error;
    voice.log.warn({ error }, 'audio file not removed from slack');
  }
}

async function bring(voice: Voice, at: { channel: string; ts: string }, audio: AudioLink): Promise<void> {
  const playable = await voice.playable(audio);
  if (playable) await attachAudio(voice.web, at, playable);
}

/** The message is there no more, or nobody may change it any more. */
const isLost = (error: unknown): boolean =>
  ['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found'].includes(
    slackErrorOf(error) ?? '',
  );

/** Slack's ways of saying that this person cannot be written to, now or later. */
const refusals: readonly string[] = [
  'account_inactive',
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'user_not_visible',
  'channel_not_found',
  'is_archived',
  'cannot_dm_bot',
  'messages_tab_disabled',
  'team_access_not_granted',
];

function unreachable(error: unknown): Receipt {
  const code = slackErrorOf(error);
  if (code === undefined || !refusals.includes(code)) throw error;
  return { kind: 'unreachable', why: code };
}

/** The workspace, or the organisation, that the bot token belongs to. */
async function isOwnWorkspace(web: WebClient, workspaceId: string): Promise<boolean> {
  const { team_id, enterprise_id } = await web.auth.test();
  return workspaceId === team_id || workspaceId === enterprise_id;
}

async function profile(web: WebClient, account: AccountKey): Promise<Profile | undefined> {
  try {
    const { user } = await web.users.info({ user: account.accountId, include_locale: true });
    if (user === undefined || user.is_bot || user.deleted) return undefined;
    const person = SlackPerson.parse(user);
    const email = verifiedEmail(person, account.workspaceId);
    return {
      displayName: person.real_name || person.name || account.accountId,
      ...(email ? { email } : {}),
      ...(person.locale ? { locale: person.locale } : {}),
      ...(person.tz ? { timeZone: person.tz } : {}),
    };
  } catch (error) {
    if (['user_not_found', 'user_not_visible', 'users_not_found'].includes(slackErrorOf(error) ?? '')) return undefined;
    throw error;
  }
}
