import type { Words } from './chat/words.js';

/**
 * A refusal that the person can understand and act on: what happened, and what to do next. It holds a function of the
 * words instead of text, so that each reader gets it in their own language. Any other error is a bug.
 */
export class UserError extends Error {
  constructor(
    readonly say: (words: Words) => string,
    /** The status of the HTTP API's response; chat ignores it. */
    readonly status: 400 | 403 | 404 | 409 | 413 | 415 | 422 | 429 = 422,
  ) {
    super('refused');
    this.name = 'UserError';
  }
}

/**
 * The answer was lost, so the message may have arrived: before a retry, check whether it did, or retry at most once.
 * Thrown by messengers and by mail.
 */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super(`outcome unknown: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'OutcomeUnknown';
  }
}

/**
 * Return whether the error means unavailability: the database is unreachable or the connection was lost (in a raw query
 * Prisma says so only in the message); the disk is full, broken or inaccessible; the recordings store does not answer;
 * all audio threads are busy, or too slow for one file; or the keys that verify a token cannot be loaded.
 */
export const isUnavailable = (error: unknown): boolean =>
  unavailableCodes.test(`${(error as { code?: string }).code} ${(error as Error).message}`);

const unavailableCodes =
  /\b(P1001|P1002|P1008|P1017|P2024|P2028|P2037|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOSPC|EDQUOT|EROFS|EACCES|EIO|ENOTDIR|EEXIST|AUDIO_BUSY|AUDIO_LATE|RECORDINGS_AWAY|KEYS_AWAY|57P0[123]|53300|not currently accepting connections|terminat|Connection|reach database server|closed the connection|timeout exceeded|Operation has timed out|Query read timeout)/;
