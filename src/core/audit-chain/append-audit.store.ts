import { randomUUID } from 'node:crypto';
import { Prisma } from '../../generated/prisma/client.js';
import type { Actor } from '../chat/actor.js';
import type { Transaction } from '../deps.js';
import { wellFormedJson } from '../text.js';
import { type AuditEvent, digestOf, genesisHash } from './audit-event.js';
import type { AuditKey } from './audit-key.js';

/**
 * Append lines to the tenant's chain, inside the caller's transaction. Locks the chain until the commit, so that no two
 * lines share a number: call it last. An end whose MAC is wrong or missing keeps it, so that a forged chain stays
 * broken whatever is appended to it.
 */
export async function appendLines(
  db: Transaction,
  key: AuditKey,
  actor: Actor,
  at: Date,
  events: readonly AuditEvent[],
): Promise<void> {
  await db.$executeRaw`WITH RECURSIVE ${linkedLines(key, actor, at, events)} SELECT FROM "linkedLine"`;
}

/**
 * Parts of a statement (WITH RECURSIVE) that link lines to the end of the chain: head, line, chain, moved, linkedLine.
 * `made` is another part of it, with the ids of the rows that the statement creates: lines about any other row are left
 * out, and the chain is locked only after it. PostgreSQL computes the hashes (as `hashOf` does), because the rest of
 * the company waits while the end is locked: a second round trip would double that. The end is a row of its own because
 * a locked row is read anew, while a query that waits for a lock and then looks for the last line sees the lines as
 * they were before it waited. The line that founds a company makes its end; two first lines at one moment would clash.
 * `end`: whether the MAC of the end is checked, or the end is signed unconditionally (`seal-chain.ts` alone).
 */
export function linkedLines(
  key: AuditKey,
  actor: Actor,
  at: Date,
  events: readonly AuditEvent[],
  made?: Prisma.Sql,
  end: 'checked' | 'trusted' = 'checked',
): Prisma.Sql {
  const { tenantId } = actor;
  const keyed = (text: Prisma.Sql) => Prisma.sql`encode(sha256(decode(${key.outer}, 'hex') ||
    sha256(decode(${key.inner}, 'hex') || convert_to(${text}, 'UTF8'))), 'hex')`;
  /** Reads the name "unkeyedSeq" of the old end; a first line has none. */
  const macIn = (seq: Prisma.Sql, hash: Prisma.Sql) =>
    keyed(
      Prisma.sql`concat_ws(' ', 'end', ${tenantId}::text, ${seq}, ${hash}, COALESCE((SELECT "unkeyedSeq" FROM head), 0))`,
    );
  const isTrusted =
    end === 'trusted'
      ? Prisma.sql`true`
      : Prisma.sql`NOT EXISTS (
          SELECT 1 FROM head
          WHERE seq > 0 AND mac IS DISTINCT FROM ${macIn(Prisma.sql`head.seq`, Prisma.sql`head.hash`)})`;
  const lines = events.map((event, n) => {
    // PostgreSQL would refuse the whole change for half a character, and the hash must cover the stored text.
    const content = { tenantId, at, ...wellFormedJson({ ...actorColumns(actor), ...eventColumns(event) }) };
    return { id: randomUUID(), n, digest: digestOf(content), ...content };
  });
  return Prisma.sql`
    head AS (
      SELECT seq, hash, "unkeyedSeq", mac FROM "AuditHead"
      WHERE "tenantId" = ${tenantId}::uuid AND ${made ? Prisma.sql`(SELECT count(*) FROM ${made}) > 0` : Prisma.sql`true`}
      FOR UPDATE
    ), line AS (
      SELECT *, row_number() OVER (ORDER BY line.n) AS place
      FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS line (
        id uuid, n int, digest text, "tenantId" uuid, at timestamptz, "actorId" uuid, via text, "impersonatorId" uuid,
        "sessionId" uuid, reason text, event text, "subjectId" uuid, before jsonb, after jsonb)
      WHERE ${made ? Prisma.sql`"subjectId" IN (SELECT id FROM ${made})` : Prisma.sql`true`}
    ), chain AS (
      SELECT 0::bigint AS place, COALESCE((SELECT seq FROM head), 0) AS seq, '' AS previous,
        COALESCE((SELECT hash FROM head), ${genesisHash}) AS hash
      UNION ALL
      SELECT line.place, chain.seq + 1, chain.hash,
        ${keyed(Prisma.sql`concat_ws(' ', chain.hash, chain.seq + 1, line.digest)`)}
      FROM chain JOIN line ON line.place = chain.place + 1
    ), moved AS (
      INSERT INTO "AuditHead" ("tenantId", seq, hash, mac)
      SELECT ${tenantId}::uuid, last.seq, last.hash, CASE
        WHEN ${isTrusted} THEN ${macIn(Prisma.sql`last.seq`, Prisma.sql`last.hash`)}
        ELSE (SELECT mac FROM head)
      END
      FROM (SELECT * FROM chain WHERE place > 0 ORDER BY place DESC LIMIT 1) AS last
      ON CONFLICT ("tenantId") DO UPDATE SET seq = EXCLUDED.seq, hash = EXCLUDED.hash, mac = EXCLUDED.mac
    ), "linkedLine" AS (
      INSERT INTO "AuditLine" (id, "tenantId", seq, at, "actorId", via, "impersonatorId", "sessionId", reason,
        event, "subjectId", before, after, "previousHash", hash)
      SELECT line.id, line."tenantId", chain.seq, line.at, line."actorId", line.via, line."impersonatorId",
        line."sessionId", line.reason, line.event, line."subjectId", line.before, line.after, chain.previous, chain.hash
      FROM chain JOIN line USING (place)
      RETURNING 1
    )`;
}

function actorColumns(actor: Actor) {
  const nobody = { actorId: null, via: actor.via, impersonatorId: null, sessionId: null, reason: null };
  switch (actor.kind) {
    case 'self':
      return {
        ...nobody,
        actorId: actor.userId,
        sessionId: actor.session?.id ?? null,
        reason: actor.session?.reason ?? null,
      };
    case 'impersonating': {
      const { userId: actorId, impersonatorId, sessionId, reason } = actor;
      return { ...nobody, actorId, impersonatorId, sessionId, reason };
    }
    case 'link':
      return { ...nobody, sessionId: actor.session?.id ?? null, reason: actor.session?.reason ?? null };
    case 'installation':
      return nobody;
    default:
      return actor satisfies never;
  }
}

const eventColumns = ({ event, subjectId, before, after }: AuditEvent) => ({
  event,
  subjectId: subjectId ?? null,
  before: before ?? null,
  after: after ?? null,
});
