import { hasPermission } from '../chat/actor.js';
import { lineCard } from '../chat/chat.views.js';
import type { Request } from '../chat/exchange.js';
import type { Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { hasAccess } from '../people/person.js';
import { companyActions } from '../settings/settings.action-ids.js';
import { type CompanyClosedBy, companyClosedCard } from '../settings/settings.views.js';
import type { Identification } from './identify.store.js';

type Known = Identification & { readonly kind: 'known' };

/**
 * Why the app is closed to this person, as the one card they get; undefined: it is open. Of a company that is closed its
 * admins get the button that opens it again.
 */
export function closedApp(found: Known): Card | undefined {
  const { requester, appClosedBy } = found;
  const { reader, user } = requester;
  const { chat } = wordsIn(reader.locale);
  const closedBy = companyClosedBy(found);
  if (closedBy !== undefined && mayOpenCompany(found)) return companyClosedCard(reader, closedBy);
  if (closedBy === 'enabled') return lineCard(chat.tenantOff);
  return appClosedBy === undefined && hasAccess(user) ? undefined : lineCard(chat.noAccess);
}

/** Does this request open a company that is closed? */
export const opensCompany = (found: Known, request: Request): boolean =>
  request.kind === 'click' && request.action === companyActions.switchOn && mayOpenCompany(found);

function companyClosedBy({ tenantEnabled, appClosedBy }: Known): CompanyClosedBy | undefined {
  if (!tenantEnabled) return 'enabled';
  return appClosedBy === 'company' ? 'appAccess' : undefined;
}

const mayOpenCompany = ({ requester: { actor, user }, ownAppOpen }: Known): boolean =>
  actor.kind === 'self' && hasPermission(actor, 'tenant.edit') && hasAccess(user) && ownAppOpen;
