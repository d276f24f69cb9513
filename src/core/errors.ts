import type { Words } from './chat/words.js';

/**
 * A refusal that the person can understand and act on: what happened, and what to do next.
 * It holds no text but a way to say it, so that each reader gets it in their own language.
 * Anything else that is thrown is a bug.
 */
export class UserError extends Error {
  constructor(
    readonly say: (words: Words) => string,
    /** How the HTTP API answers; chat does not care. */
    readonly status: 400 | 403 | 404 | 409 | 413 | 415 | 422 | 429 = 422,
  ) {
    super('refused');
    this.name = 'UserError';
  }
}

/**
 * The answer was lost, so the message may have arrived: before another try, look whether it did, or try at most once more.
 * Thrown by messengers and by mail.
 */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super(`outcome unknown: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'OutcomeUnknown';
  }
}

/**
 * A database that cannot be reached, or was lost on the way (in a raw query Prisma says so in words only); a disk that
 * is full, broken or closed to us; a store of recordings that does not answer; audio threads that are all taken, or too slow for one file.
 */
export const isUnavailable = (error: unknown): boolean =>
  away.test(`${(error as { code?: string }).code} ${(error as Error).message}`);

const away =
  /\b(P1001|P1002|P1008|P1017|P2024|P2028|P2037|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOSPC|EDQUOT|EROFS|EACCES|EIO|ENOTDIR|EEXIST|AUDIO_BUSY|AUDIO_LATE|RECORDINGS_AWAY|57P0[123]|53300|not currently accepting connections|terminat|Connection|reach database server|closed the connection|timeout exceeded|Operation has timed out|Query read timeout)/;
