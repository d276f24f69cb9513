import type { Change } from '../change.js';
import type { Db, Transaction } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { heldBy } from '../tasks/lease.store.js';
import type { ClaimedNotice } from './notice.store.js';

/** A notice that waited for the end of its recipient's quiet hours. */
export interface HeldNotice {
  readonly id: string;
  readonly kind: string;
  readonly subjectId: string;
}

/** End the claim of a notice, which waits from now on. A lost claim changes nothing. */
export async function holdNotice(db: Db, notice: ClaimedNotice, until: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE "Notice" SET "heldUntil" = ${until}, "claimedAt" = NULL, attempts = 0, "dueAt" = ${until}
    WHERE ${heldBy(notice)}`;
}

/** Return the company of a person with notices whose wait is over; undefined: they have none. */
export async function findTenantOfHeld(db: Db, userId: string, now: Date): Promise<TenantId | undefined> {
  const found = await db.notice.findFirst({ where: { userId, heldUntil: { lte: now } }, select: { tenantId: true } });
  return found ? asId<TenantId>(found.tenantId) : undefined;
}

/** Lock a person's notices whose wait is over, in the order of their ids (`raiseExistingNotices`); return the oldest first. */
export async function lockHeld({ db, tenantId, now }: Change, userId: UserId): Promise<readonly HeldNotice[]> {
  const held = await db.$queryRaw<(HeldNotice & { readonly createdAt: Date })[]>`
    SELECT id, kind, "subjectId", "createdAt" FROM "Notice"
    WHERE "tenantId" = ${tenantId}::uuid AND "userId" = ${userId}::uuid AND "heldUntil" <= ${now}
    ORDER BY id FOR NO KEY UPDATE`;
  return held.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

/** These notices are to be posted now. */
export async function freeHeld({ db, now }: Change, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.$executeRaw`
    UPDATE "Notice" SET "heldUntil" = NULL, "dueAt" = ${now} WHERE id = ANY(${[...ids]}::uuid[])`;
}

/** These notices are not posted by themselves any more; `summaryId`: a summary announces them. */
export async function dropHeld({ db }: Change, ids: readonly string[], summaryId: string | null): Promise<void> {
  if (ids.length === 0) return;
  await db.$executeRaw`
    UPDATE "Notice" SET "heldUntil" = NULL, settled = version, "summaryId" = ${summaryId}::uuid
    WHERE id = ANY(${[...ids]}::uuid[])`;
}

/** Return up to `most` of the notices that a summary announces, oldest first, and how many there are. */
export async function findSummarized(
  db: Db | Transaction,
  summaryId: string,
  most: number,
): Promise<{ readonly total: number; readonly notices: readonly HeldNotice[] }> {
  const where = { summaryId };
  const [total, notices] = await Promise.all([
    db.notice.count({ where }),
    db.notice.findMany({
      where,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: most,
      select: { id: true, kind: true, subjectId: true },
    }),
  ]);
  return { total, notices };
}
