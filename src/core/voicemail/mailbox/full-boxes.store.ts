import { Prisma } from '../../../generated/prisma/client.js';
import type { TenantId } from '../../ids.js';
import { sql } from '../../settings/sql.js';

/** From how much of `maxBoxMinutes` on a box counts as nearly full (PRODUCT.md §5, Limits). */
export const nearlyFull = 0.8;

/** Is this person’s box nearly full, as a condition of a query over "User" and "Tenant"? */
export const isBoxNearlyFull = (
  { user, tenant }: { readonly user: string; readonly tenant: string },
  tenantId: TenantId,
): Prisma.Sql => Prisma.sql`${Prisma.raw(user)}.id IN (
  SELECT v."userId" FROM "Voicemail" v
  JOIN "Tenant" ${Prisma.raw(`${tenant}box`)} ON ${Prisma.raw(`${tenant}box`)}.id = v."tenantId"
  WHERE v."tenantId" = ${tenantId}::uuid AND v."deletedAt" IS NULL
  GROUP BY v."userId", ${sql('maxBoxMinutes', { tenant: `${tenant}box` })}
  HAVING sum(v."durationSeconds") >= ${nearlyFull}::float8 * 60 * ${sql('maxBoxMinutes', { tenant: `${tenant}box` })})`;
