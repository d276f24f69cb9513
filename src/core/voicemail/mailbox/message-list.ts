import type { Deps } from '../../deps.js';
import type { UserId } from '../../ids.js';
import { countUnheard, findMessages } from './message-list.store.js';
import type { MessagesPage, MessagesQuery } from './message-list.types.js';

/** Return a page of a user's messages, sorted and filtered. */
export async function listMessages(deps: Deps, userId: UserId, query: MessagesQuery = {}): Promise<MessagesPage> {
  const pageSize = Math.min(Math.max(query.pageSize ?? 20, 1), 100);
  const page = Math.max(1, Math.floor(query.page ?? 1));
  const found = await findMessages(deps.db, userId, query, { offset: (page - 1) * pageSize, limit: pageSize });
  const pages = Math.max(1, Math.ceil(found.total / pageSize));
  // Messages disappeared since the last page was shown: return the last page rather than an empty one.
  return page > pages ? listMessages(deps, userId, { ...query, page: pages }) : { ...found, page, pages };
}

/** Return the number of unheard messages in a user's mailbox. */
export const unheardCount = (deps: Deps, userId: UserId): Promise<number> => countUnheard(deps.db, userId);
