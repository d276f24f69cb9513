import type { Change } from '../../change.js';
import type { UserId } from '../../ids.js';

/**
 * Revoke the person's links to messages: all of them, or those to messages of others, which only an admin has; return
 * how many.
 */
export function revokePlayerLinks(
  { db, tenantId, now }: Change,
  userId: UserId,
  which: 'all' | 'of-others',
): Promise<number> {
  return db.$executeRaw`
    UPDATE "PlayerLink" l SET "revokedAt" = ${now} FROM "Voicemail" v
    WHERE v.id = l."voicemailId" AND l."tenantId" = ${tenantId}::uuid AND l."userId" = ${userId}::uuid
      AND l."revokedAt" IS NULL AND l."expiresAt" > ${now} AND (${which === 'all'} OR v."userId" <> l."userId")`;
}
