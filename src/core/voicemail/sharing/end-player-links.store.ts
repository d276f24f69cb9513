import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { UserId } from '../../ids.js';
import { mayRead } from '../mailbox/message-access.sql.js';
import { isLive } from './link-life.sql.js';

/**
 * Revoke the person's links to messages: all of them, or those to messages to which they have access only as somebody
 * else, which only an admin has; return how many.
 */
export function revokePlayerLinks(
  { db, tenantId, now }: Change,
  userId: UserId,
  which: 'all' | 'of-others',
): Promise<number> {
  return db.$executeRaw`
    UPDATE "PlayerLink" l SET "revokedAt" = ${now} FROM "Voicemail" v, "Tenant" t
    WHERE v.id = l."voicemailId" AND t.id = l."tenantId" AND l."tenantId" = ${tenantId}::uuid AND l."userId" = ${userId}::uuid
      AND ${isLive('l', 't', now)} AND (${which === 'all'} OR NOT ${mayRead('v', Prisma.sql`l."userId"`, now)})`;
}
