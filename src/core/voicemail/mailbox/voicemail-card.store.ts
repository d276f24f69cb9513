import { batched } from '../../batch.js';
import type { Db } from '../../deps.js';
import { displayName } from '../../people/sql.js';
import { sql } from '../../settings/sql.js';
import { ensureLinksSql } from '../sharing/player-link.store.js';
import type { ActingPerson, ShownDelivery, ShownVoicemail } from '../voicemail.views.js';

/** A message as its card shows it, with the id of the link that plays it instead of the link. */
export type FoundVoicemail = Omit<ShownVoicemail, 'audio'> & {
  readonly audio: { readonly linkId: string; readonly mimeType: string; readonly storageKey: string } | undefined;
};

interface Row {
  id: string;
  ownerId: string;
  personId: string;
  callerName: string;
  ani: string;
  receivedAt: Date;
  durationSeconds: number;
  transcript: string | null;
  listens: ListenRow[];
  handledAt: Date | null;
  handledBy: string | null;
  ownerName: string;
  ownerHandled: boolean;
  forwardedBy: string | null;
  forwardedFor: string | null;
  forwardNote: string;
  forwards: ErrandRow[];
  exports: ErrandRow[];
  deletedAt: Date | null;
  purgeAt: Date | null;
  purgedAt: Date | null;
  mayForward: boolean;
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
  at: string;
}

interface ErrandRow {
  to: string;
  status: ShownDelivery['status'];
  at: string;
}

/** The message, its owner, its viewer, and the values of a link that is created or renewed for it. */
interface CardRequest {
  readonly id: string;
  readonly ownerId: string;
  readonly personId: string;
  readonly link: { readonly now: Date; readonly expiresAt: Date };
}

/**
 * Return a message of `ownerId` as `personId` may see it, with a valid link of theirs, created or renewed if necessary,
 * so that a card costs one round trip, and concurrent cards share one. Undefined: not in that mailbox.
 */
export const findCardOf = batched(async (db: Db, wanted: readonly CardRequest[]) => {
  const ids = wanted.map(({ id, ownerId, personId }) => ({ id, ownerId, personId }));
  // As JSON, because PostgreSQL plans a statement with array parameters again for every length, which takes longer than
  // the card.
  const rows = await db.$queryRaw<Row[]>`
    WITH wanted AS (
      SELECT DISTINCT * FROM jsonb_to_recordset(${JSON.stringify(ids)}::jsonb)
        AS wanted (id uuid, "ownerId" uuid, "personId" uuid)
    ), voicemail AS (
      -- Each by its key: a list is taken for a hundred rows, for which PostgreSQL would read the whole table.
      SELECT v.*, wanted."personId"
      FROM wanted CROSS JOIN LATERAL (SELECT * FROM "Voicemail" WHERE id = wanted.id LIMIT 1) v
      WHERE v."userId" = wanted."ownerId"
    ), link AS (${ensureLinksSql(latest(wanted))})
    SELECT v.id, v."userId" AS "ownerId", v."personId", v."callerName", v.ani, v."receivedAt", v."durationSeconds", v.transcript,
      v."handledAt", ${displayName('handler')} AS "handledBy",
      ${displayName('owner')} AS "ownerName", v."handledById" = v."userId" AS "ownerHandled",
      ${displayName('admin')} AS "forwardedFor",
      ${displayName('forwarder')} AS "forwardedBy", v."forwardNote",
      v."deletedAt", v."purgeAt", v."purgedAt",
      ${sql('forwarding', { user: 'owner', tenant: 't' })} AS "mayForward",
      COALESCE(link.id, old.id) AS "linkId", r."mimeType", r."storageKey",
      COALESCE((
        SELECT json_agg(json_build_object('name', heard.name, 'impersonator', heard.impersonator, 'linkOf', heard."linkOf",
          'at', heard.at) ORDER BY heard.at DESC)
        FROM (
          SELECT ${displayName('u')} AS name,
            ${displayName('i')} AS impersonator,
            ${displayName('l')} AS "linkOf", max(n.at) AS at
          FROM "Listen" n LEFT JOIN "User" u ON u.id = n."userId" LEFT JOIN "User" i ON i.id = n."impersonatorId"
          LEFT JOIN "User" l ON l.id = n."linkOfId" AND l.id <> v."userId"
          WHERE n."tenantId" = v."tenantId" AND n."voicemailId" = v.id
          GROUP BY u.id, i.id, l.id ORDER BY max(n.at) DESC LIMIT 3
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
    LEFT JOIN "Recording" r ON r.id = v."recordingId"
    LEFT JOIN link ON link."voicemailId" = v.id AND link."userId" = v."personId"
    LEFT JOIN "PlayerLink" old ON old."voicemailId" = v.id AND old."userId" = v."personId"
    LEFT JOIN "User" handler ON handler.id = v."handledById"
    LEFT JOIN "User" forwarder ON forwarder.id = v."forwardedById"
    LEFT JOIN "Forward" copied ON copied."copyId" = v.id AND copied."tenantId" = v."tenantId"
      AND copied."voicemailId" = v."forwardOfId"
    LEFT JOIN "User" admin ON admin.id = copied."impersonatorId"`;
  const found = new Map(rows.map((row) => [keyOf(row), shownOf(row)]));
  return wanted.map((one) => found.get(keyOf(one)));
});

const keyOf = ({ id, ownerId, personId }: Omit<CardRequest, 'link'>): string => `${id} ${ownerId} ${personId}`;

/** All lookups of a batch use the same instant. */
const latest = (wanted: readonly CardRequest[]): CardRequest['link'] =>
  wanted.map(({ link }) => link).reduce((a, b) => (a.now > b.now ? a : b));

function shownOf(row: Row): FoundVoicemail {
  const { linkId, mimeType, storageKey } = row;
  const gone = row.deletedAt !== null;
  return {
    id: row.id,
    callerName: row.callerName,
    ani: row.ani,
    receivedAt: row.receivedAt,
    durationSeconds: row.durationSeconds,
    transcript: row.transcript ?? undefined,
    listens: row.listens.map(({ name, impersonator, linkOf, at }) => ({
      by: name === null ? { linkOf: linkOf ?? undefined } : { name, impersonator: impersonator ?? undefined },
      at: new Date(at),
    })),
    handled: row.handledAt === null ? undefined : { by: handlerOf(row), at: row.handledAt },
    forwardedBy:
      row.forwardedBy === null ? undefined : { name: row.forwardedBy, impersonator: row.forwardedFor ?? undefined },
    forwardNote: row.forwardNote,
    forwards: row.forwards.map(errandOf),
    exports: row.exports.map(errandOf),
    deleted: row.purgeAt === null ? undefined : { purgeAt: row.purgeAt, forGood: row.purgedAt !== null },
    mayForward: row.mayForward,
    audio:
      gone || linkId === null || mimeType === null || storageKey === null
        ? undefined
        : { linkId, mimeType, storageKey },
  };
}

const handlerOf = ({ handledBy, ownerName, ownerHandled }: Row): ActingPerson => ({
  name: ownerName,
  impersonator: ownerHandled ? undefined : (handledBy ?? undefined),
});

const errandOf = ({ to, status, at }: ErrandRow): ShownDelivery => ({ to, status, at: new Date(at) });
