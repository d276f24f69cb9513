import { randomUUID } from 'node:crypto';
import { Prisma } from '../../generated/prisma/client.js';
import type { Actor } from '../chat/actor.js';
import type { Transaction } from '../deps.js';
import { type AuditEvent, genesisHash, hashOf } from './audit.js';

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
  const [last] = await db.$queryRaw<{ seq: number | null; hash: string | null }[]>`
    SELECT line.seq, line.hash
    FROM (SELECT pg_advisory_xact_lock(hashtextextended('audit:' || ${tenantId}, 0))) AS locked
    LEFT JOIN LATERAL (
      SELECT seq, hash FROM "AuditLine" WHERE "tenantId" = ${tenantId}::uuid ORDER BY seq DESC LIMIT 1
    ) AS line ON true`;

  let seq = last?.seq ?? 0;
  let previousHash = last?.hash ?? genesisHash;
  const lines = events.map((event) => {
    seq += 1;
    const content = { tenantId, seq, at, ...whoOf(actor), ...whatOf(event), previousHash };
    previousHash = hashOf(content);
    return {
      id: randomUUID(),
      ...content,
      before: json(content.before),
      after: json(content.after),
      hash: previousHash,
    };
  });
  await db.auditLine.createMany({ data: lines });
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

const json = (facts: unknown) => (facts === null ? Prisma.DbNull : (facts as Prisma.InputJsonValue));
