import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import { asId, type TenantId } from '../ids.js';

/** Insert a new code, and delete those that expired more than a day ago. */
export async function insertCode(
  { db, tenantId, now, record }: Change,
  code: { readonly hash: string; readonly expiresAt: Date },
): Promise<void> {
  await db.workspaceCode.deleteMany({ where: { expiresAt: { lt: new Date(now.getTime() - 86_400_000) } } });
  await db.workspaceCode.create({ data: { tenantId, ...code, createdAt: now } });
  record({ event: 'workspace.code-made' });
}

/** Return the company of the code with this hash, used or not. */
export async function findCode(
  db: Db,
  hash: string,
): Promise<{ readonly id: string; readonly tenantId: TenantId } | undefined> {
  const row = await db.workspaceCode.findUnique({ where: { hash }, select: { id: true, tenantId: true } });
  return row ? { id: row.id, tenantId: asId<TenantId>(row.tenantId) } : undefined;
}

/** Use up a code. False: it was used before, or has expired. */
export async function takeCode({ db, now }: Change, id: string): Promise<boolean> {
  const { count } = await db.workspaceCode.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  return count > 0;
}
