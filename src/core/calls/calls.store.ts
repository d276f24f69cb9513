import { randomUUID } from 'node:crypto';
import { Prisma } from '../../generated/prisma/client.js';
import { linkedLines } from '../audit-chain/append-audit.store.js';
import type { AuditKey } from '../audit-chain/audit-key.js';
import type { Change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Db, Transaction } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { displayNameOf } from '../people/person.js';
import { listedWhere } from '../people/sql.js';
import type { Decision, LegOutcome } from './decision.js';

/** The ways a call ended; `open`: it has not. */
export const callDispositions = ['open', 'answered', 'voicemail', 'missed', 'abandoned', 'blocked'] as const;
/** How a call ended; `open`: it has not. */
export type CallDisposition = (typeof callDispositions)[number];

/** What a caller said or keyed, and whom they asked for by it. */
export interface CallerInput {
  readonly digits?: string;
  /** Best first. */
  readonly speech?: readonly string[];
  /** From this leg on the call is for this user. */
  readonly asksFor?: string;
  /** The subject of the question in this leg; absent: the caller has said nothing relevant. */
  readonly about?: UnclearRequest;
  /** An agent sent the caller straight to the mailbox. */
  readonly isTransfer?: true;
  /** The caller is blocked: the Decision of this leg refuses the call. */
  readonly isBlocked?: true;
  /** The user whose phone rings in this leg; absent: none, or a number that a user set. */
  readonly rings?: string;
}

/** One thing that a caller said or keyed. */
export interface Said {
  readonly digits?: string;
  /** Best first. */
  readonly speech?: readonly string[];
}

/** The caller's latest request, while it is unclear whom they mean. */
export interface UnclearRequest extends Said {
  /** What they said or keyed before that, the latest first. */
  readonly earlier?: readonly Said[];
  /** Users who were offered for it and whom the caller refused. */
  readonly refused: readonly string[];
  /** It fitted too many people, and the caller was asked for more. */
  readonly tooMany?: boolean;
  /** The people offered for it only resemble what was said. */
  readonly isGuess?: boolean;
}

/** One Decision of a call and its outcome. */
export interface Leg {
  readonly leg: number;
  readonly decision: Decision;
  readonly heard: CallerInput;
  readonly outcome: LegOutcome | null;
  readonly at: Date;
}

/** A call with its legs, oldest first. */
export interface KnownCall {
  readonly rowId: string;
  readonly callId: string;
  /** As `core/caller-id.ts` reads it, like `callerName`. */
  readonly ani: string;
  readonly callerName: string;
  readonly dnis: string;
  readonly language: string;
  /** The caller cannot be heard. */
  readonly keysOnly: boolean;
  readonly askedForUserId: UserId | null;
  readonly answeredByUserId: UserId | null;
  readonly disposition: CallDisposition;
  readonly startedAt: Date;
  /** The voice provider holds the call, and can lead the caller elsewhere. */
  readonly atProvider: boolean;
  readonly messageDueAt: Date | null;
  readonly endedAt: Date | null;
  readonly legs: readonly Leg[];
}

/** Return the company of a dialled number: that of a person's DID, a main or an access number, or the only company here. */
export async function findTenantOf(db: Db, dnis: string): Promise<TenantId | undefined> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT "tenantId" AS id, 0 AS rank FROM "User" WHERE did = ${dnis}
    UNION ALL SELECT id, 1 FROM "Tenant" WHERE ${dnis} = ANY ("mainNumbers") OR "accessNumber" = ${dnis}
    UNION ALL (SELECT id, 2 FROM "Tenant" WHERE NOT EXISTS (SELECT 1 FROM "Tenant" OFFSET 1))
    ORDER BY rank LIMIT 1`;
  return rows[0] && asId<TenantId>(rows[0].id);
}

/** A number of this installation; `forMessages`: people dial it to hear their messages. */
export interface NumberToDial {
  readonly number: string;
  readonly whose: string;
  readonly forMessages?: boolean;
}

/** Return numbers that lead to a company or a listed person of this installation, companies first. */
export async function findNumbers(db: Db, most: number): Promise<NumberToDial[]> {
  const companies = await db.tenant.findMany({
    select: { name: true, mainNumbers: true, accessNumber: true },
    take: most,
  });
  const people = await db.user.findMany({
    where: { did: { not: null }, ...listedWhere },
    select: { did: true, firstName: true, lastName: true },
    orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }],
    take: most,
  });
  return [
    ...companies.flatMap(({ name, mainNumbers, accessNumber }) => [
      ...mainNumbers.map((number) => ({ number, whose: name })),
      ...(accessNumber === null ? [] : [{ number: accessNumber, whose: name, forMessages: true }]),
    ]),
    ...people.map((person) => ({ number: person.did ?? '', whose: displayNameOf(person) })),
  ].slice(0, most);
}

/** Return the call with this id and its legs; undefined: the call is unknown. */
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
    keysOnly: call.keysOnly,
    askedForUserId: userId(call.askedForUserId),
    answeredByUserId: userId(call.answeredByUserId),
    disposition: call.disposition as CallDisposition,
    startedAt: call.startedAt,
    atProvider: call.atProvider,
    messageDueAt: call.messageDueAt,
    endedAt: call.endedAt,
    legs: call.legs.map(({ leg, decision, heard, outcome, createdAt }) => ({
      leg,
      createdAt,
      decision: decision as unknown as Decision,
      heard: (heard ?? {}) as CallerInput,
      outcome: outcome as LegOutcome | null,
      at: createdAt,
    })),
  };
}

/** Return whether somebody has called the company from this number. */
export const hasCalled = async (db: Db, tenantId: TenantId, ani: string): Promise<boolean> =>
  (await db.call.findFirst({ where: { tenantId, ani }, select: { id: true } })) !== null;

/** A call as it begins. */
export interface NewCall {
  readonly callId: string;
  readonly ani: string;
  readonly callerName: string;
  readonly dnis: string;
  readonly language: string;
  readonly keysOnly: boolean;
  readonly atProvider: boolean;
  /** When its message must have been handed over; null: the phone system records none. */
  readonly messageDueAt: Date | null;
}

/**
 * Insert a call with its first leg and its audit line: all or nothing, in one statement, since the caller waits, and the rest
 * of the company for the audit chain. Returns the call's row; undefined: the call is known already.
 */
export async function startCall(
  db: Db | Transaction,
  { actor, now, auditKey }: { readonly actor: Actor; readonly now: Date; readonly auditKey: AuditKey },
  { messageDueAt, atProvider, ...call }: NewCall,
  decision: Decision,
  heard: CallerInput,
): Promise<string | undefined> {
  const { tenantId } = actor;
  const { callId, ani, callerName, dnis, language, keysOnly } = call;
  const id = randomUUID();
  const event = { event: 'call.started', subjectId: id, after: { ...call } } as const;
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE made AS (
      INSERT INTO "Call" (id, "tenantId", "callId", ani, "callerName", dnis, language, "keysOnly", "askedForUserId",
        "startedAt", "atProvider", "messageDueAt")
      VALUES (${id}::uuid, ${tenantId}::uuid, ${callId}, ${ani}, ${callerName}, ${dnis}, ${language}, ${keysOnly},
        ${heard.asksFor ?? null}::uuid, ${now}, ${atProvider}, ${messageDueAt})
      ON CONFLICT ("tenantId", "callId") DO NOTHING RETURNING id
    ), leg AS (
      INSERT INTO "CallLeg" (id, "tenantId", "callRowId", leg, "createdAt", decision, heard)
      SELECT ${randomUUID()}::uuid, ${tenantId}::uuid, made.id, ${decision.leg}::int, ${now},
        ${JSON.stringify(decision)}::jsonb, ${JSON.stringify(heard)}::jsonb
      FROM made
    ), ${linkedLines(auditKey, actor, now, [event], Prisma.sql`made`)}
    SELECT id FROM made`;
  return rows[0]?.id;
}

