import type { Db } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import { displayName, takesCalls } from '../people/sql.js';

/** A colleague who may be asked to cover. */
export interface TeamMate {
  readonly id: UserId;
  readonly name: string;
  readonly team: string;
  /** How many people they cover for in that time. */
  readonly covers: number;
}

/** Who covers for that many others is asked for no more. */
const mostCovered = 3;

/**
 * People of the person’s own team who have a phone and are in from `startsAt` until `endsAt`, those who cover for the
 * fewest others first; at most `most`. Nobody for a person without a team.
 */
export async function findTeamMatesIn(
  db: Db,
  tenantId: TenantId,
  userId: UserId,
  { startsAt, endsAt }: { readonly startsAt: Date; readonly endsAt: Date },
  most: number,
): Promise<readonly TeamMate[]> {
  return db.$queryRaw<TeamMate[]>`
    SELECT id, name, team, covers FROM (
      SELECT mate.id, ${displayName('mate')} AS name, mate.team, (
        SELECT count(DISTINCT p."userId")::int FROM "OutOfOfficePeriod" p
        WHERE p."tenantId" = mate."tenantId" AND p."backupId" = mate.id AND p."userId" <> me.id
          AND p.status = 'planned' AND p."backupAnswer" <> 'declined'
          AND p."startsAt" < ${endsAt} AND (p."endsAt" IS NULL OR p."endsAt" > ${startsAt})
      ) AS covers
      FROM "User" me
      JOIN "Tenant" t ON t.id = me."tenantId"
      JOIN "User" mate ON mate."tenantId" = me."tenantId" AND mate.team = me.team AND mate.id <> me.id
      WHERE me.id = ${userId}::uuid AND me."tenantId" = ${tenantId}::uuid AND me.team <> ''
        AND ${takesCalls('mate')} AND mate."inDirectory"
        AND (COALESCE(mate."personalNumber", mate."agentId") IS NOT NULL OR (t."deskPhones" AND mate.extension IS NOT NULL))
        AND NOT EXISTS (
          SELECT 1 FROM "OutOfOfficePeriod" p
          WHERE p."tenantId" = mate."tenantId" AND p."userId" = mate.id AND p.status = 'planned'
            AND p."startsAt" < ${endsAt} AND (p."endsAt" IS NULL OR p."endsAt" > ${startsAt})
        )
    ) mates
    WHERE covers < ${mostCovered}
    ORDER BY covers, name, id LIMIT ${most}`;
}
