import { Prisma } from '../../../generated/prisma/client.js';
import type { Db } from '../../deps.js';
import type { UserId } from '../../ids.js';
import { displayName } from '../../people/sql.js';
import { mayRead } from './message-access.sql.js';
import type { MessageName } from './message-list.types.js';

/** Return the names of those messages to which this user has access. */
export function findNames(db: Db, userId: UserId, ids: readonly string[], now: Date): Promise<readonly MessageName[]> {
  return db.$queryRaw<MessageName[]>`
    SELECT v.id, v."callerName", v.ani, v."receivedAt", ${displayName('handler')} AS "handledBy"
    FROM "Voicemail" v LEFT JOIN "User" handler ON handler.id = v."handledById"
    WHERE v.id = ANY(${ids}::uuid[]) AND v."tenantId" = (SELECT "tenantId" FROM "User" WHERE id = ${userId}::uuid)
      AND ${mayRead('v', Prisma.sql`${userId}::uuid`, now)}`;
}
