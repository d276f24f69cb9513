import type { AccountKey } from '../chat/exchange.js';
import type { Db } from '../deps.js';
import { asId, type UserId } from '../ids.js';

/** Return the user to whom an account is linked; undefined: it is not linked yet. */
export async function findOwnerId(
  db: Db,
  { platform, externalWorkspaceId, accountId }: AccountKey,
): Promise<UserId | undefined> {
  const row = await db.account.findUnique({
    where: { platform_externalWorkspaceId_accountId: { platform, externalWorkspaceId, accountId } },
    select: { userId: true },
  });
  return row ? asId<UserId>(row.userId) : undefined;
}
