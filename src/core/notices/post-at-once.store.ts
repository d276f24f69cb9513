import type { MessageRef } from '../chat/messenger.js';
import type { Db } from '../deps.js';

/** The recipient and the subject of a notice, and the message that may hold it. */
interface PostedWhere {
  readonly kind: string;
  readonly subjectId: string;
  readonly userId: string;
  readonly platform: string;
  readonly on: MessageRef;
}

/** The notice that holds a message, and what the message shows. */
export interface PostedNotice {
  readonly noticeId: string;
  readonly version: number;
  /** When the message was last updated. */
  readonly at: Date;
  /** It shows the newest version. */
  readonly isNewest: boolean;
}

/** Return the notice that holds this message; undefined: the message is no notice, such as the answer to a command. */
export async function findPosted(db: Db, where: PostedWhere): Promise<PostedNotice | undefined> {
  const [found] = await db.$queryRaw<PostedNotice[]>`
    SELECT n.id AS "noticeId", n.version, p.at, p.shows >= n.version AS "isNewest"
    FROM "Notice" n JOIN "Posting" p ON p."noticeId" = n.id
    WHERE n.kind = ${where.kind} AND n."subjectId" = ${where.subjectId}::uuid AND n."userId" = ${where.userId}::uuid
      AND p.platform = ${where.platform} AND p.ref @> ${JSON.stringify(where.on)}::jsonb`;
  return found;
}

/** Return the notice as its card's source; the version is read before the rows of the feature are. */
export async function findNotice(
  db: Db,
  noticeId: string,
): Promise<{ version: number; tenantId: string; kind: string; subjectId: string; userId: string } | undefined> {
  const found = await db.notice.findUnique({
    where: { id: noticeId },
    select: { version: true, tenantId: true, kind: true, subjectId: true, userId: true },
  });
  return found ?? undefined;
}
