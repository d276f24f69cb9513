import { setTimeout as wait } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { Agent, request } from 'undici';
import type { SlackConfig } from '../env.js';
import type { Message } from './render.js';

/** The delivery options that a `response_url` accepts beside the message. */
type ResponseOptions = { readonly response_type: 'ephemeral'; readonly replace_original: boolean } & Message;

/** Posts to the `response_url` of payloads. */
export interface ResponseUrls {
  /**
   * Post to a `response_url`. Resolves to false when Slack no longer accepts it (after 5 uses or 30 minutes). `over`
   * names the message being replaced: a delivery that has to wait is dropped when a newer one for the same message has
   * come.
   */
  post(url: string, delivery: ResponseOptions, over?: string): Promise<boolean>;
  close(): Promise<void>;
}

const LONGEST_WAIT_SECONDS = 30;

/**
 * Create the poster. One POST on a kept-alive connection, because every command waits for it. Only Slack's own hosts
 * are called, whatever address the payload names.
 */
export function responseUrls(config: SlackConfig): ResponseUrls {
  const agent = new Agent({ keepAliveTimeout: 30_000, connections: 64, headersTimeout: 10_000, bodyTimeout: 10_000 });

  const newest = new LRUCache<string, ResponseOptions>({ max: 5_000, ttl: 60 * 60 * 1000 });

  async function post(url: string, delivery: ResponseOptions, over?: string, again = true): Promise<boolean> {
    if (!isSlackUrl(url, config.apiUrl)) return false;
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

/** Whether this is an address of Slack, or of the machine that stands in for it, on any port. */
export function isSlackUrl(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  if (isSlackHost(hostname)) return protocol === 'https:';
  return hostname === new URL(apiUrl).hostname && /^https?:$/.test(protocol);
}

const isSlackHost = (hostname: string): boolean => /(^|\.)(slack\.com|slack-gov\.com)$/.test(hostname);
