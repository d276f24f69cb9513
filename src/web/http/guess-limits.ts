import type { Request } from 'express';
import { UserError } from '../../core/errors.js';
import { rateLimit } from '../../core/rate-limit.js';
import { LinkClosed } from '../../core/voicemail/sharing/player-link.js';
import { clientAddress } from '../../http/client-address.js';

/** Invalid links from one address: mistyped, truncated by a mail program, or guessed. */
const wrongLinks = { burst: 60, perMinute: 30 };
/** Choosing a person in the demo writes a session; requesting a sign-in card sends a chat message. */
const signIns = { burst: 240, perMinute: 120 };
const signInCards = { burst: 10, perMinute: 5 };

/** Rate limits for visitors who are not signed in, by address. */
export interface GuessLimits {
  /**
   * Run `open`, which opens a personal link, and count it if the link was invalid. Rejects (UserError, 429) above the
   * limit.
   */
  openingLink<Result>(request: Request, open: () => Promise<Result>): Promise<Result>;
  /** Throws (UserError, 429) above the limit. */
  signIn(request: Request): void;
  signInCard(request: Request): void;
}

/** Create the limits. */
export function guessLimits(): GuessLimits {
  const [wrong, sessions, cards] = [wrongLinks, signIns, signInCards].map(rateLimit) as [
    ReturnType<typeof rateLimit>,
    ReturnType<typeof rateLimit>,
    ReturnType<typeof rateLimit>,
  ];
  return {
    // A valid signature cannot be guessed, so a valid link opens whatever others at the same address tried.
    async openingLink(request, open) {
      try {
        return await open();
      } catch (error) {
        const isWrong = error instanceof UserError && !(error instanceof LinkClosed) && error.status !== 429;
        if (isWrong && !wrong.take(clientAddress(request))) throw tooManyAttempts();
        throw error;
      }
    },
    signIn(request) {
      if (!sessions.take(clientAddress(request))) throw tooManyAttempts();
    },
    signInCard(request) {
      if (!cards.take(clientAddress(request))) throw tooManyAttempts();
    },
  };
}

const tooManyAttempts = () => new UserError((words) => words.chat.tooFast, 429);
