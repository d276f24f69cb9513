import type { Prisma } from '../../../generated/prisma/client.js';
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

/** A message in a digest. */
export interface UndoneMessage {
  readonly callerName: string;
  readonly ani: string;
  readonly at: Date;
}

/**
 * Return the newest of the messages of some mailboxes that are neither handled nor deleted, from an instant (undefined:
 * however old) until another, which is exclusive, and how many there are. A message that was muted is no news.
 */
export async function findUndone(
  db: Db,
  { tenantId, owners }: { readonly tenantId: TenantId; readonly owners: readonly UserId[] },
  { from, until }: { readonly from: Date | undefined; readonly until: Date },
  most: number,
): Promise<{ readonly total: number; readonly lines: readonly UndoneMessage[] }> {
  const where: Prisma.VoicemailWhereInput = {
    // Every index of mailboxes begins with it.
    tenantId,
    userId: { in: [...owners] },
    receivedAt: { lt: until, ...(from ? { gte: from } : {}) },
    handledAt: null,
    deletedAt: null,
    mutedWhy: null,
  };
  const [total, rows] = await Promise.all([
    db.voicemail.count({ where }),
    db.voicemail.findMany({
      where,
      orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
      take: most,
      select: { callerName: true, ani: true, receivedAt: true },
    }),
  ]);
  return { total, lines: rows.map(({ receivedAt, ...caller }) => ({ ...caller, at: receivedAt })) };
}

/** Of these messages, return those that nobody has heard, handled or deleted. */
export async function findUntouched(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.voicemail.findMany({
    where: { id: { in: [...ids] }, heardAt: null, handledAt: null, deletedAt: null },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/** Return whether the caller marked a message as urgent. */
export async function isUrgentMessage(db: Db, id: string): Promise<boolean> {
  const found = await db.voicemail.findUnique({ where: { id }, select: { urgent: true } });
  return found?.urgent ?? false;
}
