import type { Prisma } from '../../../generated/prisma/client.js';
import type { Role } from '../../chat/actor.js';
import { type Locale, localeOf } from '../../chat/phrasing.js';
import type { Requester } from '../../chat/requester.js';
import type { Db } from '../../deps.js';
import { asId, type TenantId, type UserId } from '../../ids.js';
import { displayName, hasAccess } from '../../people/sql.js';
import { closedBySql, sql } from '../../settings/sql.js';
import type { MenuAnswer, MenuProgress } from './menu-answer.js';

/** A call to the menu, as it stands. */
export interface MenuCall {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly callId: string;
  readonly ani: string;
  readonly userId: UserId | null;
  readonly pinMark: string;
  readonly language: Locale;
  readonly turn: number;
  readonly progress: MenuProgress;
  /** Null: the answer of this turn is being worked out. */
  readonly answer: MenuAnswer | null;
  readonly updatedAt: Date;
}

type Row = Prisma.PhoneMenuCallGetPayload<object>;

const callOf = ({ state, answer, ...row }: Row): MenuCall => ({
  ...row,
  tenantId: asId<TenantId>(row.tenantId),
  userId: row.userId === null ? null : asId<UserId>(row.userId),
  language: localeOf(row.language),
  progress: state as unknown as MenuProgress,
  answer: answer as unknown as MenuAnswer | null,
});

/** Return a call to the menu; undefined: it is none. */
export async function findMenuCall(db: Db, tenantId: TenantId, callId: string): Promise<MenuCall | undefined> {
  const row = await db.phoneMenuCall.findUnique({ where: { tenantId_callId: { tenantId, callId } } });
  return row ? callOf(row) : undefined;
}

/** The same by the id of its row. */
export async function findMenuCallById(db: Db, id: string): Promise<MenuCall | undefined> {
  const row = await db.phoneMenuCall.findUnique({ where: { id } });
  return row ? callOf(row) : undefined;
}

/** What a step changes of a call. */
export interface MenuMove {
  readonly progress: MenuProgress;
  readonly answer: MenuAnswer;
  readonly language: Locale;
  readonly userId: UserId | null;
  readonly pinMark: string;
}

const columnsOf = ({ progress, answer, ...move }: MenuMove) => ({
  ...move,
  state: progress as unknown as Prisma.InputJsonValue,
  answer: answer as unknown as Prisma.InputJsonValue,
});

/** Insert a call with its first answer. No-op if it is there already. */
export async function insertMenuCall(
  db: Db,
  { tenantId, callId, ani }: { readonly tenantId: TenantId; readonly callId: string; readonly ani: string },
  move: MenuMove,
  now: Date,
): Promise<void> {
  await db.phoneMenuCall.createMany({
    data: [{ tenantId, callId, ani, turn: 1, updatedAt: now, ...columnsOf(move) }],
    skipDuplicates: true,
  });
}

/** Take the next turn. False: another post of the same turn has taken it, or the caller is gone. */
export async function takeTurn(db: Db, { id, turn }: MenuCall, now: Date): Promise<boolean> {
  const taken = await db.$executeRaw`
    UPDATE "PhoneMenuCall" SET turn = turn + 1, answer = NULL, "updatedAt" = ${now}
    WHERE id = ${id}::uuid AND turn = ${turn} AND answer IS NOT NULL AND state->'state'->>'at' <> 'over'`;
  return taken > 0;
}

/** Save what a turn came to. False: another post of the same turn has saved it, or the caller is gone. */
export async function saveTurn(db: Db, id: string, turn: number, move: MenuMove, now: Date): Promise<boolean> {
  const { state, answer, language, userId, pinMark } = columnsOf(move);
  const saved = await db.$executeRaw`
    UPDATE "PhoneMenuCall" SET state = ${JSON.stringify(state)}::jsonb, answer = ${JSON.stringify(answer)}::jsonb,
      language = ${language}, "userId" = ${userId}::uuid, "pinMark" = ${pinMark}, "updatedAt" = ${now}
    WHERE id = ${id}::uuid AND turn = ${turn} AND answer IS NULL`;
  return saved > 0;
}

/** End a call whose caller is gone; a turn that is being worked out is not saved any more. */
export async function endMenuCall(db: Db, { id, turn, language }: MenuCall, now: Date): Promise<void> {
  const progress: MenuProgress = { state: { at: 'over' }, silences: 0, again: [] };
  const answer: MenuAnswer = { turn, language, parts: [], input: 'none' };
  await db.phoneMenuCall.updateMany({
    where: { id },
    data: { ...columnsOf({ progress, answer, language, userId: null, pinMark: '' }), updatedAt: now },
  });
}

