import { randomUUID } from 'node:crypto';
import type { Change } from '../change.js';
import type { NoticeKind } from './notice.js';

/** The notice's id; a new one has version 1, one that exists a version more. One round trip. */
export async function raiseNotice(
  { db, tenantId, now }: Change,
  notice: { kind: NoticeKind; subjectId: string; userId: string },
): Promise<string> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO "Notice" (id, "tenantId", "userId", kind, "subjectId", "dueAt", "createdAt")
    VALUES (${randomUUID()}::uuid, ${tenantId}::uuid, ${notice.userId}::uuid, ${notice.kind},
      ${notice.subjectId}::uuid, ${now}, ${now})
    ON CONFLICT (kind, "subjectId", "userId")
    DO UPDATE SET version = "Notice".version + 1, attempts = 0, "dueAt" = ${now}
    RETURNING id`;
  if (!row) throw new Error('a notice was neither made nor raised');
  return row.id;
}
