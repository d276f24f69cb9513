import { randomUUID } from 'node:crypto';
import type { Change } from '../../change.js';
import type { Db, Transaction } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';
import { displayName } from '../../people/sql.js';
import { sql } from '../../settings/sql.js';
import { nearlyFull } from './full-boxes.store.js';

/** Below this share a warning ends, so that one message more or less does not warn again. */
const roomAgain = 0.7;

/** How much is in a mailbox, and how much may be. */
export interface BoxUse {
  readonly usedSeconds: number;
  readonly mostSeconds: number;
}

/** Return how full a mailbox is; deleted messages do not count. */
export async function findBoxUse(db: Db | Transaction, tenantId: TenantId, userId: UserId): Promise<BoxUse> {
  const [use] = await db.$queryRaw<BoxUse[]>`
    SELECT 60 * ${sql('maxBoxMinutes', { tenant: 't' })} AS "mostSeconds", COALESCE((
      SELECT sum(v."durationSeconds") FROM "Voicemail" v
      WHERE v."tenantId" = t.id AND v."userId" = ${userId}::uuid AND v."deletedAt" IS NULL), 0) AS "usedSeconds"
    FROM "Tenant" t WHERE t.id = ${tenantId}::uuid`;
  if (!use) throw new Error('no such company');
  return use;
}

/** A mailbox and its company. */
export interface Box {
  readonly tenantId: TenantId;
  readonly userId: UserId;
}

/** Return up to 10,000 mailboxes that are nearly full or full and have no warning of that yet, of all companies. */
export const findBoxesToWarn = (db: Db): Promise<Box[]> => db.$queryRaw`
  SELECT box."tenantId", box."userId" FROM (
    SELECT "tenantId", "userId", sum("durationSeconds") AS seconds FROM "Voicemail"
    WHERE "deletedAt" IS NULL GROUP BY "tenantId", "userId"
  ) box
  JOIN "Tenant" t ON t.id = box."tenantId" AND t.enabled
  LEFT JOIN "BoxWarning" w ON w."tenantId" = box."tenantId" AND w."userId" = box."userId"
  WHERE box.seconds >= ${nearlyFull}::float8 * 60 * ${sql('maxBoxMinutes', { tenant: 't' })}
    AND (w.id IS NULL OR (w."fullAt" IS NULL AND box.seconds >= 60 * ${sql('maxBoxMinutes', { tenant: 't' })}))
  ORDER BY box."userId" LIMIT 10000`;

/** Delete the warnings of mailboxes in which there is room again. Bookkeeping. */
export async function deleteOldWarnings(db: Db): Promise<void> {
  await db.$executeRaw`
    DELETE FROM "BoxWarning" w USING "Tenant" t
    WHERE t.id = w."tenantId" AND COALESCE((
      SELECT sum(v."durationSeconds") FROM "Voicemail" v
      WHERE v."tenantId" = w."tenantId" AND v."userId" = w."userId" AND v."deletedAt" IS NULL), 0)
      < ${roomAgain}::float8 * 60 * ${sql('maxBoxMinutes', { tenant: 't' })}`;
}

/** Insert the warning of a mailbox and return its id; undefined: there is one. */
export async function insertWarning({ db, tenantId, now }: Change, userId: UserId): Promise<string | undefined> {
  const id = randomUUID();
  const data = [{ id, tenantId, userId, createdAt: now }];
  const { count } = await db.boxWarning.createMany({ data, skipDuplicates: true });
  return count > 0 ? id : undefined;
}

/** Note on the warning that the mailbox is full and return its id; undefined: that was noted before. */
export async function setFull({ db, tenantId, now }: Change, userId: UserId): Promise<string | undefined> {
  const where = { tenantId, userId, fullAt: null };
  const [warning] = await db.boxWarning.updateManyAndReturn({ where, data: { fullAt: now }, select: { id: true } });
  return warning?.id;
}

/** A warning, with the mailbox as it is now. */
export interface FoundWarning extends BoxUse {
  readonly ownerId: UserId;
  readonly mailbox: string;
}

/** Return a warning; undefined: there is room again. */
export async function findWarning(db: Db, id: string): Promise<FoundWarning | undefined> {
  const [row] = await db.$queryRaw<(Box & { mailbox: string })[]>`
    SELECT w."tenantId", w."userId", ${displayName('u')} AS mailbox
    FROM "BoxWarning" w JOIN "User" u ON u.id = w."userId" WHERE w.id = ${id}::uuid`;
  if (!row) return undefined;
  const use = await findBoxUse(db, row.tenantId, row.userId);
  return { ownerId: row.userId, mailbox: row.mailbox, ...use };
}
