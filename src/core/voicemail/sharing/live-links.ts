import { change } from '../../change.js';
import type { PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { isUuid, type VoicemailId } from '../../ids.js';
import { requireMessage } from '../mailbox/message-access.js';
import { findLinkHolders, type LinkedMessages, revokeLinksOf } from './live-links.store.js';
import type { LinkHolder } from './live-links.types.js';

/** The most people in a list of link holders: members and admins, so there are few. */
const most = 100;

/** Return the other people whose links open messages of the actor's own mailbox. */
export async function linkHolders(deps: Deps, actor: PersonActor): Promise<readonly LinkHolder[]> {
  const own = { tenantId: actor.tenantId, ownerId: actor.userId };
  return findLinkHolders(deps.db, own, { now: deps.clock.now(), most, except: actor.userId });
}

/**
 * Return the people whose links open this message. Throws UserError unless the actor owns or manages its mailbox (404,
 * 403), or if it is deleted (404).
 */
export async function linkHoldersOf(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<readonly LinkHolder[]> {
  const { ownerId } = await requireMessage(deps, actor, id, 'manage');
  const asked = { tenantId: actor.tenantId, ownerId, voicemailId: id };
  return findLinkHolders(deps.db, asked, { now: deps.clock.now(), most });
}

/**
 * End another person's links: to one message of a mailbox that the actor owns or manages, or to all messages of the
 * actor's own mailbox. Their cards stay as they are; a member gets a new link with the next one. Throws UserError as
 * `linkHoldersOf` does, and if there is no such link (409).
 */
export async function endLinksOf(
  deps: Deps,
  actor: PersonActor,
  personId: string,
  voicemailId: VoicemailId | undefined,
): Promise<void> {
  if (!isUuid(personId)) throw noLink();
  const asked: LinkedMessages =
    voicemailId === undefined
      ? { tenantId: actor.tenantId, ownerId: actor.userId }
      : {
          tenantId: actor.tenantId,
          ownerId: (await requireMessage(deps, actor, voicemailId, 'manage')).ownerId,
          voicemailId,
        };
  await change(deps, actor, async (change) => {
    const links = await revokeLinksOf(change, { ...asked, personId });
    if (links === 0) throw noLink();
    change.record({
      event: 'voicemail.link-revoked',
      subjectId: voicemailId ?? asked.ownerId,
      after: { linkOf: personId, links },
    });
    change.touch(asked.ownerId);
  });
}

const noLink = () => new UserError((words) => words.messageList.noLinkToEnd, 409);
