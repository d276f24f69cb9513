import type { Db, Transaction } from '../../deps.js';
import { asId, type TenantId, type UserId, type VoicemailId } from '../../ids.js';

/** A mailbox and the time in which its messages came; `until` is exclusive. */
export interface MessagesOf {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly from: Date;
  readonly until: Date;
}

const openIn = ({ tenantId, userId, from, until }: MessagesOf) => ({
  tenantId,
  userId,
  receivedAt: { gte: from, lt: until },
  handledAt: null,
  deletedAt: null,
});

/** Count the messages that nobody has handled. */
export const countOpen = (db: Db, messages: MessagesOf): Promise<number> =>
  db.voicemail.count({ where: openIn(messages) });

/** Return the ids of up to 500 messages that nobody has handled, oldest first. */
export async function findOpen(db: Db | Transaction, messages: MessagesOf): Promise<readonly VoicemailId[]> {
  const rows = await db.voicemail.findMany({
    where: openIn(messages),
    select: { id: true },
    orderBy: { receivedAt: 'asc' },
    take: 500,
  });
  return rows.map(({ id }) => asId<VoicemailId>(id));
}
