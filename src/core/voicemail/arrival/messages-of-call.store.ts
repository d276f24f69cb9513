import type { Db, Transaction } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';

/** A call, as its messages name it. A phone system may use its id again, so older messages with it are another call's. */
export interface CallOfMessages {
  readonly tenantId: TenantId;
  readonly callId: string;
  readonly startedAt: Date;
}

/** What is stored of a caller who said nothing. */
const isEmpty = { mutedWhy: { in: ['hang-up', 'silence'] } };
/** SQL has no `<>` for NULL. */
const isMessage = { OR: [{ mutedWhy: null }, { NOT: isEmpty }] };

/** Return whether the call left a message in this mailbox. */
export async function existsIn(
  db: Db | Transaction,
  { tenantId, callId, startedAt }: CallOfMessages,
  mailbox: UserId,
): Promise<boolean> {
  const where = { tenantId, userId: mailbox, callId, receivedAt: { gte: startedAt }, ...isMessage };
  return (await db.voicemail.findFirst({ where, select: { id: true } })) !== null;
}

/** Return what the call left, in any mailbox. */
export async function findLeft(
  db: Db,
  { tenantId, callId, startedAt }: CallOfMessages,
): Promise<{ readonly message: boolean; readonly empty: boolean }> {
  const left = { tenantId, callId, createdAt: { gte: startedAt } };
  const [message, empty] = await Promise.all([
    db.voicemail.findFirst({ where: { ...left, ...isMessage }, select: { id: true } }),
    db.voicemail.findFirst({ where: { ...left, ...isEmpty }, select: { id: true } }),
  ]);
  return { message: message !== null, empty: empty !== null };
}

/** Return the seconds of the message of this source. */
export async function findSeconds(db: Db, tenantId: TenantId, sourceId: string): Promise<number | undefined> {
  const where = { tenantId_sourceId: { tenantId, sourceId } };
  return (await db.voicemail.findUnique({ where, select: { durationSeconds: true } }))?.durationSeconds;
}
