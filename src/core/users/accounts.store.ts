import { Prisma } from '../../generated/prisma/client.js';
import type { AccountKey } from '../chat/exchange.js';
import type { Db } from '../deps.js';
import { as, type UserId } from '../ids.js';

/** Whose account this is. */
export async function findOwner(db: Db, { platform, workspaceId, accountId }: AccountKey): Promise<UserId | undefined> {
  const row = await db.account.findUnique({
    where: { platform_workspaceId_accountId: { platform, workspaceId, accountId } },
    select: { userId: true },
  });
  return row ? as<UserId>(row.userId) : undefined;
}

/** Bookkeeping, not a change of anything the person owns: where the platform can reach the account. */
export async function storeConversation(db: Db, account: AccountKey, conversation: unknown): Promise<void> {
  const { platform, workspaceId, accountId } = account;
  await db.account.updateMany({
    where: { platform, workspaceId, accountId },
    data: { conversation: conversation === undefined ? Prisma.DbNull : (conversation as Prisma.InputJsonValue) },
  });
}
