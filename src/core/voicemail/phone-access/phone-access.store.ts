import type { Db } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';
import { sql } from '../../settings/sql.js';
import type { PhoneAccess } from './phone-access.types.js';

/** Return a person's access by phone; undefined: the person is gone. */
export async function findPhoneAccess(db: Db, tenantId: TenantId, userId: UserId): Promise<PhoneAccess | undefined> {
  const [row] = await db.$queryRaw<PhoneAccess[]>`
    SELECT ${sql('accessNumber', { tenant: 't' })} AS "accessNumber", u.extension, u."pinHash" IS NOT NULL AS "hasPin",
      ${sql('greetingKey', { tenant: 't' })} AS "greetingKey"
    FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId"
    WHERE u."tenantId" = ${tenantId}::uuid AND u.id = ${userId}::uuid`;
  return row;
}
