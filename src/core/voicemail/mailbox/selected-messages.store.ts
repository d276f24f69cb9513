import { Prisma } from '../../../generated/prisma/client.js';
import type { Db } from '../../deps.js';
import type { UserId } from '../../ids.js';
import { mayRead } from './message-access.sql.js';

/** What names a message to its reader. */
export interface MessageName {
  readonly id: string;
  readonly callerName: string;
  readonly ani: string;
  readonly receivedAt: Date;
}

/** Return the names of those messages to which this user has access. */
export function findNames(db: Db, userId: UserId, ids: readonly string[], now: Date): Promise<readonly MessageName[]> {
  return db.$queryRaw<MessageName[]>`
    SELECT v.id, v."callerName", v.ani, v."receivedAt" FROM "Voicemail" v
    WHERE v.id = ANY(${ids}::uuid[]) AND v."tenantId" = (SELECT "tenantId" FROM "User" WHERE id = ${userId}::uuid)
      AND ${mayRead('v', Prisma.sql`${userId}::uuid`, now)}`;
}
