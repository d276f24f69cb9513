import { change } from '../change.js';
import { type PersonActor, personOf } from '../chat/actor.js';
import type { Reader } from '../chat/phrasing.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { VoicemailId } from '../ids.js';
import { readSigned, signed } from '../signed.js';
import { type FoundLink, findLink, revokeLinks } from './player-link.store.js';
import { mustBeThere, retellOwner } from './voicemail.js';

const purpose = 'player-link';

/** How long a link opens its page. Cards renew it, so it outlives the wish to listen again. */
const linkDays = 30;

/** Until when a link opens that is made or renewed now. */
export const linkExpiry = (now: Date): Date => new Date(now.getTime() + linkDays * 24 * 3_600_000);

/** What a player page shows, and as whom it acts: hand `actor` to `markHeard`. */
export interface Player {
  readonly actor: PersonActor;
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
export const playerUrl = (deps: Deps, linkId: string): string =>
  `${deps.publicUrl}/v/${signed(deps.secret, purpose, linkId)}`;

/** The message behind the link is deleted; its card says until when it can be had back. */
export class MessageGone extends UserError {
  constructor(readonly id: VoicemailId) {
    super((words) => words.voicemail.gone, 404);
    this.name = 'MessageGone';
  }
}

/**
 * Opens the player page of `/v/{token}`. The link is personal and signed, so it says itself who listens; a `visitor`
 * (whoever is signed in to that browser) who is not its person is refused, and that is put on the record.
 * An admin's link to somebody's message opens only while they act as that person, and plays on the record as both.
 * Refuses (UserError) a link that is no link (404), has ended or belongs to somebody else (403), a message gone (404, `MessageGone`).
 */
export async function openPlayer(deps: Deps, token: string, visitor: PersonActor | undefined): Promise<Player> {
  const linkId = readSigned(deps.secret, purpose, token);
  const found = linkId === undefined ? undefined : await findLink(deps.db, linkId, deps.clock.now());
  if (!found) throw new UserError((words) => words.voicemail.noSuchLink, 404);

  if (visitor && personOf(visitor) !== found.personId) {
    await change(deps, { ...visitor, tenantId: found.actor.tenantId }, async ({ record }) =>
      record({ event: 'voicemail.link-refused', subjectId: found.voicemail.id, after: { linkOf: found.personId } }),
    );
    throw new UserError((words) => words.voicemail.linkOfSomebodyElse, 403);
  }
  return playerOf(deps, found);
}

/** Makes this person's link to this message useless; the next card carries a new one. Refuses (404) what is not theirs. */
export async function revokePlayerLink(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  await mustBeThere(deps, actor, id);
  await change(deps, actor, async (change) => {
    const revoked = await revokeLinks(change, { id, userId: actor.userId, personId: personOf(actor) });
    if (!revoked) return;
    change.record({ event: 'voicemail.link-revoked', subjectId: id });
    await retellOwner(change, id, actor.userId);
  });
}

function playerOf(deps: Deps, found: FoundLink): Player {
  if (found.over) throw new UserError((words) => words.voicemail.linkEnded, 403);
  if (!found.allowed) throw new UserError((words) => words.chat.noAccess, 403);
  const { recording, ...voicemail } = found.voicemail;
  if (!recording) throw new MessageGone(voicemail.id);
  return {
    actor: found.actor,
    reader: { ...found.reader, now: deps.clock.now() },
    downloadsAllowed: found.downloadsAllowed,
    voicemail: { ...voicemail, recording },
  };
}
