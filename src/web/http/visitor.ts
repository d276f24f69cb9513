import type { Request, Response } from 'express';
import type { SignedIn } from '../../core/accounts/sign-in.types.js';
import type { EndedSession } from '../../core/app/identify.store.js';
import { pageAccess } from '../../core/app/page-access.js';
import type { Sender } from '../../core/chat/exchange.js';
import type { Requester } from '../../core/chat/requester.js';
import type { Banner, Card } from '../../core/chat/view.js';
import type { Deps } from '../../core/deps.js';
import { isFromScript } from '../read.js';
import { senderOf, sessionOf } from './session.js';

/** A signed-in person who requests a page. */
export interface Visitor {
  readonly session: SignedIn;
  readonly from: Sender;
  readonly requester: Requester;
  readonly bar: Banner | undefined;
  /** The reason to show when the person may not use the app. */
  readonly closed: Card | undefined;
  readonly endedSession: EndedSession | undefined;
}

/** The visitor who sent a request; undefined when not signed in. */
export async function visitorOf(deps: Deps, request: Request): Promise<Visitor | undefined> {
  const session = await sessionOf(deps, request);
  if (!session) return undefined;
  const from = senderOf(request, session);
  const seen = await pageAccess(deps, from);
  return seen && { session, from, ...seen };
}

/** Redirect to the sign-in page, which returns to the requested page. */
export function sendToSignIn(request: Request, response: Response): void {
  const to = request.method === 'GET' && !isFromScript(request) ? `?to=${encodeURIComponent(request.originalUrl)}` : '';
  if (isFromScript(request)) response.set('HX-Redirect', '/sign-in').status(204).end();
  else response.redirect(303, `/sign-in${to}`);
}
