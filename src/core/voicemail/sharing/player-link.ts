import { sendSignInLink } from '../../accounts/sign-in.js';
import { change } from '../../change.js';
import { actingPersonId, type LinkActor, type PersonActor } from '../../chat/actor.js';
import type { Locale, Reader } from '../../chat/phrasing.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { VoicemailId } from '../../ids.js';
import { readSignedText, signText } from '../../signed-token.js';
import { requireMessage, updateReaderCards } from '../mailbox/message-access.js';
import { type FoundLink, findLink, revokeLinks } from './player-link.store.js';

const purpose = 'player-link';

/** What a player page shows, and who acts on it: pass `actor` to `markHeard`. */
export interface Player {
  /** The link's person if they are signed in, otherwise the anonymous holder of the link. */
  readonly actor: PersonActor | LinkActor;
  /** How the link's own person reads. */
  readonly reader: Reader;
  readonly downloadsAllowed: boolean;
  readonly voicemail: PlayedVoicemail;
}

interface PlayedVoicemail {
  readonly id: VoicemailId;
  /** Empty: unknown. */
  readonly callerName: string;
  /** E.164 if known; empty: withheld. */
  readonly ani: string;
  readonly receivedAt: Date;
  readonly durationSeconds: number;
  readonly transcript: string | undefined;
  readonly heardAt: Date | undefined;
  readonly handledAt: Date | undefined;
  readonly recording: { readonly storageKey: string; readonly mimeType: string; readonly bytes: number };
}

/** Return the page's address for this link. */
export const playerUrl = (deps: Deps, linkId: string): string => `${deps.publicUrl}${playerPath(deps, linkId)}`;

/** Return the path of the page for this link. */
export const playerPath = (deps: Deps, linkId: string): string => `/v/${signText(deps.secret, purpose, linkId)}`;

/** The link exists but does not open: the reason, in the reader's language. */
export class LinkClosed extends UserError {
  constructor(
    readonly locale: Locale,
    say: UserError['say'],
    status: UserError['status'] = 403,
  ) {
    super(say, status);
    this.name = 'LinkClosed';
  }
}

/** The message behind the link is deleted; its card says until when it can be restored. */
export class MessageGone extends LinkClosed {
  constructor(
    locale: Locale,
    readonly id: VoicemailId,
  ) {
    super(locale, (words) => words.voicemail.gone, 404);
    this.name = 'MessageGone';
  }
}

/** The company requires people to sign in before they listen (setting `openLinks`). */
export class SignInFirst extends LinkClosed {
  constructor(locale: Locale) {
    super(locale, (words) => words.voicemail.signInToListen);
    this.name = 'SignInFirst';
  }
}

/**
 * Open the player page of `/v/{token}`. The link is personal: a `visitor` (the person signed in to that browser) who is
 * another person is refused, and the refusal is recorded unless `silently`. Without a visitor the message plays "by
 * link", unless the company has disabled that. An admin's link to another user's message opens only while they act as
 * that user. Throws UserError (404) for an invalid link; `LinkClosed` (403) for a link of another person, one that has
 * ended, or one closed by access, edition or company; `SignInFirst` (403); `MessageGone` (404).
 */
export async function openPlayer(
  deps: Deps,
  token: string,
  visitor: PersonActor | undefined,
  { silently = false }: { readonly silently?: boolean } = {},
): Promise<Player> {
  const found = await requireLinkId(deps, token);
  if (visitor && actingPersonId(visitor) !== found.personId) {
    if (!silently)
      await change(deps, { ...visitor, tenantId: found.actor.tenantId }, async ({ record }) =>
        record({ event: 'voicemail.link-refused', subjectId: found.voicemail.id, after: { linkOf: found.personId } }),
      );
    throw new UserError((words) => words.voicemail.linkOfSomebodyElse, 403);
  }
  const player = playerOf(deps, found, visitor ? found.actor : byLink(found));
  if (!visitor && !found.open) throw new SignInFirst(found.reader.locale);
  return player;
}

/**
 * Send a sign-in link that leads back to this message to the chats of the link's person; at most once a minute. Throws
 * as `openPlayer` does, except `SignInFirst`.
 */
export async function requestSignIn(deps: Deps, token: string): Promise<Locale> {
  const found = await requireLinkId(deps, token);
  const actor = byLink(found);
  playerOf(deps, found, actor);
  await change(deps, actor, (change) => sendSignInLink(change, found.personId, found.id));
  return found.reader.locale;
}

async function requireLinkId(deps: Deps, token: string): Promise<FoundLink> {
  const linkId = readSignedText(deps.secret, purpose, token);
  const found = linkId === undefined ? undefined : await findLink(deps.db, linkId, deps.clock.now());
  if (!found) throw new UserError((words) => words.voicemail.noSuchLink, 404);
  return found;
}

const byLink = ({ actor, personId, ownerId }: FoundLink): LinkActor => ({
  kind: 'link',
  tenantId: actor.tenantId,
  linkOfId: personId,
  ownerId,
  session: actor.kind === 'impersonating' ? { id: actor.sessionId, reason: actor.reason } : undefined,
  via: 'link',
});

/**
 * End this person's link to this message; the next card carries a new one. Throws UserError (404) unless the message is
 * theirs.
 */
export async function revokePlayerLink(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  await requireMessage(deps, actor, id);
  await change(deps, actor, async (change) => {
    const revoked = await revokeLinks(change, { id, personId: actingPersonId(actor) });
    if (!revoked) return;
    change.record({ event: 'voicemail.link-revoked', subjectId: id });
    await updateReaderCards(change, id);
  });
}

function playerOf(deps: Deps, found: FoundLink, actor: Player['actor']): Player {
  const { locale } = found.reader;
  // The reason that closed it says more than that it has ended.
  if (found.closed === 'company-off') throw new LinkClosed(locale, (words) => words.chat.tenantOff);
  if (found.closed === 'edition') throw new LinkClosed(locale, (words) => words.chat.notThisEdition);
  if (found.closed === 'no-access') throw new LinkClosed(locale, (words) => words.chat.noAccess);
  if (found.over) throw new LinkClosed(locale, (words) => words.voicemail.linkEnded);
  const { recording, ...voicemail } = found.voicemail;
  if (!recording) throw new MessageGone(locale, voicemail.id);
  return {
    actor,
    reader: { ...found.reader, now: deps.clock.now() },
    downloadsAllowed: found.downloadsAllowed,
    voicemail: { ...voicemail, recording },
  };
}