/**
 * Store a Decision as the call's leg of that number. False: the same leg was stored at the same moment, and that one
 * counts. Bookkeeping: the audit has the call's start and end.
 */
export async function addLeg(
  change: Change,
  callRowId: string,
  decision: Decision,
  heard: CallerInput,
): Promise<boolean> {
  const { count } = await change.db.callLeg.createMany({
    data: [
      {
        tenantId: change.tenantId,
        callRowId,
        leg: decision.leg,
        createdAt: change.now,
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

/** Set how the caller is addressed and answers, where that has changed since the call began. Bookkeeping, as the legs. */
export async function setManner(
  change: Change,
  callRowId: string,
  manner: { readonly language: string; readonly keysOnly: boolean },
): Promise<void> {
  await change.db.call.update({ where: { id: callRowId }, data: manner });
}

/** Set when the message of the call must have been handed over; null: it records none. Bookkeeping, as the legs. */
export async function setMessageDue(change: Change, callRowId: string, messageDueAt: Date | null): Promise<void> {
  await change.db.call.update({ where: { id: callRowId }, data: { messageDueAt } });
}

/** How a leg ended; the first word counts. */
export async function setOutcome(change: Change, callRowId: string, leg: number, outcome: LegOutcome): Promise<void> {
  await change.db.callLeg.updateMany({ where: { callRowId, leg, outcome: null }, data: { outcome } });
}

/** How a call ended, who took it, and when the person asked for is told (null: they are not). */
export interface CallEnd {
  readonly disposition: CallDisposition;
  readonly answeredByUserId: UserId | null;
  readonly noticeDueAt: Date | null;
}

/**
 * Set how a call ended. A late answer or message still turns a missed call into an answered one or a voicemail, and so does
 * the message of a caller whom somebody talked with and then sent to a mailbox; nothing else changes an end. False: the
 * call had ended already.
 */
export async function saveEnd(change: Change, call: KnownCall, end: CallEnd): Promise<boolean> {
  const { disposition } = end;
  const isLate = disposition === 'voicemail' || disposition === 'answered';
  const isSent = disposition === 'voicemail' && call.legs.at(-1)?.heard.isTransfer === true;
  const replaces: CallDisposition[] = [
    'open',
    ...(isLate ? (['missed', 'abandoned'] as const) : []),
    ...(isSent ? (['answered'] as const) : []),
  ];
  const { count } = await change.db.call.updateMany({
    where: { id: call.rowId, disposition: { in: replaces } },
    data: { ...end, endedAt: change.now },
  });
  if (count > 0) change.record({ event: 'call.ended', subjectId: call.rowId, after: { disposition } });
  return count > 0;
}

/** Set who talks with the caller from now on. */
export async function setTalk(change: Change, callRowId: string, userId: UserId): Promise<void> {
  await change.db.call.update({ where: { id: callRowId }, data: { talksToUserId: userId } });
}

/** Nobody talks with the caller any longer; returns who did. */
export async function clearTalk({ db, tenantId }: Change, callId: string): Promise<UserId | undefined> {
  const where = { tenantId, callId, talksToUserId: { not: null } };
  const talk = await db.call.findFirst({ where, select: { talksToUserId: true } });
  if (!talk?.talksToUserId) return undefined;
  await db.call.updateMany({ where, data: { talksToUserId: null } });
  return asId<UserId>(talk.talksToUserId);
}

const userId = (id: string | null): UserId | null => (id === null ? null : asId<UserId>(id));
