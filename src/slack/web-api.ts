import type { Logger as SlackLogger } from '@slack/web-api';
import { LogLevel, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError, WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { SlackConfig } from '../env.js';
import { slackFetch } from './slack-fetch.js';

/**
 * Slack's Web API with our token. Waits out a 429 as Slack says; gives up after a few tries, for a job to come back.
 * `once`: tries nothing twice, not even after a 429, for what must not happen twice.
 */
export const webApi = (config: SlackConfig, log: Logger, { once = false } = {}): WebClient =>
  new WebClient(config.botToken, {
    slackApiUrl: config.apiUrl,
    fetch: slackFetch,
    logger: slackLogger(log),
    timeout: 15_000,
    retryConfig: { retries: once ? 0 : 2, minTimeout: 300, factor: 3 },
    rejectRateLimitedCalls: once,
  });

/** Errors after which the outcome of the request is unknown. */
const uncertain: readonly (string | undefined)[] = [
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
];

/** Not connected at all: nothing was sent. */
const unsent = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)\b/;

/** May Slack have done what was asked, though it answered with an error, or not at all? */
export function mayHaveWorked(error: unknown): boolean {
  if (error instanceof WebAPIPlatformError) return uncertain.includes(error.data.error);
  if (error instanceof WebAPIRateLimitedError) return false;
  if (error instanceof WebAPIRequestError) return !unsent.test(`${codeOf(error.original)} ${error.message}`);
  return true;
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;

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
