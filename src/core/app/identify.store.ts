import { Prisma } from '../../generated/prisma/client.js';
import type { Role, RunningRequest } from '../chat/actor.js';
import type { Request } from '../chat/exchange.js';
import { localeOf, regionOf } from '../chat/phrasing.js';
import type { Requester } from '../chat/requester.js';
import type { Db } from '../deps.js';
import { asId, type SessionId, type TenantId, type UserId } from '../ids.js';
import { displayName, mayActAs } from '../people/sql.js';
import { takeRequestSql } from '../requests/request-row.store.js';
import type { StoredRequest } from '../requests/stored-request.js';
import { closedBySql, ownSql, sql } from '../settings/sql.js';
import type { Edition } from '../tenants/edition.js';

/**
 * The query always returns one row; for an unknown account it says only whether this is a repeat. `run`: null for a
 * repeat.
 */
type Row = { run: number | null; done: boolean } & (KnownRow | { tenantId: null });

interface KnownRow {
  tenantId: string;
  stale: boolean;
  tenantName: string;
  enabled: boolean;
  edition: Edition;
  country: string;
  outOfOfficeEnabled: boolean;
  forwardingClosedBy: 'company' | 'own' | null;
  appClosedBy: 'company' | 'own' | null;
  ownAppOpen: boolean;
  downloadsAllowed: boolean;
  impersonationNotice: boolean;
  accountLocale: string | null;
  accountTimeZone: string | null;
  sessionId: string | null;
  sessionReason: string | null;
  sessionExpiresAt: Date | null;
  endedSession: { id: string; person: string; endedHow: string; endedBy: string } | null;
  impersonatorId: string | null;
  impersonatorName: string | null;
  userId: string;
  userName: string;
  email: string;
  role: Role;
  access: string;
  /** The requester's own language or their company's, whichever setting applies. */
  language: string;
  timeZone: string;
  /** As the requester chose it. */
  chosenTimeZone: string | null;
  /** The zone of the user meant by "me", by the setting that applies. */
  userTimeZone: string;
}

/**
 * The result of identifying a request: an unknown account, a repeated request, or a requester and whether the app is
 * open to them.
 */
export type Identification =
  | { readonly kind: 'stranger'; readonly running: RunningRequest | undefined }
  /** `done` false: another runner is working on it now. */
  | { readonly kind: 'repeat'; readonly requester: Requester | undefined; readonly done: boolean }
  | {
      readonly kind: 'known';
      readonly requester: Requester;
      /** Undefined: a read, which is not recorded. */
      readonly running: RunningRequest | undefined;
      readonly tenantEnabled: boolean;
      /** Who closes the app to the account's own person; undefined: it is open. */
      readonly appClosedBy: 'company' | 'own' | undefined;
      /** Is that person's own side open, whatever the company's? */
      readonly ownAppOpen: boolean;
      /** The request shows facts about the account that are not stored yet. */
      readonly stale: boolean;
      readonly endedSession: EndedSession | undefined;
    };

/** An impersonation by the requester that somebody else ended, of which they were not told on this platform yet. */
export interface EndedSession {
  readonly id: SessionId;
  readonly person: string;
  readonly endedHow: string;
  readonly endedBy: string;
}

/**
 * Identify the requester, the user they act as, and whether this request is a repeat. One round trip, because it
 * precedes every answer. Reads (`suggest`, `home`) may be repeated and are not recorded. `asked`: stored until the
 * request is answered. `running`: the caller already holds the request.
 */
