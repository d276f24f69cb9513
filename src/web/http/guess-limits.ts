import type { Request } from 'express';
import { UserError } from '../../core/errors.js';
import { rateLimit } from '../../core/rate-limit.js';
import { LinkClosed } from '../../core/voicemail/sharing/player-link.js';
import { clientAddress } from '../../http/client-address.js';

/** Links that are none of ours, from one address: typed, cut short by a mail program, or guessed. */
const wrongLinks = { burst: 60, perMinute: 30 };
/** Choosing somebody in the demo writes a session; asking for a sign-in card writes to somebody's chat. */
const signIns = { burst: 240, perMinute: 120 };
const signInCards = { burst: 10, perMinute: 5 };

/** What strangers may do at the door, by their address. */
export interface GuessLimits {
  /** Runs what opens a personal link, and counts it where it was no link. Refuses (UserError, 429) too many of those. */
  opening<Result>(request: Request, open: () => Promise<Result>): Promise<Result>;
  /** Refuse (UserError, 429) too many. */
  signIn(request: Request): void;
  signInCard(request: Request): void;
}

export function guessLimits(): GuessLimits {
  const [wrong, sessions, cards] = [wrongLinks, signIns, signInCards].map(rateLimit) as [
    ReturnType<typeof rateLimit>,
    ReturnType<typeof rateLimit>,
    ReturnType<typeof rateLimit>,
  ];
  return {
    // A link is signed, so that a right one is no lucky guess: it opens whatever others at the same address tried.
    async opening(request, open) {
      try {
        return await open();
      } catch (error) {
        const isWrong = error instanceof UserError && !(error instanceof LinkClosed) && error.status !== 429;
        if (isWrong && !wrong.take(clientAddress(request))) throw tooFast();
        throw error;
      }
    },
    signIn(request) {
      if (!sessions.take(clientAddress(request))) throw tooFast();
    },
    signInCard(request) {
      if (!cards.take(clientAddress(request))) throw tooFast();
    },
  };
}

const tooFast = () => new UserError((words) => words.chat.tooFast, 429);
