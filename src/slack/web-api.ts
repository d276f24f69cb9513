import type { Logger as SlackLogger } from '@slack/web-api';
import { LogLevel, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError, WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { SlackConfig } from '../env.js';
import { slackFetch } from './slack-fetch.js';

/**
 * Return a client for Slack's Web API with our token. It waits as long as a 429 asks, at most a few times; then the
 * call fails and the job is retried. `once`: no retry at all, not even after a 429, for calls that are not idempotent.
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

/** The connection was never made, so nothing was sent. */
const unsent = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)\b/;

/** Whether Slack may have performed the request although it answered with an error, or did not answer. */
export function mayHaveWorked(error: unknown): boolean {
  if (error instanceof WebAPIPlatformError) return uncertain.includes(error.data.error);
  if (error instanceof WebAPIRateLimitedError) return false;
  if (error instanceof WebAPIRequestError) return !unsent.test(`${codeOf(error.original)} ${error.message}`);
  return true;
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;

/** Slack's code for an error, such as `message_not_found`; undefined when Slack did not answer. */
export const slackErrorOf = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? error.data.error : undefined;

/** The OAuth scope that Slack says the token lacks; undefined for any other error. */
export function scopeMissing(error: unknown): string | undefined {
  if (slackErrorOf(error) !== 'missing_scope') return undefined;
  const { needed } = (error as WebAPIPlatformError).data as { needed?: unknown };
  return typeof needed === 'string' ? needed : 'users:read';
}

/** The logger for Slack's packages. Their info and debug lines hold message bodies, so they are dropped. */
export const slackLogger = (log: Logger): SlackLogger => ({
  debug: () => {},
  info: () => {},
  warn: (...facts) => log.warn({ facts }, 'slack library'),
  error: (...facts) => log.error({ facts }, 'slack library'),
  setLevel: () => {},
  getLevel: () => LogLevel.WARN,
  setName: () => {},
});
