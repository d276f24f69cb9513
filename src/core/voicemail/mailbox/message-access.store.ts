import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { Db, Transaction } from '../../deps.js';
import { asId, type TenantId, type UserId } from '../../ids.js';
import type { Reach } from './mailbox-member.js';
import { isCurrent, reachOf } from './message-access.sql.js';

/** A message with a user's access to it and the columns that decide its next state. */
export interface ReachedMessage {
  readonly ownerId: UserId;
  readonly reach: Reach;
  readonly hasAudio: boolean;
  readonly handledAt: Date | null;
  readonly deletedAt: Date | null;
  readonly purgeAt: Date | null;
  readonly purgedAt: Date | null;
  readonly claimedById: UserId | null;
  readonly promisedAt: Date | null;
}

interface Asked {
  readonly tenantId: TenantId;
  readonly userId: string;
  readonly id: string;
  readonly now: Date;
}

/** Return a message. Undefined: there is no such message, or this user has no access to it. */
export const findReached = (db: Db | Transaction, asked: Asked): Promise<ReachedMessage | undefined> =>
  reached(db, asked, Prisma.empty);

/** Lock the message until the transaction ends, so that concurrent changes see each other's result. */
export const lockReached = (
  { db, tenantId, now }: Change,
  userId: string,
  id: string,
): Promise<ReachedMessage | undefined> => reached(db, { tenantId, userId, id, now }, Prisma.sql`FOR NO KEY UPDATE`);

async function reached(
  db: Db | Transaction,
  { tenantId, userId, id, now }: Asked,
  lock: Prisma.Sql,
): Promise<ReachedMessage | undefined> {
  const [row] = await db.$queryRaw<(Omit<ReachedMessage, 'reach'> & { reach: Reach | null })[]>`
    SELECT v."userId" AS "ownerId", ${reachOf('v', Prisma.sql`${userId}::uuid`, now)} AS reach,
      v."recordingId" IS NOT NULL AS "hasAudio", v."handledAt", v."deletedAt", v."purgeAt", v."purgedAt",
      v."claimedById", v."promisedAt"
    FROM "Voicemail" v WHERE v.id = ${id}::uuid AND v."tenantId" = ${tenantId}::uuid ${lock}`;
  return row && row.reach !== null ? { ...row, reach: row.reach } : undefined;
}

/** Return the owners of the mailboxes to which this user has access, the user first. */
export async function findMailboxes(db: Db, userId: UserId, now: Date): Promise<readonly UserId[]> {
  const rows = await db.$queryRaw<{ ownerId: string }[]>`
    SELECT mm."ownerId" FROM "MailboxMember" mm
    WHERE mm."tenantId" = (SELECT "tenantId" FROM "User" WHERE id = ${userId}::uuid) AND mm."userId" = ${userId}::uuid
      AND ${isCurrent(now)}`;
  return [userId, ...rows.map(({ ownerId }) => asId<UserId>(ownerId))];
}
