import type { Deps } from '../../deps.js';
import type { UserId } from '../../ids.js';
import { findMailboxes } from './message-access.store.js';
import { countMessages, countUnheard, findMessages } from './message-list.store.js';
import type { MessagesPage, MessagesQuery } from './message-list.types.js';

/**
 * Return a page of a user's messages, sorted and filtered. Pages are read by key: the fiftieth costs what the first
 * does.
 */
export async function listMessages(deps: Deps, userId: UserId, query: MessagesQuery = {}): Promise<MessagesPage> {
  const { after, before, pageSize = 20, ...unanchored } = query;
  const size = Math.min(Math.max(pageSize, 1), 100);
  const context = { userId, now: deps.clock.now(), mailboxes: await findMailboxes(deps.db, userId, deps.clock.now()) };
  const [{ messages, more }, total, unheard] = await Promise.all([
    findMessages(deps.db, context, query, size),
    countMessages(deps.db, context, query),
    countUnheard(deps.db, context),
  ]);
  const anchored = after !== undefined || before !== undefined;
  if (anchored && messages.length === 0) return listMessages(deps, userId, { ...unanchored, pageSize: size });
  const backwards = before !== undefined && after === undefined;
  return {
    messages,
    total,
    unheard,
    hasEarlier: backwards ? more : after !== undefined,
    hasLater: backwards || more,
  };
}

/** Return the number of unheard messages in a user's mailboxes. */
export async function unheardCount(deps: Deps, userId: UserId): Promise<number> {
  const mailboxes = await findMailboxes(deps.db, userId, deps.clock.now());
  return countUnheard(deps.db, { userId, mailboxes });
}
