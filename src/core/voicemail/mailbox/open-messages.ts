import type { PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { countOpen, findOpen, type MessagesOf } from './open-messages.store.js';
import { markHandled } from './voicemail-state.js';

/** Count the messages of a mailbox, in a time, that nobody has handled. */
export const countOpenMessages = (deps: Deps, messages: MessagesOf): Promise<number> => countOpen(deps.db, messages);

/** Mark up to 500 open messages of the actor's own mailbox as handled, and return how many there were. Idempotent. */
export async function handleOpenMessages(deps: Deps, actor: PersonActor, from: Date, until: Date): Promise<number> {
  const ids = await findOpen(deps.db, { tenantId: actor.tenantId, userId: actor.userId, from, until });
  for (const id of ids) await markHandled(deps, actor, id);
  return ids.length;
}
