import type { Request, Response } from 'express';
import type { SignedIn } from '../../core/accounts/sign-in.types.js';
import { pageAccess } from '../../core/app/page-access.js';
import type { Sender } from '../../core/chat/exchange.js';
import type { Requester } from '../../core/chat/requester.js';
import type { Banner, Card } from '../../core/chat/view.js';
import type { Deps } from '../../core/deps.js';
import { isLive } from '../read.js';
import { senderOf, sessionOf } from './session.js';

/** Somebody signed in, at one of our pages. */
export interface Visitor {
  readonly session: SignedIn;
  readonly from: Sender;
  readonly requester: Requester;
  readonly bar: Banner | undefined;
  /** Why the app is closed to them, where it is. */
  readonly closed: Card | undefined;
}

/** Who sent this; undefined while nobody is signed in. */
export async function visitorOf(deps: Deps, request: Request): Promise<Visitor | undefined> {
  const session = await sessionOf(deps, request);
  if (!session) return undefined;
  const from = senderOf(request, session);
  const seen = await pageAccess(deps, from);
  return seen && { session, from, ...seen };
}

/** To the sign-in page, and from there back to what was asked for. */
export function sendToSignIn(request: Request, response: Response): void {
  const to = request.method === 'GET' && !isLive(request) ? `?to=${encodeURIComponent(request.originalUrl)}` : '';
  if (isLive(request)) response.set('HX-Redirect', '/sign-in').status(204).end();
  else response.redirect(303, `/sign-in${to}`);
}
