import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { Db, Transaction } from '../deps.js';
import { as, type TenantId, type UserId } from '../ids.js';
import { displayNameOf } from '../people/person.js';
import { displayName, listed } from '../people/sql.js';
import type { Decision, Disposition } from './call-plan.js';
import type { Company, Reachable } from './path.js';

/** How a call ended, or that it has not. */
export type CallDisposition = 'open' | 'answered' | 'voicemail' | 'missed' | 'abandoned';

/** What a caller said or keyed, and whom that asked for. */
export interface Heard {
  readonly digits?: string;
  /** Best first. */
  readonly speech?: readonly string[];
  /** From this leg on the call is for this user. */
  readonly asksFor?: string;
  /** What the question asked in this leg is about; absent: nothing that was said. */
  readonly about?: About;
  /** Whose phone rings in this leg; absent: nobody's, or a number that somebody named. */
  readonly rings?: string;
}

/** What a caller last asked for, while it is being found out whom that means. */
export interface About {
  readonly digits?: string;
  /** Best first. */
  readonly speech?: readonly string[];
  /** Users whom the caller was offered for it, and did not mean. */
  readonly refused: readonly string[];
  /** It fitted too many, and the caller was asked for more. */
  readonly tooMany?: boolean;
}

/** One Decision of a call and what came of it. */
export interface Leg {
  readonly leg: number;
  readonly decision: Decision;
  readonly heard: Heard;
  readonly outcome: Disposition | null;
}

/** A call with its legs, oldest first. */
export interface KnownCall {
  readonly rowId: string;
  readonly callId: string;
  /** As `caller-id` reads it, like `callerName`. */
  readonly ani: string;
  readonly callerName: string;
  readonly dnis: string;
  readonly language: string;
  readonly askedForUserId: UserId | null;
  readonly disposition: CallDisposition;
  readonly startedAt: Date;
  readonly legs: readonly Leg[];
}

/** The company, as routing needs it. Rejects when there is none of that id. */
export async function findCompany(db: Db, tenantId: TenantId): Promise<Company> {
  const tenant = await db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  return { ...tenant, operatorId: userId(tenant.operatorId), generalMailboxId: userId(tenant.generalMailboxId) };
}

/** Whose company a dialled number is: a person's DID, a main number, or the only company here. */
export async function findTenantOf(db: Db, dnis: string): Promise<TenantId | undefined> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT "tenantId" AS id, 0 AS rank FROM "User" WHERE did = ${dnis}
    UNION ALL SELECT id, 1 FROM "Tenant" WHERE ${dnis} = ANY ("mainNumbers")
    UNION ALL (SELECT id, 2 FROM "Tenant" WHERE NOT EXISTS (SELECT 1 FROM "Tenant" OFFSET 1))
    ORDER BY rank LIMIT 1`;
  return rows[0] && as<TenantId>(rows[0].id);
}

/** Numbers that lead to a company or a person in the directory of this installation, companies first. */
export async function findNumbers(db: Db, most: number): Promise<{ number: string; whose: string }[]> {
  const companies = await db.tenant.findMany({ select: { name: true, mainNumbers: true }, take: most });
  const people = await db.user.findMany({
    where: { did: { not: null }, ...listed },
    select: { did: true, firstName: true, lastName: true },
    orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }],
    take: most,
  });
  return [
    ...companies.flatMap(({ name, mainNumbers }) => mainNumbers.map((number) => ({ number, whose: name }))),
    ...people.map((person) => ({ number: person.did ?? '', whose: displayNameOf(person) })),
  ].slice(0, most);
}

interface ReachableRow extends Omit<Reachable, 'id' | 'defaultBackupId' | 'away'> {
  id: string;
  defaultBackupId: string | null;
  awayId: string | null;
  backupId: string | null;
  number: string | null;
  backupAnswer: string | null;
  privacy: string | null;
  note: string | null;
  endsAt: Date | null;
}

/**
 * Everybody a call to this user can come to, the user included: over periods and default backups, as many hops as a
 * chain may have. One round trip and at most 15 people, however large the company. Empty: no such user here.
 */
export async function findOnTheWay(
  db: Db,
  tenantId: TenantId,
  asked: UserId,
  at: Date,
  hops: number,
): Promise<ReadonlyMap<UserId, Reachable>> {
  const rows = await db.$queryRaw<ReachableRow[]>`
    WITH RECURSIVE way AS (
      SELECT 0 AS hop, ${person} FROM "User" u ${presence} ${absence(tenantId, at)}
      WHERE u.id = ${asked}::uuid AND u."tenantId" = ${tenantId}::uuid
      UNION ALL
      SELECT way.hop + 1, ${person} FROM way
      JOIN "User" u ON u.id IN (way."backupId", way."defaultBackupId") AND u."tenantId" = ${tenantId}::uuid
      ${presence} ${absence(tenantId, at)}
      WHERE way.hop < ${hops}
    )
    SELECT DISTINCT ON (id) *,
      EXISTS (SELECT 1 FROM "User" own WHERE own.did = way."personalNumber")
        OR EXISTS (SELECT 1 FROM "Tenant" t WHERE t.id = ${tenantId}::uuid AND way."personalNumber" = ANY (t."mainNumbers"))
        AS "numberComesBack"
    FROM way`;
  return new Map(rows.map((row) => [as<UserId>(row.id), reachable(row)]));
}

const person = Prisma.sql`
  u.id, ${displayName('u')} AS name, u."userType", u.access, u.language, u."timeZone", u."agentId",
  COALESCE(presence.state, 'signed-out') AS presence, presence.at AS "presenceAt", u."personalNumber", u."defaultBackupId", p.id AS "awayId", p."backupId", p.number,
  p."backupAnswer", p.privacy, p.note, p."endsAt"`;

const presence = Prisma.sql`LEFT JOIN "Presence" presence ON presence."userId" = u.id`;

/** The period that runs at that instant; its number is looked up among our own, which are people, not numbers. */
const absence = (tenantId: TenantId, at: Date) => Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT period.id, COALESCE(period."backupId", own.id) AS "backupId",
      CASE WHEN own.id IS NULL THEN period.number END AS number,
      CASE WHEN own.id IS NULL THEN period."backupAnswer" ELSE 'accepted' END AS "backupAnswer",
      period.privacy, period.note, period."endsAt"
    FROM "OutOfOfficePeriod" period
    LEFT JOIN "User" own ON own.did = period.number AND own."tenantId" = period."tenantId"
    WHERE period."tenantId" = ${tenantId}::uuid AND period."userId" = u.id AND period.status = 'planned'
      AND period."startsAt" <= ${at} AND (period."endsAt" IS NULL OR period."endsAt" > ${at})
    ORDER BY period."startsAt" DESC LIMIT 1
  ) p ON true`;

