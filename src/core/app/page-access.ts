import type { Sender } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { Banner, Card } from '../chat/view.js';
import type { Deps } from '../deps.js';
import { asId } from '../ids.js';
import { impersonationBanner } from '../impersonation/impersonation.views.js';
import { closedApp } from './closed-app-card.js';
import { type EndedSession, identify } from './identify.store.js';

/** A person who views a page: who they are, or why they may not. */
export interface PageAccess {
  readonly requester: Requester;
  readonly bar: Banner | undefined;
  /** What to show if the app is closed to them. */
  readonly closed: Card | undefined;
  /** An impersonation of theirs that somebody else ended, and of which this platform has not told them. */
  readonly endedSession: EndedSession | undefined;
}

/**
 * Identify the viewer of a page that is more than a card, by the same checks as `dispatch`. Undefined: an unlinked
 * account.
 */
export async function pageAccess(deps: Deps, from: Sender): Promise<PageAccess | undefined> {
  const found = await identify(deps.db, { kind: 'home', id: asId('visit'), from }, deps.clock.now());
  if (found.kind !== 'known') return undefined;

  const { requester, endedSession } = found;
  const bar = requester.impersonator && impersonationBanner(requester);
  return { requester, bar, closed: await closedApp(deps, found), endedSession };
}
