import { randomUUID } from 'node:crypto';
import type { Actor } from '../chat/actor.js';
import type { Transaction } from '../deps.js';
import type { TenantId } from '../ids.js';
import { type AuditContent, type AuditEvent, digestOf, genesisHash } from './audit.js';

/**
 * Appends lines to the tenant's chain, inside the caller's transaction. Locks the chain until it commits, so that
 * no two lines share a number: call it last.
 */
export async function appendLines(
  db: Transaction,
  actor: Actor,
  at: Date,
  events: readonly AuditEvent[],
): Promise<void> {
  const { tenantId } = actor;
  const lines = events.map((event, index) => {
    const content = { tenantId, at, ...whoOf(actor), ...whatOf(event) };
    return { id: randomUUID(), n: index + 1, digest: digestOf(content), ...content };
  });
  if (await link(db, tenantId, lines)) return;
  await db.$executeRaw`
    INSERT INTO "AuditHead" ("tenantId", seq, hash) VALUES (${tenantId}::uuid, 0, ${genesisHash}) ON CONFLICT DO NOTHING`;
  await link(db, tenantId, lines);
}

type NewLine = AuditContent & { readonly id: string; readonly n: number; readonly digest: string };

/**
 * Links the lines to the end of the chain. PostgreSQL computes the hashes (as `hashOf` has it), because everybody else
 * in the company waits while the end is locked: a second round trip would double that. The end is a row of its own
 * because a locked row is read anew, while a query that waits for a lock and then looks for the last line sees the
 * lines as they were before it waited. False: there is no end yet.
 */
async function link(db: Transaction, tenantId: TenantId, lines: readonly NewLine[]): Promise<boolean> {
  const linked = await db.$executeRaw`
    WITH RECURSIVE head AS (
      SELECT seq, hash FROM "AuditHead" WHERE "tenantId" = ${tenantId}::uuid FOR UPDATE
    ), line AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS line (
        id uuid, n int, digest text, "tenantId" uuid, at timestamptz, "actorId" uuid, via text, "impersonatorId" uuid,
        "sessionId" uuid, reason text, event text, "subjectId" uuid, before jsonb, after jsonb)
    ), chain AS (
      SELECT 0 AS n, seq, '' AS previous, hash FROM head
      UNION ALL
      SELECT line.n, chain.seq + 1, chain.hash,
        encode(sha256(convert_to(concat_ws(' ', chain.hash, chain.seq + 1, line.digest), 'UTF8')), 'hex')
      FROM chain JOIN line ON line.n = chain.n + 1
    ), moved AS (
      UPDATE "AuditHead" SET seq = last.seq, hash = last.hash
      FROM (SELECT seq, hash FROM chain ORDER BY n DESC LIMIT 1) AS last
      WHERE "tenantId" = ${tenantId}::uuid
    )
    INSERT INTO "AuditLine" (id, "tenantId", seq, at, "actorId", via, "impersonatorId", "sessionId", reason,
      event, "subjectId", before, after, "previousHash", hash)
    SELECT line.id, line."tenantId", chain.seq, line.at, line."actorId", line.via, line."impersonatorId",
      line."sessionId", line.reason, line.event, line."subjectId", line.before, line.after, chain.previous, chain.hash
    FROM chain JOIN line USING (n)`;
  return linked > 0;
}

const whoOf = (actor: Actor) => ({
  actorId: actor.kind === 'installation' ? null : actor.userId,
  via: actor.via,
  impersonatorId: actor.kind === 'impersonating' ? actor.impersonatorId : null,
  sessionId: actor.kind === 'impersonating' ? actor.sessionId : null,
  reason: actor.kind === 'impersonating' ? actor.reason : null,
});

const whatOf = ({ event, subjectId, before, after }: AuditEvent) => ({
  event,
  subjectId: subjectId ?? null,
  before: before ?? null,
  after: after ?? null,
});
