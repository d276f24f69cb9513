import type { Button } from '../core/chat/view.js';
import { directoryActions } from '../core/directory/directory.actions.js';
import { peopleAdminActions } from '../core/people-admin/people-admin.actions.js';
import { companyActions, settingsActions } from '../core/settings/settings.actions.js';

/**
 * The page that replaces a button's answer in the browser, where a chat would answer with a card; undefined when there
 * is none.
 */
export function pageReplacing({ action, ...button }: Button): string | undefined {
  if (button.kind !== 'action') return undefined;
  const { user = '', query = '' } = button.carries;
  switch (action) {
    case directoryActions.show:
      return personAddress(user);
    case directoryActions.call:
      return `${personAddress(user)}#call`;
    case directoryActions.message:
      return `${personAddress(user)}/message`;
    case directoryActions.browse:
      return `/directory?${new URLSearchParams({ q: query })}`;
    case peopleAdminActions.show:
      return adminPersonAddress(user);
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

export const adminPersonAddress = (id: string): string => `/admin/people/${encodeURIComponent(id)}`;