/** The message of this turn begins to play. False: it was fetched before in this turn. */
export async function notePlayed(db: Db, { id, turn }: MenuCall): Promise<boolean> {
  const { count } = await db.phoneMenuCall.updateMany({
    where: { id, turn, playedTurn: { lt: turn } },
    data: { playedTurn: turn },
  });
  return count > 0;
}

/** Delete up to `most` calls that were last heard of before this instant, and return how many. */
export const forgetMenuCalls = (db: Db, before: Date, most: number): Promise<number> => db.$executeRaw`
  DELETE FROM "PhoneMenuCall" WHERE id IN (SELECT id FROM "PhoneMenuCall" WHERE "updatedAt" < ${before} LIMIT ${most})`;

/** The same of attempts to sign in. */
export const forgetSignInAttempts = (db: Db, before: Date, most: number): Promise<number> => db.$executeRaw`
  DELETE FROM "PhoneSignIn" WHERE id IN (SELECT id FROM "PhoneSignIn" WHERE at < ${before} LIMIT ${most})`;

/** The ways into the menu of a company. */
export interface MenuDoor {
  /** E.164; null: there is no such number. */
  readonly accessNumber: string | null;
  /** Star in a greeting leads to the menu. */
  readonly greetingKey: boolean;
}

/** Return the ways into the menu of a company. */
export async function findMenuDoor(db: Db, tenantId: TenantId): Promise<MenuDoor> {
  const { accessNumber, greetingKey, edition } = await db.tenant.findUniqueOrThrow({
    where: { id: tenantId },
    select: { accessNumber: true, greetingKey: true, edition: true },
  });
  return { accessNumber, greetingKey: greetingKey && edition === 'attendant_plus' };
}

/** What a caller at the door hears of a company. */
export interface MenuCompany {
  readonly name: string;
  /** The company is switched on, and has voicemail. */
  readonly isOpen: boolean;
  readonly language: string;
  readonly languageKey: boolean;
  readonly country: string;
}

/** Return the company at whose door a caller is. */
export async function findMenuCompany(db: Db, tenantId: TenantId): Promise<MenuCompany> {
  const { name, enabled, edition, language, languageKey, country } = await db.tenant.findUniqueOrThrow({
    where: { id: tenantId },
    select: { name: true, enabled: true, edition: true, language: true, languageKey: true, country: true },
  });
  return { name, isOpen: enabled && edition === 'attendant_plus', language, languageKey, country };
}

interface SignedInRow {
  name: string;
  email: string;
  role: Role;
  access: string;
  pinHash: string;
  language: string;
  timeZone: string;
  forwardingClosedBy: 'company' | 'own' | null;
  tenantName: string;
  country: string;
  outOfOfficeEnabled: boolean;
  downloadsAllowed: boolean;
  impersonationNotice: boolean;
}

const both = { user: 'u', tenant: 't' };

/** Return the person who is signed in, as they are now; undefined: they may no longer use the menu. */
export async function findSignedIn(
  db: Db,
  tenantId: TenantId,
  userId: UserId,
  now: Date,
): Promise<{ readonly requester: Requester; readonly pinHash: string } | undefined> {
  const [row] = await db.$queryRaw<SignedInRow[]>`
    SELECT ${displayName('u')} AS name, u.email, u.role, u.access, u."pinHash",
      ${sql('language', both)} AS language, ${sql('timeZone', both)} AS "timeZone",
      ${closedBySql('forwarding', both)} AS "forwardingClosedBy",
      t.name AS "tenantName", t.country, t."outOfOfficeEnabled", t."downloadsAllowed", t."impersonationNotice"
    FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId"
    WHERE u."tenantId" = ${tenantId}::uuid AND u.id = ${userId}::uuid AND u."pinHash" IS NOT NULL
      AND ${hasAccess('u')} AND t.enabled AND t.edition = 'attendant_plus'`;
  if (!row) return undefined;
  const { name, email, access, role, country, outOfOfficeEnabled, downloadsAllowed, impersonationNotice } = row;
  return {
    pinHash: row.pinHash,
    requester: {
      actor: { kind: 'self', tenantId, userId, role, via: 'phone' },
      user: { id: userId, displayName: name, email, access, forwardingClosedBy: row.forwardingClosedBy ?? undefined },
      tenant: {
        ...{ id: tenantId, name: row.tenantName, edition: 'attendant_plus', country },
        ...{ outOfOfficeEnabled, downloadsAllowed, impersonationNotice },
      },
      reader: { locale: localeOf(row.language), timeZone: row.timeZone, region: country, now },
      account: { platform: 'phone', externalWorkspaceId: tenantId, accountId: userId },
    },
  };
}
