import { Prisma } from '../../../generated/prisma/client.js';
import type { Db } from '../../deps.js';
import type { TenantId } from '../../ids.js';
import { displayName } from '../../people/sql.js';
import type { LoggedListen } from './listens.types.js';

/** Return a page of a message's listens, newest first, after one of them. */
export function findListens(
  db: Db,
  { tenantId, voicemailId }: { readonly tenantId: TenantId; readonly voicemailId: string },
  { after, most }: { readonly after: string | undefined; readonly most: number },
): Promise<readonly LoggedListen[]> {
  const of = Prisma.sql`n."tenantId" = ${tenantId}::uuid AND n."voicemailId" = ${voicemailId}::uuid`;
  const beyond =
    after === undefined
      ? Prisma.empty
      : Prisma.sql`AND (n.at, n.id) < (
          (SELECT n.at FROM "Listen" n WHERE n.id = ${after}::uuid AND ${of}), ${after}::uuid)`;
  return db.$queryRaw<LoggedListen[]>`
    SELECT n.id, n.at, n."byPhone", ${displayName('u')} AS name, ${displayName('i')} AS impersonator,
      ${displayName('l')} AS "linkOf"
    FROM "Listen" n JOIN "Voicemail" v ON v.id = n."voicemailId"
    LEFT JOIN "User" u ON u.id = n."userId" LEFT JOIN "User" i ON i.id = n."impersonatorId"
    LEFT JOIN "User" l ON l.id = n."linkOfId" AND l.id <> v."userId"
    WHERE ${of} ${beyond}
    ORDER BY n.at DESC, n.id DESC LIMIT ${most}`;
}
