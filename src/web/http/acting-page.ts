import type { Request, Response } from 'express';
import type { Requester } from '../../core/chat/requester.js';
import type { Deps } from '../../core/deps.js';
import { isUuid } from '../../core/ids.js';
import { markEndSeen } from '../../core/impersonation/impersonation.store.js';
import { sessionAddress } from '../page-links.js';
import { isFromScript } from '../read.js';
import { platform } from './session.js';
import type { Visitor } from './visitor.js';

/*
 * A page that was opened while an admin acts as another user stays open when that ends, and the reverse. Its script
 * sends as whom the page was drawn with every request; an answer for another person would mix the two on one page, and
 * a click would happen to somebody else. So such a request does nothing but lead on.
 */

/** The header in which a page’s script says as whom the page was drawn. */
export const actingHeader = 'X-Acting';

const asOneself = 'self';

/** The value of the header: the session in which the reader acts as another user. */
export const actingAs = ({ actor }: Requester): string =>
  actor.kind === 'impersonating' ? actor.sessionId : asOneself;

/**
 * Lead a visitor whose page, or whose session, belongs to an impersonation that has ended to the page that tells of it,
 * and a page from before one began to itself. Returns whether the request was answered so.
 */
export async function leadToEndedSession(asked: {
  readonly deps: Deps;
  readonly request: Request;
  readonly response: Response;
  readonly visitor: Visitor;
}): Promise<boolean> {
  const { deps, request, response, visitor } = asked;
  const { requester, endedSession } = visitor;
  const isClick = request.method === 'POST' || request.path.startsWith('/forms/');
  const drawnAs = isFromScript(request) ? request.get(actingHeader) : undefined;
  if (drawnAs !== undefined && drawnAs !== actingAs(requester)) {
    if (isUuid(drawnAs) && requester.actor.kind === 'self')
      response.set('HX-Redirect', `${sessionAddress(drawnAs)}${isClick ? '?late' : ''}`);
    else response.set('HX-Refresh', 'true');
    response.status(204).end();
    return true;
  }
  if (!endedSession || (request.method === 'GET' && isFromScript(request))) return false;
  await markEndSeen(deps.db, requester.tenant.id, endedSession.id, platform);
  const page = sessionAddress(endedSession.id);
  if (request.path === page) return false;
  if (isFromScript(request)) response.set('HX-Redirect', `${page}?late`).status(204).end();
  else response.redirect(303, request.method === 'GET' ? page : `${page}?late`);
  return true;
}
