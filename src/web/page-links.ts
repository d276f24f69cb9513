import type { Button } from '../core/chat/view.js';
import { directoryActions } from '../core/directory/directory.actions.js';
import { peopleAdminActions } from '../core/people-admin/people-admin.actions.js';

/** Buttons whose answer has a page of its own here: they lead to it, where a chat would answer with a card. */
export function ownPageOf({ action, ...button }: Button): string | undefined {
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
    default:
      return undefined;
  }
}

export const personAddress = (id: string): string => `/people/${encodeURIComponent(id)}`;

export const adminPersonAddress = (id: string): string => `/admin/people/${encodeURIComponent(id)}`;
