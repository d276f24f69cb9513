import { Prisma } from '../../generated/prisma/client.js';
import type { TenantId } from '../ids.js';

/** Whose rows stand in the directory: not hidden, and with access (`isListed`, in SQL). */
export const listedIn = (tenantId: TenantId): Prisma.Sql =>
  Prisma.sql`"tenantId" = ${tenantId}::uuid AND "inDirectory" AND "access" <> 'none'`;
