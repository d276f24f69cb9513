import { setTimeout as wait } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { Agent, request } from 'undici';
import type { SlackConfig } from '../env.js';
import type { Message } from './render.js';

/** What a `response_url` takes beside the message. */
type Delivery = { readonly response_type: 'ephemeral'; readonly replace_original: boolean } & Message;

export interface ResponseUrls {
  /**
   * False when Slack does not take it (any more): after 5 uses, after 30 minutes. `over` names the message that it
   * replaces: a delivery that has to wait is dropped when a newer one for the same message came meanwhile.
   */
  post(url: string, delivery: Delivery, over?: string): Promise<boolean>;
  close(): Promise<void>;
}

const LONGEST_WAIT_SECONDS = 30;

/**
 * Answers over the addresses Slack gives with a payload: one POST on a connection that is kept, because this stands
 * behind every command. Only Slack's own hosts are written to, whatever the payload says.
 */
export function responseUrls(config: SlackConfig): ResponseUrls {
  const agent = new Agent({ keepAliveTimeout: 30_000, connections: 64, headersTimeout: 10_000, bodyTimeout: 10_000 });

  const newest = new LRUCache<string, Delivery>({ max: 5_000, ttl: 60 * 60 * 1000 });

  async function post(url: string, delivery: Delivery, over?: string, again = true): Promise<boolean> {
    if (!isSlacks(url, config.apiUrl)) return false;
    if (over !== undefined && again) newest.set(over, delivery);
    const { statusCode, headers, body } = await request(url, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(delivery),
    });
    await body.dump();
    if (statusCode === 429 && again) {
      await wait(Math.min(Number(headers['retry-after']) || 1, LONGEST_WAIT_SECONDS) * 1000);
      if (over !== undefined && newest.get(over) !== delivery) return true;
      return post(url, delivery, over, false);
    }
    return statusCode === 200;
  }

  return { post: (url, delivery, over) => post(url, delivery, over), close: () => agent.close() };
}

/** Is this an address of Slack, or of the server that stands in for it? */
export function isSlacks(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  const slacks = /(^|\.)(slack\.com|slack-gov\.com)$/.test(hostname);
  return origin === new URL(apiUrl).origin || (protocol === 'https:' && slacks);
}
