import { tellSignInLink } from '../../accounts/sign-in.js';
import { change } from '../../change.js';
import { type LinkActor, type PersonActor, personOf } from '../../chat/actor.js';
import type { Locale, Reader } from '../../chat/phrasing.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { VoicemailId } from '../../ids.js';
import { readSigned, signed } from '../../signed-token.js';
import { mustBeThere, retellReaders } from '../mailbox/message-access.js';
import { type FoundLink, findLink, revokeLinks } from './player-link.store.js';

const purpose = 'player-link';

/** How long a link opens its page. Cards renew it, so it outlives the wish to listen again. */
const linkDays = 30;

/** Until when a link opens that is made or renewed now. */
export const linkExpiry = (now: Date): Date => new Date(now.getTime() + linkDays * 24 * 3_600_000);

/** What a player page shows, and as whom it acts: hand `actor` to `markHeard`. */
export interface Player {
  /** The link's person where they are signed in, else whoever holds the link. */
  readonly actor: PersonActor | LinkActor;
  /** How the link's own person reads. */
  readonly reader: Reader;
  readonly downloadsAllowed: boolean;
  readonly voicemail: PlayedVoicemail;
}

interface PlayedVoicemail {
  readonly id: VoicemailId;
  /** Empty: not known. */
  readonly callerName: string;
  /** E.164 where known; empty: withheld. */
  readonly ani: string;
  readonly receivedAt: Date;
  readonly durationSeconds: number;
  readonly transcript: string | undefined;
  readonly heardAt: Date | undefined;
  readonly handledAt: Date | undefined;
  readonly recording: { readonly storageKey: string; readonly mimeType: string; readonly bytes: number };
}

/** The page's address for this link. */
export const playerUrl = (deps: Deps, linkId: string): string => `${deps.publicUrl}${playerPath(deps, linkId)}`;

/** The same, without the installation's own address. */
export const playerPath = (deps: Deps, linkId: string): string => `/v/${signed(deps.secret, purpose, linkId)}`;

/** There is such a link, and it opens nothing: why, for a person who reads this language. */
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

/** The message behind the link is deleted; its card says until when it can be had back. */
export class MessageGone extends LinkClosed {
  constructor(
    locale: Locale,
    readonly id: VoicemailId,
  ) {
    super(locale, (words) => words.voicemail.gone, 404);
    this.name = 'MessageGone';
  }
}

/** The company wants its people to sign in before they listen (setting `openLinks`). */
export class SignInFirst extends LinkClosed {
  constructor(locale: Locale) {
    super(locale, (words) => words.voicemail.signInToListen);
    this.name = 'SignInFirst';
  }
}

/**
 * Opens the player page of `/v/{token}`. The link is personal: a `visitor` (the person signed in to that browser) who is
 * not its person is refused, and that is put on the record unless `silently`. Without a visitor it plays as "by link",
 * where the company has not switched that off. An admin's link to somebody's message opens only while they act as that person.
 * Refuses (UserError) a link that is no link (404); `LinkClosed` what belongs to somebody else, has ended, or is closed
 * by access, edition or company (403); `SignInFirst` (403); a message gone (404, `MessageGone`).
 */
export async function openPlayer(
  deps: Deps,
  token: string,
  visitor: PersonActor | undefined,
  { silently = false }: { readonly silently?: boolean } = {},
): Promise<Player> {
  const found = await mustBeLink(deps, token);
  if (visitor && personOf(visitor) !== found.personId) {
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
 * Writes a sign-in link that leads back to this message to the chats of the link's person; at most once a minute.
 * Refuses as `openPlayer` does, but for `SignInFirst`.
 */
export async function askToSignIn(deps: Deps, token: string): Promise<Locale> {
  const found = await mustBeLink(deps, token);
  const actor = byLink(found);
  playerOf(deps, found, actor);
  await change(deps, actor, (change) => tellSignInLink(change, found.personId, found.id));
  return found.reader.locale;
}

async function mustBeLink(deps: Deps, token: string): Promise<FoundLink> {
  const linkId = readSigned(deps.secret, purpose, token);
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

/** Makes this person's link to this message useless; the next card carries a new one. Refuses (404) what is not theirs. */
export async function revokePlayerLink(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  await mustBeThere(deps, actor, id);
  await change(deps, actor, async (change) => {
    const revoked = await revokeLinks(change, { id, personId: personOf(actor) });
    if (!revoked) return;
    change.record({ event: 'voicemail.link-revoked', subjectId: id });
    await retellReaders(change, id);
  });
}

function playerOf(deps: Deps, found: FoundLink, actor: Player['actor']): Player {
  const { locale } = found.reader;
  // What closed it explains more than that it ended.
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
