import type { Sender } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { Banner, Card } from '../chat/view.js';
import type { Deps } from '../deps.js';
import { as } from '../ids.js';
import { impersonationBanner } from '../impersonation/impersonation.views.js';
import { closedApp } from './closed-app.js';
import { identify } from './identify.store.js';

/** Somebody who looks at a page of ours: who they are, or why they may not. */
export interface PageAccess {
  readonly requester: Requester;
  readonly bar: Banner | undefined;
  /** Why the app is closed to them, where it is. */
  readonly closed: Card | undefined;
}

/** Who looks, behind the same gates as `dispatch`: for pages that are more than a card. Undefined: an unlinked account. */
export async function pageAccess(deps: Deps, from: Sender): Promise<PageAccess | undefined> {
  const found = await identify(deps.db, { kind: 'home', id: as('visit'), from }, deps.clock.now());
  if (found.kind !== 'known') return undefined;

  const { requester } = found;
  return { requester, bar: requester.impersonator && impersonationBanner(requester), closed: closedApp(found) };
}
