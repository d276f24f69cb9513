import { type PersonActor, personOf } from '../../chat/actor.js';
import type { Reader } from '../../chat/phrasing.js';
import type { Requester } from '../../chat/requester.js';
import type { Card } from '../../chat/view.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { as, type UserId, type VoicemailId } from '../../ids.js';
import { linkExpiry, playerUrl } from '../sharing/player-link.js';
import { freshLinks } from '../sharing/player-link.store.js';
import { type CardPlace, type ShownVoicemail, voicemailCard } from '../voicemail.views.js';
import { findShown } from './voicemail-card.store.js';

/** A message's card for whoever asks, with the buttons of `place`. Refuses (404) what they do not reach. */
export async function cardFor(deps: Deps, requester: Requester, id: VoicemailId, place?: CardPlace): Promise<Card> {
  const wanted = { id, userId: requester.user.id, personId: personOf(requester.actor) };
  const card = await messageCard(deps, wanted, requester.reader, place);
  if (!card) throw new UserError((words) => words.voicemail.notYours, 404);
  return card;
}

/** The pages on which this actor plays messages of theirs, by message; none where there is nothing to play. */
export async function listenUrls(
  deps: Deps,
  actor: PersonActor,
  ids: readonly VoicemailId[],
): Promise<ReadonlyMap<VoicemailId, string>> {
  const links = await freshLinks(deps.db, { ids, userId: actor.userId, personId: personOf(actor) }, whenMade(deps));
  return new Map(links.map(({ voicemailId, linkId }) => [as<VoicemailId>(voicemailId), playerUrl(deps, linkId)]));
}

/** The page on which this actor plays a message of theirs; undefined when there is nothing to play. */
export const listenUrl = async (deps: Deps, actor: PersonActor, id: VoicemailId): Promise<string | undefined> =>
  (await listenUrls(deps, actor, [id])).get(id);

/** The card of a message as this user reaches it, with this person's link; undefined: they do not reach it. */
export async function messageCard(
  deps: Deps,
  wanted: { id: string; userId: UserId; personId: UserId },
  reader: Reader,
  place?: CardPlace,
): Promise<Card | undefined> {
  const shown = await shownMessage(deps, wanted);
  return shown && voicemailCard(reader, shown, place);
}

/** The same as its card shows it. */
export async function shownMessage(
  deps: Deps,
  wanted: { id: string; userId: UserId; personId: UserId },
): Promise<ShownVoicemail | undefined> {
  const found = await findShown(deps.db, { ...wanted, link: whenMade(deps) });
  if (!found) return undefined;
  const { audio, ...shown } = found;
  const playable = audio && {
    url: playerUrl(deps, audio.linkId),
    mimeType: audio.mimeType,
    storageKey: audio.storageKey,
  };
  return { ...shown, audio: playable };
}

/** What a link gets that is made or renewed now. */
function whenMade(deps: Deps) {
  const now = deps.clock.now();
  return { now, expiresAt: linkExpiry(now) };
}
