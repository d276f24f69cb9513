import { Prisma } from '../../../generated/prisma/client.js';
import { batched } from '../../coalesce-calls.js';
import type { Db } from '../../deps.js';
import { displayName } from '../../people/sql.js';
import { sql } from '../../settings/sql.js';
import { ensureLinksSql } from '../sharing/player-link.store.js';
import type { ActingPerson, ShownDelivery, ShownVoicemail } from '../voicemail.views.js';
import type { Reach } from './mailbox-member.js';
import { isShared, reachOf } from './message-access.sql.js';

/** A message as its card shows it, with the id of the link that plays it instead of the link. */
export type FoundVoicemail = Omit<ShownVoicemail, 'audio' | 'mayRing'> & {
  readonly audio: (Omit<NonNullable<ShownVoicemail['audio']>, 'url'> & { readonly linkId: string }) | undefined;
};

interface Row {
  id: string;
  readerId: string;
  personId: string;
  callerName: string;
  ani: string;
  receivedAt: Date;
  durationSeconds: number;
  urgent: boolean;
  transcript: string | null;
  listens: ListenRow[];
  handledAt: Date | null;
  handledBy: string | null;
  ownerName: string;
  isOwn: boolean;
  reach: Reach;
  isShared: boolean;
  claimedBy: string | null;
  isClaimedByReader: boolean;
  claimedAt: Date | null;
  promisedAt: Date | null;
  handledAs: string | null;
  isHandledAsSelf: boolean;
  forwardedBy: string | null;
  forwardedFor: string | null;
  forwardNote: string;
  spokenNoteSeconds: number | null;
  forwards: ErrandRow[];
  exports: ErrandRow[];
  deletedAt: Date | null;
  purgeAt: Date | null;
  purgedAt: Date | null;
  mayForward: boolean;
  mayBeKept: boolean;
  linkId: string | null;
  mimeType: string | null;
  storageKey: string | null;
}

interface ListenRow {
  /** Null: played by a link. */
  name: string | null;
  impersonator: string | null;
  /** The user the link was made for; null: the owner of the message. */
  linkOf: string | null;
  byPhone: boolean;
  at: string;
}

interface ErrandRow {
  to: string;
  status: ShownDelivery['status'];
  at: string;
}

/** The message, the user with access to it, its viewer, and when a link is created or renewed for it. */
interface CardRequest {
  readonly id: string;
  readonly userId: string;
  readonly personId: string;
  readonly now: Date;
}

/**
 * Return a message to which `userId` has access as `personId` may see it, with a valid link of theirs, created or renewed
 * if necessary, so that a card costs one round trip, and concurrent cards share one. Undefined: no access.
 */
export const findCardOf = batched(async (db: Db, wanted: readonly CardRequest[]) => {
  const ids = wanted.map(({ id, userId, personId }) => ({ id, userId, personId }));
  const now = latest(wanted);
  // As JSON, because PostgreSQL plans a statement with array parameters again for every length, which takes longer than
  // the card.
  const rows = await db.$queryRaw<Row[]>`
    WITH wanted AS (
      SELECT DISTINCT * FROM jsonb_to_recordset(${JSON.stringify(ids)}::jsonb)
        AS wanted (id uuid, "userId" uuid, "personId" uuid)
    ), voicemail AS (
      -- Each by its key: a list is taken for a hundred rows, for which PostgreSQL would read the whole table.
      SELECT v.*, wanted."personId", wanted."userId" AS "readerId", reached.reach
      FROM wanted CROSS JOIN LATERAL (SELECT * FROM "Voicemail" WHERE id = wanted.id LIMIT 1) v
      CROSS JOIN LATERAL (SELECT ${reachOf('v', Prisma.sql`wanted."userId"`, now)} AS reach) reached
      WHERE reached.reach IS NOT NULL
    ), link AS (${ensureLinksSql(now)})
    SELECT v.id, v."readerId", v."personId", v."callerName", v.ani, v."receivedAt", v."durationSeconds", v.urgent, v.transcript,
      v."handledAt", ${displayName('handler')} AS "handledBy",
      ${displayName('owner')} AS "ownerName", v."userId" = v."readerId" AS "isOwn", v.reach,
      ${isShared('v', now)} AS "isShared", v."claimedAt", v."promisedAt", ${displayName('claimer')} AS "claimedBy",
      v."claimedById" IS NOT DISTINCT FROM v."readerId" AS "isClaimedByReader",
      ${displayName('acted')} AS "handledAs", v."handledById" = COALESCE(v."handledAsId", v."userId") AS "isHandledAsSelf",
      ${displayName('admin')} AS "forwardedFor",
      ${displayName('forwarder')} AS "forwardedBy", v."forwardNote", copied."noteSeconds" AS "spokenNoteSeconds",
      v."deletedAt", v."purgeAt", v."purgedAt",
      ${sql('forwarding', { user: 'reader', tenant: 't' })} AS "mayForward", ${sql('downloads', { tenant: 't' })} AS "mayBeKept",
      COALESCE(link.id, old.id) AS "linkId", r."mimeType", r."storageKey",
      COALESCE((
        SELECT json_agg(json_build_object('name', heard.name, 'impersonator', heard.impersonator, 'linkOf', heard."linkOf",
          'byPhone', heard."byPhone", 'at', heard.at) ORDER BY heard.at DESC)
        FROM (
          SELECT ${displayName('u')} AS name,
            ${displayName('i')} AS impersonator,
            ${displayName('l')} AS "linkOf", n."byPhone", max(n.at) AS at
          FROM "Listen" n LEFT JOIN "User" u ON u.id = n."userId" LEFT JOIN "User" i ON i.id = n."impersonatorId"
          LEFT JOIN "User" l ON l.id = n."linkOfId" AND l.id <> v."userId"
          WHERE n."tenantId" = v."tenantId" AND n."voicemailId" = v.id
          GROUP BY u.id, i.id, l.id, n."byPhone" ORDER BY max(n.at) DESC LIMIT 3
        ) heard
      ), '[]') AS listens,
      COALESCE((
        SELECT json_agg(json_build_object('to', ${displayName('u')}, 'status', f.status,
          'at', COALESCE(f."doneAt", f."createdAt")) ORDER BY f."createdAt" DESC)
        FROM "Forward" f JOIN "User" u ON u.id = f."toUserId"
        WHERE f."tenantId" = v."tenantId" AND f."voicemailId" = v.id
      ), '[]') AS forwards,
      COALESCE((
        SELECT json_agg(json_build_object('to', e.email, 'status', e.status,
          'at', COALESCE(e."doneAt", e."createdAt")) ORDER BY e."createdAt" DESC)
        FROM "Export" e WHERE e."tenantId" = v."tenantId" AND e."voicemailId" = v.id
      ), '[]') AS exports
    FROM voicemail v
    JOIN "Tenant" t ON t.id = v."tenantId"
    JOIN "User" owner ON owner.id = v."userId"
    JOIN "User" reader ON reader.id = v."readerId"
    LEFT JOIN "User" claimer ON claimer.id = v."claimedById"
    LEFT JOIN "User" acted ON acted.id = v."handledAsId"
    LEFT JOIN "Recording" r ON r.id = v."recordingId"
    LEFT JOIN link ON link."voicemailId" = v.id AND link."userId" = v."personId"
    LEFT JOIN "PlayerLink" old ON old."voicemailId" = v.id AND old."userId" = v."personId"
    LEFT JOIN "User" handler ON handler.id = v."handledById"
    LEFT JOIN "User" forwarder ON forwarder.id = v."forwardedById"
    LEFT JOIN "Forward" copied ON copied."copyId" = v.id AND copied."tenantId" = v."tenantId"
      AND copied."voicemailId" = v."forwardOfId"
    LEFT JOIN "User" admin ON admin.id = copied."impersonatorId"`;
  const found = new Map(rows.map((row) => [keyOf({ ...row, userId: row.readerId }), shownOf(row)]));
  return wanted.map((one) => found.get(keyOf(one)));
});