export async function identify(
  db: Db,
  request: Request,
  now: Date,
  {
    asked,
    running,
  }: { readonly asked?: StoredRequest | undefined; readonly running?: RunningRequest | undefined } = {},
): Promise<Identification> {
  const { platform, externalWorkspaceId, accountId, locale = null, timeZone = null, conversation } = request.from;
  const remember = running === undefined && request.kind !== 'suggest' && request.kind !== 'home';
  const whereabouts = JSON.stringify(conversation ?? {});
  const seen = remember
    ? Prisma.sql`
    WITH seen AS (${takeRequestSql(request.id, now, asked)})
    SELECT (SELECT run FROM seen) AS run, NOT EXISTS (SELECT 1 FROM seen)
        AND EXISTS (SELECT 1 FROM "SeenRequest" old WHERE old.id = ${request.id} AND old."doneAt" IS NOT NULL) AS done,`
    : Prisma.sql`SELECT ${running?.run ?? 0}::int AS run, false AS done,`;
  // Asynchronous commit is safe where the request's own transaction commits later and flushes this record too. A request
  // that is acknowledged before that must be on disk first.
  const unsynced = asked ? Prisma.empty : Prisma.sql`set_config('synchronous_commit', 'off', true),`;
  const rows = await db.$queryRaw<Row[]>`
    ${seen}
      ${unsynced}
      t.id AS "tenantId", t.name AS "tenantName", t.enabled, t.edition, t.country, t."outOfOfficeEnabled",
      t."downloadsAllowed", t."impersonationNotice",
      a.locale AS "accountLocale", a."timeZone" AS "accountTimeZone",
      COALESCE(${locale}, a.locale) IS DISTINCT FROM a.locale
        OR COALESCE(${timeZone}, a."timeZone") IS DISTINCT FROM a."timeZone"
        OR NOT COALESCE(a.conversation, '{}'::jsonb) @> ${whereabouts}::jsonb AS stale,
      s.id AS "sessionId", s.reason AS "sessionReason", s."expiresAt" AS "sessionExpiresAt",
      CASE WHEN s.id IS NULL THEN "endedSession".facts END AS "endedSession",
      CASE WHEN s.id IS NULL THEN NULL ELSE own.id END AS "impersonatorId",
      ${displayName('own')} AS "impersonatorName",
      u.id AS "userId", ${displayName('u')} AS "userName", u.email, u.role, u.access,
      ${sql('language', requesterAliases)} AS language, ${sql('timeZone', requesterAliases)} AS "timeZone",
      ${ownSql('timeZone', 'own')} AS "chosenTimeZone", ${sql('timeZone', userAliases)} AS "userTimeZone",
      ${closedBySql('forwarding', userAliases)} AS "forwardingClosedBy", ${closedBySql('appAccess', requesterAliases)} AS "appClosedBy",
      ${ownSql('appAccess', 'own')} AS "ownAppOpen"
    FROM (SELECT 1) AS always
    LEFT JOIN "Account" a
      ON a.platform = ${platform} AND a."externalWorkspaceId" = ${externalWorkspaceId} AND a."accountId" = ${accountId}
    LEFT JOIN "User" own ON own.id = a."userId"
    LEFT JOIN "Tenant" t ON t.id = a."tenantId"
    LEFT JOIN "ImpersonationSession" s
      ON s."impersonatorId" = own.id AND s."endedAt" IS NULL AND s."expiresAt" > ${now}
      -- An admin who lost the right, or would gain another admin's, acts as themselves again.
      AND EXISTS (SELECT 1 FROM "User" person
        WHERE person.id = s."userId" AND person."tenantId" = t.id AND ${mayActAs('own', 'person', 't')})
    LEFT JOIN LATERAL (
      -- Until its 30 minutes are over; later nobody believes that they still act as another user.
      SELECT jsonb_build_object('id', e.id, 'person', ${displayName('person')}, 'endedHow', e."endedHow",
        'endedBy', COALESCE(${displayName('ender')}, '')) AS facts
      FROM "ImpersonationSession" e
      JOIN "User" person ON person.id = e."userId" LEFT JOIN "User" ender ON ender.id = e."endedById"
      WHERE e."impersonatorId" = own.id AND e."expiresAt" > ${now}
        AND e."endedHow" IN ('ended-by-person', 'ended-by-admin') AND NOT ${platform} = ANY (e."endSeenOn")
      ORDER BY e."startedAt" DESC LIMIT 1) AS "endedSession" ON true
    LEFT JOIN "User" u ON u.id = COALESCE(s."userId", own.id)`;

  const [row] = rows;
  if (!row) throw new Error('identify query returned no row');
  const held = remember && row.run !== null ? { id: request.id, run: row.run } : running;
  const requester = row.tenantId === null ? undefined : askerOf(row, request, now, held);
  if (row.run === null) return { kind: 'repeat', requester, done: row.done };
  if (row.tenantId === null || !requester) return { kind: 'stranger', running: held };
  const { enabled, appClosedBy, ownAppOpen, stale, endedSession } = row;
  return {
    kind: 'known',
    requester,
    running: held,
    tenantEnabled: enabled,
    appClosedBy: appClosedBy ?? undefined,
    ownAppOpen,
    stale,
    endedSession: endedSession === null ? undefined : { ...endedSession, id: asId<SessionId>(endedSession.id) },
  };
}

/** Aliases in the query: the requester and the user meant by "me", each with the company. */
const requesterAliases = { user: 'own', tenant: 't' };
const userAliases = { user: 'u', tenant: 't' };

function askerOf(row: KnownRow, request: Request, now: Date, running: RunningRequest | undefined): Requester {
  const tenantId = asId<TenantId>(row.tenantId);
  const userId = asId<UserId>(row.userId);
  const via = request.from.platform;
  const common = { tenantId, userId, role: row.role, via, ...(running ? { request: running } : {}) };
  const impersonating = row.sessionId !== null && row.impersonatorId !== null && row.sessionExpiresAt !== null;
  return {
    actor: impersonating
      ? {
          kind: 'impersonating',
          ...common,
          impersonatorId: asId<UserId>(row.impersonatorId ?? ''),
          sessionId: asId<SessionId>(row.sessionId ?? ''),
          reason: row.sessionReason ?? '',
        }
      : { kind: 'self', ...common },
    user: {
      id: userId,
      displayName: row.userName,
      email: row.email,
      access: row.access,
      forwardingClosedBy: row.forwardingClosedBy ?? undefined,
    },
    ...(impersonating
      ? {
          impersonator: {
            id: asId<UserId>(row.impersonatorId ?? ''),
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
      downloadsAllowed: row.downloadsAllowed,
      impersonationNotice: row.impersonationNotice,
    },
    reader: {
      // The reader's chat decides; then their own choice; then their company's (PRODUCT.md §8).
      locale: localeOf(request.from.locale ?? row.accountLocale, localeOf(row.language)),
      timeZone: row.chosenTimeZone ?? request.from.timeZone ?? row.accountTimeZone ?? row.timeZone,
      ownTimeZone: row.userTimeZone,
      region: regionOf(request.from.locale) ?? request.from.region ?? regionOf(row.accountLocale) ?? row.country,
      now,
    },
    account: {
      platform: request.from.platform,
      externalWorkspaceId: request.from.externalWorkspaceId,
      accountId: request.from.accountId,
    },
  };
}

/** Return whether this admin acted as another user at `at`. If so, their account does not say who "me" was then. */
export async function wasImpersonatingAt(db: Db, impersonatorId: UserId, at: Date): Promise<boolean> {
  const session = await db.impersonationSession.findFirst({
    where: {
      impersonatorId,
      startedAt: { lte: at },
      OR: [{ endedAt: { gte: at } }, { endedAt: null, expiresAt: { gt: at } }],
    },
    select: { id: true },
  });
  return session !== null;
}
