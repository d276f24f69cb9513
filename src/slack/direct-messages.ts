import { setTimeout as wait } from 'node:timers/promises';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Delivery } from '../core/chat/messenger.js';
import { OutcomeUnknown } from '../core/errors.js';
import type { Message } from './render.js';
import { mayHaveWorked } from './web-api.js';

/** Where a message stands. */
export interface Spot {
  readonly channel: string;
  readonly ts: string;
}

/** The conversation of two between a person and the app. */
export interface DirectMessages {
  /** The channel's id. */
  channelOf(accountId: string): Promise<string>;
  /** Where the message stands. Rejects with `OutcomeUnknown` where Slack may have taken it all the same. */
  post(accountId: string, message: Message, delivery?: Delivery): Promise<Spot>;
  /** Where the message of this delivery stands, if an earlier try brought it. */
  find(accountId: string, delivery: Delivery): Promise<Spot | undefined>;
}

/** What our messages carry, unseen: which delivery they are. */
const deliveredEvent = 'attendant_delivered';

/** Slack's clock and ours may differ, and the first try may be a little older than its row. */
const marginSeconds = 600;
const pageSize = 100;
/** A person gets no thousand messages between a try and the next. */
const mostPages = 10;

/** So often a message waits out a 429; then the job comes back. */
const mostWaits = 2;

/**
 * `once`: a client that tries nothing twice, for posting: Slack knows no repeat by itself, so a request whose answer was
 * lost must not be sent again unseen.
 */
export function directMessages(web: WebClient, once: WebClient): DirectMessages {
  // A channel of two never changes its id: asked for once.
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

  /** Slack limits the app, not a request: everybody waits as long as it asks. */
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
      // As text, which it becomes anyway: the client would copy a list of blocks through and through for a log we never keep.
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
