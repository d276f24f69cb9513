import { actingPersonId, type PersonActor } from '../../chat/actor.js';
import type { Reader } from '../../chat/phrasing.js';
import type { Requester } from '../../chat/requester.js';
import type { Card } from '../../chat/view.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { asId, type UserId, type VoicemailId } from '../../ids.js';
import { findFirstDeliveries } from '../../notices/deliveries.js';
import { playerUrl } from '../sharing/player-link.js';
import { ensureLinks } from '../sharing/player-link.store.js';
import { type CardPlace, type ShownVoicemail, voicemailCard } from '../voicemail.views.js';
import { type FoundVoicemail, findCardOf } from './load-voicemail-card.store.js';

/**
 * Return a message's card for the requester, with the buttons of `place`. Throws UserError (404) for a message to which
 * they have no access.
 */
export async function cardForRequester(
  deps: Deps,
  requester: Requester,
  id: VoicemailId,
  place?: CardPlace,
): Promise<Card> {
  const wanted = { id, userId: requester.user.id, personId: actingPersonId(requester.actor) };
  const card = await messageCard(deps, wanted, requester.reader, place);
  if (!card) throw new UserError((words) => words.voicemail.notYours, 404);
  return card;
}

/** Return the addresses where this actor plays messages of theirs, by message; playable messages only. */
export async function listenUrls(
  deps: Deps,
  actor: PersonActor,
  ids: readonly VoicemailId[],
): Promise<ReadonlyMap<VoicemailId, string>> {
  const links = await ensureLinks(
    deps.db,
    { ids, userId: actor.userId, personId: actingPersonId(actor) },
    deps.clock.now(),
  );
  return new Map(links.map(({ voicemailId, linkId }) => [asId<VoicemailId>(voicemailId), playerUrl(deps, linkId)]));
}

/** Return the address where this actor plays a message of theirs; undefined: there is nothing to play. */
export const listenUrl = async (deps: Deps, actor: PersonActor, id: VoicemailId): Promise<string | undefined> =>
  (await listenUrls(deps, actor, [id])).get(id);

/** Return the card of a message for this user, with this person's link; undefined: they have no access. */
export async function messageCard(
  deps: Deps,
  wanted: { id: string; userId: UserId; personId: UserId },
  reader: Reader,
  place?: CardPlace,
): Promise<Card | undefined> {
  const shown = await shownMessage(deps, wanted);
  if (!shown || place !== 'player') return shown && voicemailCard(reader, shown, place);
  const { userId, id: subjectId } = wanted;
  const about = { kind: 'voicemail.arrived', subjectId, userId } as const;
  return voicemailCard(reader, { ...shown, reached: await findFirstDeliveries(deps.db, about) }, place);
}

/** Return the data of that card. */
export async function shownMessage(
  deps: Deps,
  wanted: { id: string; userId: UserId; personId: UserId },
): Promise<ShownVoicemail | undefined> {
  const found = await findCardOf(deps.db, { ...wanted, now: deps.clock.now() });
  if (!found) return undefined;
  const { audio, ...shown } = found;
  return { ...shown, mayRing: deps.providerCalls !== undefined, audio: audio && playable(deps, audio) };
}

const playable = (deps: Deps, { linkId, ...stored }: NonNullable<FoundVoicemail['audio']>) => ({
  ...stored,
  url: playerUrl(deps, linkId),
});
