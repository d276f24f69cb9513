import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { Db } from '../../deps.js';
import { asId, type TenantId, type UserId } from '../../ids.js';
import { displayName } from '../../people/sql.js';
import { sql } from '../../settings/sql.js';
import type { CallDisposition } from '../calls.store.js';

/** A call as a list shows it. */
export interface PastCall {
  readonly id: string;
  readonly startedAt: Date;
  /** As `caller-id` reads it, like `callerName`; empty: withheld, or not known. */
  readonly ani: string;
  readonly callerName: string;
  readonly disposition: CallDisposition;
  readonly askedFor: PersonOfCall | undefined;
  /** Undefined: nobody, or whoever has the number that a period names. */
  readonly answeredBy: PersonOfCall | undefined;
}

interface PersonOfCall {
  readonly id: UserId;
  readonly name: string;
}

/**
 * The person, and which of their calls. `mine`: for the person, or taken by them; `answered`: for them, taken by anybody;
 * `covered`: for somebody else, taken by them; `missed`: for them. `company`: what anybody missed.
 */
export type CallsWanted =
  | { readonly show: 'mine' | 'answered' | 'covered' | 'missed'; readonly userId: UserId }
  | { readonly show: 'company' };

/** Where a page ends. */
export interface CallPosition {
  readonly startedAt: Date;
  readonly id: string;
}

interface Row {
  id: string;
  startedAt: Date;
  ani: string;
  callerName: string;
  disposition: string;
  askedForUserId: string | null;
  askedForName: string | null;
  answeredByUserId: string | null;
  answeredByName: string | null;
}

/** Calls of a company, newest first, after a position. Each way runs along an index, however many calls there are. */
export async function findPastCalls(
  db: Db,
  tenantId: TenantId,
  wanted: CallsWanted,
  { after, most }: { readonly after: CallPosition | undefined; readonly most: number },
): Promise<readonly PastCall[]> {
  const page = (condition: Prisma.Sql) => Prisma.sql`
    (SELECT * FROM "Call" WHERE "tenantId" = ${tenantId}::uuid AND ${condition} AND ${isAfter(after)}
      ORDER BY "startedAt" DESC, id DESC LIMIT ${most})`;
  // UNION leaves out the second of what is both; each part has no more rows than the page.
  const found = Prisma.join(conditionsOf(wanted).map(page), ' UNION ');
  return (await db.$queryRaw<Row[]>(selected(Prisma.sql`(${found})`, most))).map(callOf);
}

/** The calls of these ids, as a list shows them. */
export async function findPastCall(db: Db, id: string): Promise<PastCall | undefined> {
  const [row] = await db.$queryRaw<Row[]>(selected(Prisma.sql`(SELECT * FROM "Call" WHERE id = ${id}::uuid)`, 1));
  return row && callOf(row);
}

const selected = (found: Prisma.Sql, most: number): Prisma.Sql => Prisma.sql`
  SELECT c.id, c."startedAt", c.ani, c."callerName", c.disposition, c."askedForUserId", c."answeredByUserId",
    ${displayName('asked')} AS "askedForName", ${displayName('taker')} AS "answeredByName"
  FROM ${found} c
  LEFT JOIN "User" asked ON asked.id = c."askedForUserId"
  LEFT JOIN "User" taker ON taker.id = c."answeredByUserId"
  ORDER BY c."startedAt" DESC, c.id DESC LIMIT ${most}`;

function conditionsOf(wanted: CallsWanted): readonly Prisma.Sql[] {
  if (wanted.show === 'company') return [Prisma.sql`disposition = 'missed'`];
  const forMe = Prisma.sql`"askedForUserId" = ${wanted.userId}::uuid`;
  const taken = Prisma.sql`"answeredByUserId" = ${wanted.userId}::uuid`;
  switch (wanted.show) {
    case 'mine':
      return [forMe, taken];
    case 'answered':
      return [Prisma.sql`${forMe} AND disposition = 'answered'`];
    case 'covered':
      return [Prisma.sql`${taken} AND "askedForUserId" IS DISTINCT FROM ${wanted.userId}::uuid`];
    case 'missed':
      return [Prisma.sql`${forMe} AND disposition = 'missed'`];
    default:
      return wanted satisfies never;
  }
}

const isAfter = (after: CallPosition | undefined): Prisma.Sql =>
  after ? Prisma.sql`("startedAt", id) < (${after.startedAt}, ${after.id}::uuid)` : Prisma.sql`true`;

const callOf = (row: Row): PastCall => ({
  id: row.id,
  startedAt: row.startedAt,
  ani: row.ani,
  callerName: row.callerName,
  disposition: row.disposition as CallDisposition,
  askedFor: personOf(row.askedForUserId, row.askedForName),
  answeredBy: personOf(row.answeredByUserId, row.answeredByName),
});

const personOf = (id: string | null, name: string | null): PersonOfCall | undefined =>
  id === null ? undefined : { id: asId<UserId>(id), name: name ?? '?' };

/** Which call is due to be told of, and whose company it is; undefined: none. */
export async function findUntoldTenant(db: Db, id: string): Promise<TenantId | undefined> {
  const call = await db.call.findFirst({ where: { id, noticeDueAt: { not: null } }, select: { tenantId: true } });
  return call ? asId<TenantId>(call.tenantId) : undefined;
}

/**
 * Takes a call that is due to be told of, once: gives who is told. Undefined: it is not due, was told of, or neither the
 * company nor the person wants to be told.
 */
export async function takeUntold({ db, tenantId, now }: Change, id: string): Promise<UserId | undefined> {
  const rows = { user: 'u', tenant: 't' };
  const [told] = await db.$queryRaw<{ userId: string; wanted: boolean }[]>`
    UPDATE "Call" c SET "noticeDueAt" = NULL
    FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId"
    WHERE c.id = ${id}::uuid AND c."tenantId" = ${tenantId}::uuid AND c."noticeDueAt" <= ${now}
      AND u."tenantId" = c."tenantId" AND u.id = c."askedForUserId"
    RETURNING u.id AS "userId",
      ${sql('missedCalls', rows)} AND ${sql('missedCallNotification', rows)} <> 'none' AS wanted`;
  return told?.wanted ? asId<UserId>(told.userId) : undefined;
}

/** A call that has not ended, as far as is known; undefined: it has. */
export async function findOpenCall(db: Db, id: string) {
  const call = await db.call.findFirst({
    where: { id, disposition: 'open' },
    select: { tenantId: true, callId: true, startedAt: true, messageDueAt: true },
  });
  return call ? { ...call, tenantId: asId<TenantId>(call.tenantId) } : undefined;
}
