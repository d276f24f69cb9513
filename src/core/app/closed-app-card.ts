import { hasPermission } from '../chat/actor.js';
import { lineCard } from '../chat/chat.views.js';
import type { Request } from '../chat/exchange.js';
import type { Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { hasAccess } from '../people/person.js';
import { companyActions } from '../settings/settings.action-ids.js';
import { appClosedCard, type CompanyClosedBy, companyOffCard, groupWhileOff } from '../settings/settings.views.js';
import { settingsIn } from '../settings/settings-form.js';
import type { Identification } from './identify.store.js';

type Known = Identification & { readonly kind: 'known' };

/**
 * Why the app is closed to this person, as the one card they get; undefined: it is open. Of a company that is closed its
 * admins get the button that opens it again, and of one that is off what callers meet meanwhile.
 */
export async function closedApp(deps: Deps, found: Known): Promise<Card | undefined> {
  const { requester, appClosedBy } = found;
  const { reader, user } = requester;
  const { chat } = wordsIn(reader.locale);
  const closedBy = companyClosedBy(found);
  if (closedBy !== undefined && mayOpenCompany(found))
    return closedBy === 'enabled'
      ? companyOffCard(reader, await settingsIn(deps, requester, 'company'))
      : appClosedCard(reader);
  if (closedBy === 'enabled') return lineCard(chat.tenantOff);
  return appClosedBy === undefined && hasAccess(user) ? undefined : lineCard(chat.noAccess);
}

/** Does this request open a company that is closed, or change what its callers meet while it is off? */
export function worksWhileClosed(found: Known, request: Request): boolean {
  if (!mayOpenCompany(found)) return false;
  if (request.kind === 'click' && request.action === companyActions.switchOn) return true;
  const asks = request.kind === 'click' ? request.action : request.kind === 'submit' ? request.form : undefined;
  if (asks !== companyActions.save || !('carries' in request)) return false;
  return companyClosedBy(found) === 'enabled' && request.carries.group === groupWhileOff;
}

function companyClosedBy({ tenantEnabled, appClosedBy }: Known): CompanyClosedBy | undefined {
  if (!tenantEnabled) return 'enabled';
  return appClosedBy === 'company' ? 'appAccess' : undefined;
}

const mayOpenCompany = ({ requester: { actor, user }, ownAppOpen }: Known): boolean =>
  actor.kind === 'self' && hasPermission(actor, 'tenant.edit') && hasAccess(user) && ownAppOpen;
