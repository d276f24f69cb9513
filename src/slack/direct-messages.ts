import { setTimeout as wait } from 'node:timers/promises';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Delivery } from '../core/chat/messenger.js';
import { OutcomeUnknown } from '../core/errors.js';
import type { Message } from './render.js';
import { mayHaveWorked } from './web-api.js';

/** The channel and timestamp that identify a message. */
export interface MessageLocation {
  readonly channel: string;
  readonly ts: string;
}

/** Direct messages between a person and the app. */
export interface DirectMessages {
  /** Return the id of the channel, opened if needed. */
  channelOf(accountId: string): Promise<string>;
  /**
   * Post a message and return its location. Rejects with `OutcomeUnknown` when Slack may have posted it in spite of an
   * error.
   */
  post(accountId: string, message: Message, delivery?: Delivery): Promise<MessageLocation>;
  /** Find the message of this delivery, if an earlier attempt posted it. */
  find(accountId: string, delivery: Delivery): Promise<MessageLocation | undefined>;
}

/** The metadata event type that marks our messages with their delivery. */
const deliveredEvent = 'attendant_delivered';

/** Slack's clock may differ from ours, and the first attempt may be a little older than its row. */
const marginSeconds = 600;
const pageSize = 100;
/** A person receives fewer messages than this between two attempts. */
const mostPages = 10;

/** A message waits for a 429 at most this often; then its job is retried later. */
const mostWaits = 2;

/**
 * Create the direct messages. `once` is a client without retries, for posting: Slack does not deduplicate, so a request
 * whose answer was lost must not be repeated before a search for its message.
 */
export function directMessages(web: WebClient, once: WebClient): DirectMessages {
  // The channel of a direct message never changes its id, so it is cached.
  const channels = new LRUCache<string, string>({ max: 10_000 });
  let pausedUntil = 0;

  async function channelOf(accountId: string): Promise<string> {
    const known = channels.get(accountId);
    if (known !== undefined) return known;
    const { channel } = await web.conversations.open({ users: accountId });
    if (channel?.id === undefined) throw new Error('conversations.open named no channel');
    channels.set(accountId, channel.id);
    return channel.id;
  }

  /** Slack's rate limit concerns the whole app, so every request waits as long as Slack asks. */
  async function inTime<Result>(request: () => Promise<Result>): Promise<Result> {
    for (let waits = 0; ; waits += 1) {
      const left = pausedUntil - performance.now();
      if (left > 0) await wait(left);
      try {
        return await request();
      } catch (error) {
        if (!(error instanceof WebAPIRateLimitedError) || waits >= mostWaits) throw error;
        pausedUntil = Math.max(pausedUntil, performance.now() + error.retryAfter * 1000);
      }
    }
  }

  return {
    channelOf,

    async post(accountId, message, delivery) {
      const channel = await channelOf(accountId);
      // Stringified here: given a list of blocks, the client would deep-copy it for a debug log that we drop.
      const blocks = JSON.stringify(message.blocks) as never;
      const metadata = delivery && { event_type: deliveredEvent, event_payload: { key: delivery.key } };
      const asked = { channel, text: message.text, blocks, unfurl_links: false, ...(metadata ? { metadata } : {}) };
      try {
        const { ts } = await inTime(() => once.chat.postMessage(asked));
        return { channel, ts: ts ?? '' };
      } catch (error) {
        throw mayHaveWorked(error) ? new OutcomeUnknown(error) : error;
      }
    },

    async find(accountId, { key, ageSeconds }) {
      const channel = await channelOf(accountId);
      const oldest = String(Math.floor(Date.now() / 1000 - ageSeconds - marginSeconds));
      let cursor = '';
      for (let page = 0; page < mostPages; page += 1) {
        const { messages = [], response_metadata: next } = await web.conversations.history({
          channel,
          oldest,
          limit: pageSize,
          include_all_metadata: true,
          ...(cursor === '' ? {} : { cursor }),
        });
        const found = messages.find(
          ({ metadata }) =>
            metadata?.event_type === deliveredEvent && (metadata.event_payload as { key?: unknown })?.key === key,
        );
        if (found?.ts !== undefined) return { channel, ts: found.ts };
        cursor = next?.next_cursor ?? '';
        if (cursor === '') return undefined;
      }
      return undefined;
    },
  };
}
