import type { Db } from '../deps.js';
import { as, type SessionId, type TenantId, type UserId } from '../ids.js';
import type { Role } from './actor.js';
import type { Asker } from './asker.js';
import type { Request } from './exchange.js';
import { localeOf } from './phrasing.js';

interface Row {
  fresh: boolean;
  tenantId: string;
  tenantName: string;
  enabled: boolean;
  edition: 'attendant' | 'attendant_plus';
  country: string;
  outOfOfficeEnabled: boolean;
  forwardingAllowed: boolean;
  appAllowed: boolean;
  downloadsAllowed: boolean;
  impersonationNotice: boolean;
  tenantLanguage: string;
  tenantTimeZone: string;
  accountLocale: string | null;
  accountTimeZone: string | null;
  sessionId: string | null;
  sessionReason: string | null;
  sessionExpiresAt: Date | null;
  impersonatorId: string | null;
  impersonatorName: string | null;
  userId: string;
  userName: string;
  email: string;
  role: Role;
  access: string;
  language: string | null;
  timeZone: string | null;
  userForwardingAllowed: boolean;
  userAppAllowed: boolean;
}

/** What is known of who asks: nobody we know, a request we had before, or an asker and whether they may use the app. */
export type Identified =
  | { readonly kind: 'stranger' }
  | { readonly kind: 'repeat'; readonly asker: Asker }
  | { readonly kind: 'known'; readonly asker: Asker; readonly tenantEnabled: boolean; readonly appAllowed: boolean };

/**
 * Who asks, as whom, and whether this request came before: one round trip, because it stands before every answer.
 * Reads (`suggest`, `home`) may be repeated and are not remembered.
 */
export async function identify(db: Db, request: Request, now: Date): Promise<Identified> {
  const { platform, workspaceId, accountId } = request.from;
  const remember = request.kind !== 'suggest' && request.kind !== 'home';
  const rows = await db.$queryRaw<Row[]>`
    WITH seen AS (
      INSERT INTO "SeenRequest" (id, at)
      SELECT ${request.id}, ${now} WHERE ${remember}
      ON CONFLICT (id) DO NOTHING RETURNING id
    )
    SELECT NOT ${remember} OR EXISTS (SELECT 1 FROM seen) AS fresh,
      t.id AS "tenantId", t.name AS "tenantName", t.enabled, t.edition, t.country, t."outOfOfficeEnabled",
      t."forwardingAllowed", t."appAllowed", t."downloadsAllowed", t."impersonationNotice",
      t.language AS "tenantLanguage", t."timeZone" AS "tenantTimeZone",
      a.locale AS "accountLocale", a."timeZone" AS "accountTimeZone",
      s.id AS "sessionId", s.reason AS "sessionReason", s."expiresAt" AS "sessionExpiresAt",
      CASE WHEN s.id IS NULL THEN NULL ELSE own.id END AS "impersonatorId",
      own."firstName" || ' ' || own."lastName" AS "impersonatorName",
      u.id AS "userId", trim(u."firstName" || ' ' || u."lastName") AS "userName", u.email, u.role, u.access,
      own.language, own."timeZone",
      u."forwardingAllowed" AS "userForwardingAllowed", own."appAllowed" AS "userAppAllowed"
    FROM "Account" a
    JOIN "User" own ON own.id = a."userId"
    JOIN "Tenant" t ON t.id = a."tenantId"
    LEFT JOIN "ImpersonationSession" s
      ON s."impersonatorId" = own.id AND s."endedAt" IS NULL AND s."expiresAt" > ${now}
      -- Whoever lost the right, or would gain an admin's, acts as themselves again.
      AND own.role = 'admin' AND NOT EXISTS (SELECT 1 FROM "User" u WHERE u.id = s."userId" AND u.role = 'admin')
    JOIN "User" u ON u.id = COALESCE(s."userId", own.id)
    WHERE a.platform = ${platform} AND a."workspaceId" = ${workspaceId} AND a."accountId" = ${accountId}`;

  const row = rows[0];
  if (row === undefined) return { kind: 'stranger' };
  const asker = askerOf(row, request, now);
  if (!row.fresh) return { kind: 'repeat', asker };
  return { kind: 'known', asker, tenantEnabled: row.enabled, appAllowed: row.appAllowed && row.userAppAllowed };
}

function askerOf(row: Row, request: Request, now: Date): Asker {
  const tenantId = as<TenantId>(row.tenantId);
  const userId = as<UserId>(row.userId);
  const common = { tenantId, userId, role: row.role, via: request.from.platform };
  const impersonating = row.sessionId !== null && row.impersonatorId !== null && row.sessionExpiresAt !== null;
  return {
    actor: impersonating
      ? {
          kind: 'impersonating',
          ...common,
          impersonatorId: as<UserId>(row.impersonatorId ?? ''),
          sessionId: as<SessionId>(row.sessionId ?? ''),
          reason: row.sessionReason ?? '',
        }
      : { kind: 'self', ...common },
    user: {
      id: userId,
      displayName: row.userName,
      email: row.email,
      access: row.access,
      forwardingAllowed: row.userForwardingAllowed,
    },
    ...(impersonating
      ? {
          impersonator: {
            id: as<UserId>(row.impersonatorId ?? ''),
            displayName: row.impersonatorName ?? '',
            until: row.sessionExpiresAt ?? now,
          },
        }
      : {}),
    tenant: {
      id: tenantId,
      name: row.tenantName,
      edition: row.edition,
      country: row.country,
      outOfOfficeEnabled: row.outOfOfficeEnabled,
      forwardingAllowed: row.forwardingAllowed,
      downloadsAllowed: row.downloadsAllowed,
      impersonationNotice: row.impersonationNotice,
    },
    reader: {
      // The reader's own chat decides; then what they chose; then their company (PRODUCT.md §8).
      locale: localeOf(request.from.locale ?? row.accountLocale ?? row.language, localeOf(row.tenantLanguage)),
      timeZone: row.timeZone ?? request.from.timeZone ?? row.accountTimeZone ?? row.tenantTimeZone,
      now,
    },
    account: {
      platform: request.from.platform,
      workspaceId: request.from.workspaceId,
      accountId: request.from.accountId,
    },
  };
}
