import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Message } from './render.js';

/** The conversation of two between a person and the app. */
export interface DirectMessages {
  /** The channel's id. */
  channelOf(accountId: string): Promise<string>;
  /** Where the message stands. */
  post(accountId: string, message: Message): Promise<{ channel: string; ts: string }>;
}

export function directMessages(web: WebClient): DirectMessages {
  // A channel of two never changes its id: asked for once.
  const channels = new LRUCache<string, string>({ max: 10_000 });

  async function channelOf(accountId: string): Promise<string> {
    const known = channels.get(accountId);
    if (known !== undefined) return known;
    const { channel } = await web.conversations.open({ users: accountId });
    if (channel?.id === undefined) throw new Error('conversations.open named no channel');
    channels.set(accountId, channel.id);
    return channel.id;
  }

  return {
    channelOf,
    post: async (accountId, message) => {
      const channel = await channelOf(accountId);
      // As text, which it becomes anyway: the client would copy a list of blocks through and through for a log we never keep.
      const blocks = JSON.stringify(message.blocks) as never;
      const { ts } = await web.chat.postMessage({ channel, text: message.text, blocks, unfurl_links: false });
      return { channel, ts: ts ?? '' };
    },
  };
}
