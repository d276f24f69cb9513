import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { AccountKey } from '../core/chat/exchange.js';
import type {
  Address,
  AudioAttacher,
  Delivery,
  MessageAudio,
  MessageRef,
  Messenger,
  Profile,
  Receipt,
} from '../core/chat/messenger.js';
import type { Card } from '../core/chat/view.js';
import { concurrencyLimit } from '../core/concurrency-limit.js';
import type { SlackConfig } from '../env.js';
import { type DirectMessages, directMessages, type MessageLocation } from './direct-messages.js';
import { attachAudio, findAudio, type PlayableAudio, removeAudio } from './files.js';
import { messageOf } from './render.js';
import { SlackPerson, verifiedEmail } from './slack-user.js';
import { type IdleWait, waitForIdle } from './wait-for-idle.js';
import { mayHaveWorked, slackErrorOf, webApi } from './web-api.js';

/** Slack's messenger. Audio files are uploaded after their cards, so that a slow upload delays no card. */
export interface SlackMessenger extends Messenger {
  readonly audio: AudioAttacher;
  /** Resolves when no upload is running. */
  stop(): Promise<void>;
}

/** The parts of `Deps` that the messenger uses, and access to playable audio. */
export interface SlackMessengerDeps {
  readonly log: Logger;
  /** The audio of a card in a format that plays in Slack; undefined where there is none. */
  playable(audio: MessageAudio): Promise<PlayableAudio | undefined>;
}

interface SlackClients extends SlackMessengerDeps {
  readonly web: WebClient;
  /** The client without retries, for calls that are not idempotent. */
  readonly once: WebClient;
  readonly direct: DirectMessages;
  /** Resolves between cards, when no card is being sent. */
  readonly idle: IdleWait;
}

/**
 * Uploads run at most two at a time, so that memory holds few files, and wait (for a limited time) until no card is
 * being sent.
 */
const mostUploads = 2;
const idleMilliseconds = 100;
const timeoutMilliseconds = 5000;

/** Create the wait for a moment without cards that the messengers of several workspaces share. */
export const sharedIdle = (): IdleWait => waitForIdle(idleMilliseconds);

/** Create the messenger by which the core writes to people in Slack. */
export function slackMessenger(
  config: SlackConfig,
  deps: SlackMessengerDeps,
  betweenCards: IdleWait = sharedIdle(),
): SlackMessenger {
  const web = webApi(config, deps.log);
  const once = webApi(config, deps.log, { once: true });
  const clients: SlackClients = {
    ...deps,
    web,
    once,
    direct: directMessages(web, once),
    idle: betweenCards,
  };
  const { runLater, idle } = backgroundUploads(clients.idle);
  return {
    isOwnWorkspace: (externalWorkspaceId) => isOwnWorkspace(web, externalWorkspaceId),
    profile: (account) => profile(web, account),
    send: (to, card, delivery) => send(clients, to, card, delivery),
    update: (to, ref, card, delivery) => update(clients, to, ref, card, delivery),
    audio: { runLater, attach: (ref, audio, { look }) => attach(clients, spotOf(ref), audio, look) },
    stop: idle,
  };
}

async function send(clients: SlackClients, to: Address, card: Card, delivery?: Delivery): Promise<Receipt> {
  try {
    const at = await clients.idle.runWithPriority(async () => {
      const before = delivery?.mayBeThere ? await findBefore(clients, to, delivery) : undefined;
      if (!before) return clients.direct.post(to.accountId, messageOf(card), delivery);
      await clients.web.chat.update({ ...before, ...messageOf(card) });
      return before;
    });
    return { kind: 'sent', ref: { ...at } };
  } catch (error) {
    return unreachable(error);
  }
}

/**
 * Find the card that an earlier attempt may have posted. Where Slack does not allow the search, a duplicate card is
 * better than no card.
 */
async function findBefore(
  clients: SlackClients,
  to: Address,
  delivery: Delivery,
): Promise<MessageLocation | undefined> {
  try {
    return await clients.direct.find(to.accountId, delivery);
  } catch (error) {
    if (!['missing_scope', 'not_allowed_token_type', 'no_permission'].includes(slackErrorOf(error) ?? '')) throw error;
    clients.log.warn({ error }, 'slack history not readable');
    return undefined;
  }
}

async function update(
  clients: SlackClients,
  to: Address,
  ref: MessageRef,
  card: Card,
  delivery?: Delivery,
): Promise<Receipt> {
  const at = spotOf(ref);
  try {
    await clients.idle.runWithPriority(() => clients.web.chat.update({ ...at, ...messageOf(card) }));
  } catch (error) {
    return isLost(error) ? send(clients, to, card, delivery) : unreachable(error);
  }
  return { kind: 'sent', ref: { ...at } };
}

const spotOf = ({ channel = '', ts = '' }: MessageRef): MessageLocation => ({ channel, ts });

/** Run uploads in the background, when no card is being sent and a slot is free. */
function backgroundUploads(cards: IdleWait): { runLater: AudioAttacher['runLater']; idle: () => Promise<void> } {
  const turn = concurrencyLimit(mostUploads);
  const running = new Set<Promise<void>>();
  const waiting = new Set<string>();
  return {
    runLater(key, work, { atOnce }) {
      if (waiting.has(key)) return;
      waiting.add(key);
      const latest = performance.now() + timeoutMilliseconds;
      const begun = turn(async () => {
        if (!atOnce) await cards.waitUntilIdle(latest);
        waiting.delete(key);
        await work();
      }).finally(() => running.delete(begun));
      running.add(begun);
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

/** Make the thread of a message hold exactly this audio, or none. */
async function attach(
  clients: SlackClients,
  at: MessageLocation,
  audio: MessageAudio | undefined,
  look: boolean,
): Promise<boolean> {
  if (!audio) {
    await takeAway(clients, at);
    return false;
  }
  if (look && (await findAudio(clients.web, at)).length > 0) return true;
  const playable = await clients.playable(audio);
  if (!playable) return false;
  await attachAudio(clients.once, at, playable);
  return true;
}

async function takeAway(clients: SlackClients, at: MessageLocation): Promise<void> {
  try {
    await removeAudio(clients.web, at);
  } catch (error) {
    // A refusal by Slack (the thread is gone, the scope is missing) would be the same on a retry.
    if (slackErrorOf(error) === undefined || mayHaveWorked(error)) throw error;
    clients.log.warn({ error }, 'audio file not removed from slack');
  }
}

/** The message is gone, or can no longer be changed. */
const isLost = (error: unknown): boolean =>
  ['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found'].includes(
    slackErrorOf(error) ?? '',
  );

/** Slack's error codes for a person who cannot be written to, now or later. */
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

/** Whether the bot token belongs to this workspace or organisation. */
async function isOwnWorkspace(web: WebClient, externalWorkspaceId: string): Promise<boolean> {
  const { team_id, enterprise_id } = await web.auth.test();
  return externalWorkspaceId === team_id || externalWorkspaceId === enterprise_id;
}

async function profile(web: WebClient, account: AccountKey): Promise<Profile | undefined> {
  try {
    const { user } = await web.users.info({ user: account.accountId, include_locale: true });
    if (user === undefined || user.is_bot || user.deleted) return undefined;
    const person = SlackPerson.parse(user);
    const email = verifiedEmail(person, account.externalWorkspaceId);
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
