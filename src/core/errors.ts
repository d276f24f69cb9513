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
    readonly status: 400 | 403 | 404 | 409 | 413 | 415 | 422 = 422,
  ) {
    super('refused');
    this.name = 'UserError';
  }
}
