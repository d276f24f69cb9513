import type { Button } from '../core/chat/view.js';
import { directoryActions } from '../core/directory/directory.action-ids.js';
import { impersonationActions } from '../core/impersonation/impersonation.action-ids.js';
import { peopleAdminActions } from '../core/people-admin/people-admin.action-ids.js';
import { explainActions } from '../core/routing/explain/explain.action-ids.js';
import { companyActions, settingsActions } from '../core/settings/settings.action-ids.js';

/**
 * The page that replaces a button's answer in the browser, where a chat would answer with a card; undefined when there
 * is none.
 */
export function pageReplacing({ action, ...button }: Button): string | undefined {
  if (button.kind !== 'action') return undefined;
  const { user = '', query = '', change = '', at = '' } = button.carries;
  switch (action) {
    case directoryActions.show:
      return personAddress(user);
    case directoryActions.call:
      return `${personAddress(user)}#call`;
    case directoryActions.message:
      return `${personAddress(user)}/message`;
    case directoryActions.browse:
      return `/directory?${new URLSearchParams({ q: query })}`;
    case explainActions.days:
      return `${routeAddress(user)}?${new URLSearchParams({ at })}`;
    case peopleAdminActions.show:
      return adminPersonAddress(user);
    case peopleAdminActions.bulkShow:
      return `/admin/people/changes/${encodeURIComponent(change)}`;
    case peopleAdminActions.history:
      return `${adminPersonAddress(user)}#history`;
    case impersonationActions.sessions:
      return '/admin/impersonations';
    case settingsActions.show:
      return '/settings';
    case companyActions.show:
      return '/admin/settings';
    default:
      return undefined;
  }
}

/** The address of a person's page. */
export const personAddress = (id: string): string => `/people/${encodeURIComponent(id)}`;

/** Where somebody’s calls go. */
export const routeAddress = (id: string): string => `${personAddress(id)}/route`;

/** Where one impersonation is told, for those who read the record. */
export const sessionAddress = (id: string): string => `/admin/impersonations/${encodeURIComponent(id)}`;

export const adminPersonAddress = (id: string): string => `/admin/people/${encodeURIComponent(id)}`;
