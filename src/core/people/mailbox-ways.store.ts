import type { Change } from '../change.js';
import type { UserId } from '../ids.js';
import { companySql } from '../settings/sql.js';
import type { CompanyWays, PersonWays } from './mailbox-ways.types.js';
import { displayName } from './sql.js';

/** How somebody hears their messages, by what the company and they have. */
interface MailboxWays {
  readonly name: string;
  readonly company: CompanyWays;
  readonly person: PersonWays;
}

/**
 * How these people hear their messages, by id. Holds what the company has until the commit, so that it cannot take the
 * last way from somebody who gives up the others at the same moment: `lockTenant` waits, and then counts them.
 */
export async function findMailboxWays(
  { db, tenantId }: Change,
  ids: readonly UserId[],
): Promise<ReadonlyMap<UserId, MailboxWays>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<(MailboxWays & { id: UserId })[]>`
    SELECT u.id, ${displayName('u')} AS name,
      json_build_object('edition', ${companySql('edition', 't')}, 'appAllowed', ${companySql('appAccess', 't')},
        'notificationType', ${companySql('notificationType', 't')},
        'accessNumber', ${companySql('accessNumber', 't')}) AS company,
      json_build_object('access', u.access, 'userType', u."userType", 'appAllowed', u."appAllowed",
        'notificationType', u."notificationType",
        'hasPhoneAccess', u.extension IS NOT NULL AND u."pinHash" IS NOT NULL) AS person
    FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId"
    WHERE u."tenantId" = ${tenantId}::uuid AND u.id = ANY (${[...ids]}::uuid[])
    FOR SHARE OF t`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Everybody of the company, counted by how they hear their messages: few rows, however many people. */
export const countMailboxWays = ({
  db,
  tenantId,
}: Change): Promise<{ person: PersonWays; people: number; example: string }[]> =>
  db.$queryRaw<{ person: PersonWays; people: number; example: string }[]>`
    SELECT json_build_object('access', alike.access, 'userType', alike."userType", 'appAllowed', alike."appAllowed",
        'notificationType', alike."notificationType", 'hasPhoneAccess', alike."hasPhoneAccess") AS person,
      alike.people, alike.example
    FROM (
      SELECT u.access, u."userType", u."appAllowed", u."notificationType",
        u.extension IS NOT NULL AND u."pinHash" IS NOT NULL AS "hasPhoneAccess",
        count(*)::int AS people, min(${displayName('u')}) AS example
      FROM "User" u WHERE u."tenantId" = ${tenantId}::uuid
      GROUP BY 1, 2, 3, 4, 5
    ) alike ORDER BY alike.example`;
