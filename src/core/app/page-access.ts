import type { Asker } from '../chat/asker.js';
import type { Sender } from '../chat/exchange.js';
import type { Bar } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { as } from '../ids.js';
import { impersonationBar } from '../impersonation/impersonation.views.js';
import { hasAccess } from '../people/person.js';
import { identify } from './identify.store.js';

/** Somebody who looks at a page of ours: who they are, or why they may not. */
export interface PageAccess {
  readonly asker: Asker;
  readonly bar: Bar | undefined;
  /** Words for the person, where the app is closed to them. */
  readonly refused: string | undefined;
}

/** Who looks, behind the same gates as `dispatch`: for pages that are more than a card. Undefined: an unlinked account. */
export async function pageAccess(deps: Deps, from: Sender): Promise<PageAccess | undefined> {
  const found = await identify(deps.db, { kind: 'home', id: as('visit'), from }, deps.clock.now());
  if (found.kind !== 'known') return undefined;

  const { asker } = found;
  const words = wordsIn(asker.reader.locale).chat;
  const open = found.appAllowed && hasAccess(asker.user);
  return {
    asker,
    bar: asker.impersonator && impersonationBar(asker),
    refused: !found.tenantEnabled ? words.tenantOff : open ? undefined : words.noAccess,
  };
}
