import type { PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';
import { findMailboxes } from './message-access.store.js';
import { countOpen, findOpen, findUndone, type MessagesOf, type UndoneMessage } from './open-messages.store.js';
import { markHandled } from './voicemail-state.js';

/** Count the messages of a mailbox, in a time, that nobody has handled. */
export const countOpenMessages = (deps: Deps, messages: MessagesOf): Promise<number> => countOpen(deps.db, messages);

/** Mark up to 500 open messages of the actor's own mailbox as handled, and return how many there were. Idempotent. */
export async function handleOpenMessages(deps: Deps, actor: PersonActor, from: Date, until: Date): Promise<number> {
  const ids = await findOpen(deps.db, { tenantId: actor.tenantId, userId: actor.userId, from, until });
  for (const id of ids) await markHandled(deps, actor, id);
  return ids.length;
}

/**
 * Return the newest messages in a person's mailboxes that are neither handled nor deleted, in a time, and how many there
 * are; for a digest.
 */
export async function undoneMessages(
  deps: Deps,
  { tenantId, userId, now }: { readonly tenantId: TenantId; readonly userId: UserId; readonly now: Date },
  when: { readonly from: Date | undefined; readonly until: Date },
  most: number,
): Promise<{ readonly total: number; readonly lines: readonly UndoneMessage[] }> {
  return findUndone(deps.db, { tenantId, owners: await findMailboxes(deps.db, userId, now) }, when, most);
}