const reachable = (row: ReachableRow): Reachable => ({
  ...row,
  id: as<UserId>(row.id),
  defaultBackupId: userId(row.defaultBackupId),
  away:
    row.awayId === null
      ? undefined
      : {
          backupId: userId(row.backupId),
          number: row.number,
          backupAnswer: row.backupAnswer ?? 'none',
          privacy: row.privacy ?? 'nothing',
          note: row.note ?? '',
          endsAt: row.endsAt,
        },
});

/** The language somebody chose; undefined: none, so the company's. */
export async function findChosenLanguage(db: Db, tenantId: TenantId, id: string): Promise<string | undefined> {
  const user = await db.user.findFirst({ where: { tenantId, id }, select: { language: true } });
  return user?.language ?? undefined;
}

/** The call of that id with its legs; undefined: we never heard of it. */
export async function findCall(
  db: Db | Transaction,
  tenantId: TenantId,
  callId: string,
): Promise<KnownCall | undefined> {
  const call = await db.call.findUnique({
    where: { tenantId_callId: { tenantId, callId } },
    include: { legs: { orderBy: { leg: 'asc' } } },
  });
  if (!call) return undefined;
  return {
    rowId: call.id,
    callId,
    ani: call.ani,
    callerName: call.callerName,
    dnis: call.dnis,
    language: call.language,
    askedForUserId: userId(call.askedForUserId),
    disposition: call.disposition as CallDisposition,
    startedAt: call.startedAt,
    legs: call.legs.map(({ leg, decision, heard, outcome }) => ({
      leg,
      decision: decision as unknown as Decision,
      heard: (heard ?? {}) as Heard,
      outcome: outcome as Disposition | null,
    })),
  };
}

/** Notes that a call came in; the same one again is left as it is. Returns its row. */
export async function startCall(
  change: Change,
  call: { callId: string; ani: string; callerName: string; dnis: string; language: string },
): Promise<string> {
  const { count } = await change.db.call.createMany({
    data: [{ ...call, tenantId: change.tenantId, startedAt: change.now }],
    skipDuplicates: true,
  });
  const { id } = await change.db.call.findUniqueOrThrow({
    where: { tenantId_callId: { tenantId: change.tenantId, callId: call.callId } },
    select: { id: true },
  });
  if (count > 0) {
    change.record({ event: 'call.started', subjectId: id, after: { ...call } });
  }
  return id;
}

/**
 * Keeps a Decision as the call's leg of that number. False: somebody was asked the same at the same time, and theirs
 * stands. Bookkeeping: the call's own line in the audit is its start and its end.
 */
export async function addLeg(change: Change, callRowId: string, decision: Decision, heard: Heard): Promise<boolean> {
  const { count } = await change.db.callLeg.createMany({
    data: [
      {
        tenantId: change.tenantId,
        callRowId,
        leg: decision.leg,
        decision: decision as unknown as Prisma.InputJsonValue,
        heard: { ...heard } as Prisma.InputJsonValue,
      },
    ],
    skipDuplicates: true,
  });
  if (count > 0 && heard.asksFor) {
    await change.db.call.update({ where: { id: callRowId }, data: { askedForUserId: heard.asksFor } });
  }
  return count > 0;
}

/** How a leg ended; the first word counts. */
export async function setOutcome(change: Change, callRowId: string, leg: number, outcome: Disposition): Promise<void> {
  await change.db.callLeg.updateMany({ where: { callRowId, leg, outcome: null }, data: { outcome } });
}

/** How a call ended. A message that arrives late still turns a missed call into a voicemail; nothing else changes an end. */
export async function setDisposition(change: Change, call: KnownCall, disposition: CallDisposition): Promise<boolean> {
  const replaces: CallDisposition[] = disposition === 'voicemail' ? ['open', 'missed', 'abandoned'] : ['open'];
  const { count } = await change.db.call.updateMany({
    where: { id: call.rowId, disposition: { in: replaces } },
    data: { disposition, endedAt: change.now },
  });
  if (count > 0) change.record({ event: 'call.ended', subjectId: call.rowId, after: { disposition } });
  return count > 0;
}

/** Did this call leave a message in this mailbox? */
export async function hasVoicemail(
  db: Db | Transaction,
  tenantId: TenantId,
  call: KnownCall,
  mailbox: UserId,
): Promise<boolean> {
  const where = { tenantId, userId: mailbox, callId: call.callId, receivedAt: { gte: call.startedAt } };
  return (await db.voicemail.findFirst({ where, select: { id: true } })) !== null;
}

const userId = (id: string | null): UserId | null => (id === null ? null : as<UserId>(id));
