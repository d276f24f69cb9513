import { hasInterrupted } from './chat/seen-request.store.js';
import type { Clock, Db } from './deps.js';
import { databaseNow, secondsFromNow } from './lease.store.js';
import { mayActAs } from './people/sql.js';
import type { Task } from './tasks.js';

interface WaitingRow {
  readonly name: Exclude<Task['name'], 'sweep' | 'recordings.sweep' | 'notice.rewrite'>;
  readonly id: string;
}

/** When what waits counts as forgotten: cards, since people wait for them, sooner than the rest. */
interface Patience {
  readonly cardSeconds: number;
  readonly seconds: number;
}

/**
 * Rows whose work should have been done, oldest first, at most 1,000 of each kind: the nudge was lost, or whoever took it
 * died. What is claimed now is left alone by its job. `listed`: platforms whose members can be read.
 */
export async function findOverdue(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  { cardSeconds, seconds }: Patience,
  listed: readonly string[],
): Promise<Task[]> {
  const now = databaseNow(clock);
  const cardsBefore = secondsFromNow(clock, -cardSeconds);
  const before = secondsFromNow(clock, -seconds);
  const rows = await db.$queryRaw<WaitingRow[]>`
    (SELECT 'notice.post' AS name, id FROM "Notice"
      -- Of what is claimed, that is when the claim runs out.
      WHERE settled < version AND "dueAt" < ${now} AND ("claimedAt" IS NOT NULL OR "dueAt" < ${cardsBefore})
      ORDER BY "dueAt" LIMIT 1000)
    UNION ALL
    (SELECT 'requests.finish', gen_random_uuid() WHERE ${hasInterrupted})
    UNION ALL
    (SELECT 'voicemail.fetch', id FROM "AwaitedMessage"
      WHERE status = 'waiting' AND "dueAt" <= ${now} ORDER BY "dueAt" LIMIT 1000)
    UNION ALL
    (SELECT DISTINCT 'notice.audio', "noticeId" FROM (
      SELECT "noticeId" FROM "Posting" WHERE "dueAt" < ${now} ORDER BY "dueAt" LIMIT 1000) AS owing)
    UNION ALL
    -- What was written by a clock that runs ahead waits no longer than the rest.
    (SELECT 'voicemail.forward', id FROM "Forward"
      WHERE status = 'waiting' AND ("createdAt" < ${before} OR "createdAt" > ${now}) ORDER BY "createdAt" LIMIT 1000)
    UNION ALL
    (SELECT 'voicemail.export', id FROM "Export"
      WHERE status = 'waiting' AND "dueAt" < ${before} ORDER BY "dueAt" LIMIT 1000)
    UNION ALL
    (SELECT 'voicemail.purge', id FROM "Voicemail"
      WHERE "purgedAt" IS NULL AND "purgeAt" < ${before} ORDER BY "purgeAt" LIMIT 1000)
    UNION ALL
    (SELECT 'impersonation.end', s.id FROM "ImpersonationSession" s
      JOIN "Tenant" t ON t.id = s."tenantId" JOIN "User" admin ON admin.id = s."impersonatorId"
      JOIN "User" person ON person.id = s."userId"
      WHERE s."endedAt" IS NULL AND (s."expiresAt" < ${before} OR NOT ${mayActAs('admin', 'person', 't')})
      ORDER BY s."expiresAt" LIMIT 1000)
    UNION ALL
    (SELECT 'members.refresh', w.id FROM "Workspace" w LEFT JOIN "MemberList" l ON l.id = w.id
      WHERE w.platform = ANY(${listed}) AND (l.id IS NULL OR l."dueAt" < ${before}) LIMIT 1000)
    UNION ALL
    (SELECT 'members.look', id FROM "Member"
      WHERE "dueAt" < ${before} AND platform = ANY(${listed}) ORDER BY "dueAt" LIMIT 1000)
    UNION ALL
    (SELECT 'members.bring-in', id FROM "BringIn"
      WHERE status = 'waiting' AND "dueAt" < ${before} ORDER BY "dueAt" LIMIT 1000)`;
  return rows.map(({ name, id }) => taskFor(name, id));
}

function taskFor(name: WaitingRow['name'], id: string): Task {
  switch (name) {
    case 'notice.post':
      return { name, payload: { noticeId: id } };
    case 'voicemail.fetch':
      return { name, payload: { awaitedId: id } };
    case 'notice.audio':
      return { name, payload: { noticeId: id } };
    case 'requests.finish':
      return { name, payload: {} };
    case 'voicemail.forward':
      return { name, payload: { forwardId: id } };
    case 'voicemail.export':
      return { name, payload: { exportId: id } };
    case 'voicemail.purge':
      return { name, payload: { voicemailId: id } };
    case 'impersonation.end':
      return { name, payload: { sessionId: id } };
    case 'members.refresh':
      return { name, payload: { listId: id } };
    case 'members.look':
      return { name, payload: { memberId: id } };
    case 'members.bring-in':
      return { name, payload: { bringInId: id } };
    default:
      return name satisfies never;
  }
}
