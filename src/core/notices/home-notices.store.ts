import type { Db } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';

interface Wanted {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  /** Only these kinds. */
  readonly kinds: readonly string[];
  readonly since: Date;
  readonly now: Date;
  readonly most: number;
}

/** Return the newest notices to a person that do not wait for the end of their quiet hours, newest first. */
export const findNewestNotices = (
  db: Db,
  { tenantId, userId, kinds, since, now, most }: Wanted,
): Promise<readonly { readonly kind: string; readonly subjectId: string }[]> =>
  db.notice.findMany({
    where: {
      tenantId,
      userId,
      kind: { in: [...kinds] },
      createdAt: { gt: since },
      OR: [{ heldUntil: null }, { heldUntil: { lte: now } }],
    },
    select: { kind: true, subjectId: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: most,
  });
