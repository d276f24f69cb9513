import type { Button } from '../core/chat/view.js';
import { directoryActions } from '../core/directory/directory.actions.js';
import { explainActions } from '../core/routing/explain/explain.actions.js';

/** Buttons whose answer has a page of its own here: they lead to it, where a chat would answer with a card. */
export function ownPageOf({ action, ...button }: Button): string | undefined {
  if (button.kind !== 'action') return undefined;
  const { user = '', query = '', at = '' } = button.carries;
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
    default:
      return undefined;
  }
}

export const personAddress = (id: string): string => `/people/${encodeURIComponent(id)}`;

/** Where somebody’s calls go. */
export const routeAddress = (id: string): string => `${personAddress(id)}/route`;
