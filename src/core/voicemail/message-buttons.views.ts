import type { Button, SelectionButton } from '../chat/view.js';
import type { Words } from '../chat/words.js';
import { isDialable } from '../phone-number.js';
import type { ClaimState } from './mailbox/claim-state.js';
import { includes, type Reach } from './mailbox/mailbox-member.js';
import type { Message } from './mailbox/message-list.types.js';
import { voicemailActions } from './voicemail.action-ids.js';

/** The state of a message, as far as its buttons depend on it. */
export interface MessageState {
  readonly id: string;
  /** As `caller-id` reads it; empty: withheld. */
  readonly ani: string;
  readonly isHandled: boolean;
  /** `forGood`: the undo period is over. Undefined: it is not deleted. */
  readonly deleted: { readonly forGood: boolean } | undefined;
  /** It was e-mailed to its owner, or is queued; unset if unknown. */
  readonly isMailed?: boolean;
  /** Unset: the mailbox is the viewer's own and has no members. */
  readonly shared?: { readonly reach: Reach; readonly claim: ClaimState };
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
      /** The system can ring the viewer, and connect them with the caller (a voice provider is there). */
      readonly mayRing: boolean;
    }
  | { readonly place: 'row-in-chat'; readonly listenUrl: string | undefined };

/** Return the buttons of a message, wherever they are shown, by its state and the viewer's permissions. */
export function messageButtons(words: Words['voicemail'], message: MessageState, at: ButtonPlace): Button[] {
  if (message.deleted) return message.deleted.forGood || !mayHandle(message) ? [] : [undoButton(words, message.id)];
  switch (at.place) {
    case 'row-in-chat':
      return [...listenButtons(words, message.id, at.listenUrl), openButton(words, message.id)];
    case 'card':
    case 'row-on-web':
      return actButtons(words, message, at);
    case 'player':
      return [...actButtons(words, message, at), endLinkButton(words, message.id)];
    default:
      return at satisfies never;
  }
}

/**
 * Return the buttons for several messages at once: those that a row has and that make sense for many. They carry nothing:
 * the place that shows them adds the selection (`voicemails`). Deleting asks nothing, because its result has an undo for
 * all of them.
 */
export function selectionButtons(
  words: Words['voicemail'],
  { deleted, handled, mayForward }: { deleted: boolean; handled: boolean; mayForward: boolean },
): SelectionButton[] {
  if (deleted) return [{ kind: 'action', action: voicemailActions.undo, label: words.undo }];
  return [
    handled
      ? { kind: 'action', action: voicemailActions.reopen, label: words.reopen }
      : { kind: 'action', action: voicemailActions.handled, label: words.markHandled },
    ...(mayForward ? [{ kind: 'form', action: voicemailActions.forward, label: words.forward } as const] : []),
    { kind: 'action', action: voicemailActions.export, label: words.exportToMe },
    { kind: 'action', action: voicemailActions.delete, label: words.remove, tone: 'danger' },
  ];
}

/** Return the state of a message of a list. Lists leave out purged messages. */
export const listedState = ({ id, ani, handledAt, deletedAt, shared }: Message): MessageState => ({
  id,
  ani,
  isHandled: handledAt !== undefined,
  deleted: deletedAt && { forGood: false },
  ...(shared ? { shared: { reach: shared.reach, claim: shared.claim } } : {}),
});

const mayHandle = ({ shared }: MessageState): boolean => !shared || includes(shared.reach, 'handle');

function actButtons(
  words: Words['voicemail'],
  message: MessageState,
  { place, mayForward, mayRing }: Extract<ButtonPlace, { mayForward: boolean }>,
): Button[] {
  if (!mayHandle(message)) return [];
  const carries = { voicemail: message.id };
  const mayCallBack = mayRing && isDialable(message.ani);
  const all: readonly Button[] = [
    ...(message.isHandled ? [] : claimButtons(words, message)),
    ...(mayCallBack
      ? [{ kind: 'action', action: voicemailActions.callBack, label: words.callBack, carries } as const]
      : []),
    ...(mayForward ? [{ kind: 'form', action: voicemailActions.forward, label: words.forward, carries } as const] : []),
    ...(message.isMailed
      ? []
      : [{ kind: 'action', action: voicemailActions.export, label: words.exportToMe, carries } as const]),
    message.isHandled
      ? { kind: 'action', action: voicemailActions.reopen, label: words.reopen, carries }
      : { kind: 'action', action: voicemailActions.handled, label: words.markHandled, carries },
    deleteButton(words, message.id),
  ];
  return place === 'card' ? fitted(all) : [...all];
}

/** Teams shows at most six actions on a card, Listen included. */
const mostOnCard = 5;
/** What a card leaves out first: it is on the player page and in the list. */
const leftOutFirst: readonly string[] = [voicemailActions.export, voicemailActions.delete, voicemailActions.forward];

function fitted(buttons: readonly Button[]): Button[] {
  const leftOut = leftOutFirst
    .filter((id) => buttons.some(({ action }) => action === id))
    .slice(0, Math.max(0, buttons.length - mostOnCard));
  return buttons.filter(({ action }) => !leftOut.includes(action));
}

/** Return the buttons to claim a message of a shared mailbox, or to dispose of the claim. */
function claimButtons(words: Words['voicemail'], { id, shared }: MessageState): Button[] {
  if (!shared) return [];
  const carries = { voicemail: id };
  const release: Button = { kind: 'action', action: voicemailActions.release, label: words.release, carries };
  const handOver: Button = { kind: 'form', action: voicemailActions.handOver, label: words.handOver, carries };
  switch (shared.claim) {
    case 'nobody':
      return [{ kind: 'action', action: voicemailActions.claim, label: words.claimIt, carries, tone: 'main' }];
    case 'mine':
      return [{ kind: 'form', action: voicemailActions.promise, label: words.promise, carries }, release, handOver];
    case 'somebody':
      return includes(shared.reach, 'manage') ? [release, handOver] : [];
    default:
      return shared.claim satisfies never;
  }
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

const listenButtons = (words: Words['voicemail'], id: string, url: string | undefined): Button[] =>
  url === undefined
    ? []
    : [{ kind: 'link', action: voicemailActions.listen, label: words.listen, url, carries: { voicemail: id } }];

const openButton = (words: Words['voicemail'], id: string): Button => ({
  kind: 'action',
  action: voicemailActions.open,
  label: words.open,
  carries: { voicemail: id },
});
