import type { Button } from '../chat/view.js';
import type { Words } from '../chat/words.js';
import type { Message } from './mailbox/message-list.types.js';
import { voicemailActions } from './voicemail.actions.js';

/** The state of a message, as far as its buttons depend on it. */
export interface MessageState {
  readonly id: string;
  readonly isHandled: boolean;
  /** `forGood`: the undo period is over. Undefined: it is not deleted. */
  readonly deleted: { readonly forGood: boolean } | undefined;
  /** It was e-mailed to its owner, or is queued; unset if unknown. */
  readonly isMailed?: boolean;
}

/**
 * Where the buttons are shown, and what the viewer may do there. A row in chat has room only for the links to the
 * player and the card; the player page can also end the link that leads to it.
 */
export type ButtonPlace =
  | {
      readonly place: 'card' | 'row-on-web' | 'player';
      /** The viewer's forwarding gate and their company's are open. */
      readonly mayForward: boolean;
    }
  | { readonly place: 'row-in-chat'; readonly listenUrl: string | undefined };

/** Return the buttons of a message, wherever they are shown, by its state and the viewer's permissions. */
export function messageButtons(words: Words['voicemail'], message: MessageState, at: ButtonPlace): Button[] {
  if (message.deleted) return message.deleted.forGood ? [] : [undoButton(words, message.id)];
  switch (at.place) {
    case 'row-in-chat':
      return [...listenButtons(words, at.listenUrl), openButton(words, message.id)];
    case 'card':
    case 'row-on-web':
      return actButtons(words, message, at.mayForward);
    case 'player':
      return [...actButtons(words, message, at.mayForward), endLinkButton(words, message.id)];
    default:
      return at satisfies never;
  }
}

/** Return the state of a message of a list. Lists leave out purged messages. */
export const listedState = ({ id, handledAt, deletedAt }: Message): MessageState => ({
  id,
  isHandled: handledAt !== undefined,
  deleted: deletedAt && { forGood: false },
});

function actButtons(words: Words['voicemail'], message: MessageState, mayForward: boolean): Button[] {
  const carries = { voicemail: message.id };
  return [
    ...(mayForward ? [{ kind: 'form', action: voicemailActions.forward, label: words.forward, carries } as const] : []),
    ...(message.isMailed
      ? []
      : [{ kind: 'action', action: voicemailActions.export, label: words.exportToMe, carries } as const]),
    message.isHandled
      ? { kind: 'action', action: voicemailActions.reopen, label: words.reopen, carries }
      : { kind: 'action', action: voicemailActions.handled, label: words.markHandled, carries },
    deleteButton(words, message.id),
  ];
}

const deleteButton = (words: Words['voicemail'], id: string): Button => ({
  kind: 'action',
  action: voicemailActions.delete,
  label: words.remove,
  carries: { voicemail: id },
  tone: 'danger',
  confirm: { title: words.deleteTitle, text: words.deleteText, yes: words.deleteYes, no: words.deleteNo },
});

const undoButton = (words: Words['voicemail'], id: string): Button => ({
  kind: 'action',
  action: voicemailActions.undo,
  label: words.undo,
  carries: { voicemail: id },
});

/** Ends the player link. */
const endLinkButton = (words: Words['voicemail'], id: string): Button => ({
  kind: 'action',
  action: voicemailActions.revoke,
  label: words.endLink,
  carries: { voicemail: id },
  confirm: { title: words.endLinkTitle, text: words.endLinkText, yes: words.endLinkYes, no: words.deleteNo },
});

const listenButtons = (words: Words['voicemail'], url: string | undefined): Button[] =>
  url === undefined ? [] : [{ kind: 'link', action: voicemailActions.listen, label: words.listen, url }];

const openButton = (words: Words['voicemail'], id: string): Button => ({
  kind: 'action',
  action: voicemailActions.open,
  label: words.open,
  carries: { voicemail: id },
});
