import { randomUUID } from 'node:crypto';
import type { Actor } from '../chat/actor.js';
import type { Transaction } from '../deps.js';
import type { TenantId } from '../ids.js';
import { type AuditEvent, type AuditLineContent, genesisHash, hashOf } from './audit.js';

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
  let { seq, hash } = await lockHead(db, tenantId);
  const lines = events.map((event) => {
    seq += 1;
    const content = { tenantId, seq, at, ...whoOf(actor), ...whatOf(event), previousHash: hash };
    hash = hashOf(content);
    return { id: randomUUID(), ...content, hash };
  });
  await insertAndMoveHead(db, lines);
}

/**
 * The end of the chain, locked. It is a row of its own because PostgreSQL reads a locked row anew, while a query that
 * waits for a lock and then looks for the last line sees the lines as they were before it waited.
 */
async function lockHead(db: Transaction, tenantId: TenantId): Promise<Head> {
  const locked = () => db.$queryRaw<Head[]>`
    SELECT seq, hash FROM "AuditHead" WHERE "tenantId" = ${tenantId}::uuid FOR UPDATE`;
  const [head] = await locked();
  if (head) return head;
  await db.$executeRaw`
    INSERT INTO "AuditHead" ("tenantId", seq, hash) VALUES (${tenantId}::uuid, 0, ${genesisHash}) ON CONFLICT DO NOTHING`;
  const [first] = await locked();
  return first ?? { seq: 0, hash: genesisHash };
}

interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** One round trip, because the chain is locked while it lasts. */
async function insertAndMoveHead(db: Transaction, lines: readonly Line[]): Promise<void> {
  const last = lines.at(-1);
  if (!last) return;
  await db.$executeRaw`
    WITH moved AS (
      UPDATE "AuditHead" SET seq = ${last.seq}, hash = ${last.hash} WHERE "tenantId" = ${last.tenantId}::uuid
    )
    INSERT INTO "AuditLine" (id, "tenantId", seq, at, "actorId", via, "impersonatorId", "sessionId", reason,
      event, "subjectId", before, after, "previousHash", hash)
    SELECT id, "tenantId", seq, at, "actorId", via, "impersonatorId", "sessionId", reason,
      event, "subjectId", before, after, "previousHash", hash
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS line (
      id uuid, "tenantId" uuid, seq int, at timestamptz, "actorId" uuid, via text, "impersonatorId" uuid,
      "sessionId" uuid, reason text, event text, "subjectId" uuid, before jsonb, after jsonb,
      "previousHash" text, hash text)`;
}

type Line = AuditLineContent & { readonly id: string; readonly hash: string };

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
