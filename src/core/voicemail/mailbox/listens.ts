import type { PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { VoicemailId } from '../../ids.js';
import { findListens } from './listens.store.js';
import type { LoggedListen } from './listens.types.js';
import { requireMessage } from './message-access.js';

const pageSize = 50;

/**
 * Return a page of who played a message, newest first, after the listen `after`; `next`: after which the next page begins.
 * Throws UserError unless the actor owns or manages the mailbox (404, 403), or if the message is deleted (404).
 */
export async function listListens(
  deps: Deps,
  actor: PersonActor,
  id: VoicemailId,
  after: string | undefined,
): Promise<{ readonly listens: readonly LoggedListen[]; readonly next: string | undefined }> {
  await requireMessage(deps, actor, id, 'manage');
  const asked = { tenantId: actor.tenantId, voicemailId: id };
  const found = await findListens(deps.db, asked, { after, most: pageSize + 1 });
  const listens = found.slice(0, pageSize);
  return { listens, next: found.length > pageSize ? listens.at(-1)?.id : undefined };
}

/** May the actor see who played this message, and end the links of others? */
export async function maySeeListens(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<boolean> {
  try {
    await requireMessage(deps, actor, id, 'manage');
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