const keyOf = ({ id, userId, personId }: Omit<CardRequest, 'now'>): string => `${id} ${userId} ${personId}`;

/** All lookups of a batch use the same instant. */
const latest = (wanted: readonly CardRequest[]): Date => new Date(Math.max(...wanted.map(({ now }) => now.getTime())));

function shownOf(row: Row): FoundVoicemail {
  const { linkId, mimeType, storageKey, mayBeKept } = row;
  const gone = row.deletedAt !== null;
  return {
    id: row.id,
    callerName: row.callerName,
    ani: row.ani,
    receivedAt: row.receivedAt,
    durationSeconds: row.durationSeconds,
    urgent: row.urgent,
    transcript: row.transcript ?? undefined,
    listens: row.listens.map(({ name, impersonator, linkOf, byPhone, at }) => ({
      by: name === null ? { linkOf: linkOf ?? undefined } : { name, impersonator: impersonator ?? undefined, byPhone },
      at: new Date(at),
    })),
    handled: row.handledAt === null ? undefined : { by: handlerOf(row), at: row.handledAt },
    forwardedBy:
      row.forwardedBy === null ? undefined : { name: row.forwardedBy, impersonator: row.forwardedFor ?? undefined },
    forwardNote: row.forwardNote,
    spokenNoteSeconds: row.spokenNoteSeconds ?? undefined,
    forwards: row.forwards.map(errandOf),
    exports: row.exports.map(errandOf),
    deleted: row.purgeAt === null ? undefined : { purgeAt: row.purgeAt, forGood: row.purgedAt !== null },
    mayForward: row.mayForward,
    mailbox: row.isOwn ? undefined : row.ownerName,
    shared: row.isShared || !row.isOwn || row.claimedAt !== null ? sharedOf(row) : undefined,
    audio:
      gone || linkId === null || mimeType === null || storageKey === null
        ? undefined
        : { linkId, mimeType, storageKey, mayBeKept },
  };
}

const handlerOf = ({ handledBy, handledAs, ownerName, isHandledAsSelf }: Row): ActingPerson => ({
  name: handledAs ?? ownerName,
  impersonator: isHandledAsSelf ? undefined : (handledBy ?? undefined),
});

const sharedOf = ({ reach, claimedBy, claimedAt, isClaimedByReader, promisedAt }: Row): ShownVoicemail['shared'] => ({
  reach,
  claim:
    claimedBy === null || claimedAt === null
      ? undefined
      : { by: claimedBy, isMine: isClaimedByReader, at: claimedAt, promisedAt: promisedAt ?? undefined },
});

const errandOf = ({ to, status, at }: ErrandRow): ShownDelivery => ({ to, status, at: new Date(at) });
