import type { Logger as SlackLogger } from '@slack/web-api';
import { LogLevel, WebAPIPlatformError, WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { SlackConfig } from '../env.js';
import { slackFetch } from './fetch.js';

/** Slack's Web API with our token. Waits out a 429 as Slack says; gives up after a few tries, for a job to come back. */
export const webApi = (config: SlackConfig, log: Logger): WebClient =>
  new WebClient(config.botToken, {
    slackApiUrl: config.apiUrl,
    fetch: slackFetch,
    logger: slackLogger(log),
    timeout: 15_000,
    retryConfig: { retries: 2, minTimeout: 300, factor: 3 },
  });

/** Slack's code for what went wrong (`message_not_found`); undefined when Slack did not answer at all. */
export const slackErrorOf = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? error.data.error : undefined;

/** The scope that Slack says is missing. */
export function scopeMissing(error: unknown): string | undefined {
  if (slackErrorOf(error) !== 'missing_scope') return undefined;
  const { needed } = (error as WebAPIPlatformError).data as { needed?: unknown };
  return typeof needed === 'string' ? needed : 'users:read';
}

/** Slack's packages log through this; their info and debug lines are about themselves, and hold bodies. */
export const slackLogger = (log: Logger): SlackLogger => ({
  debug: () => {},
  info: () => {},
  warn: (...facts) => log.warn({ facts }, 'slack library'),
  error: (...facts) => log.error({ facts }, 'slack library'),
  setLevel: () => {},
  getLevel: () => LogLevel.WARN,
  setName: () => {},
});
