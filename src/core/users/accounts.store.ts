import type { Prisma } from '../../generated/prisma/client.js';
import type { AccountKey } from '../chat/exchange.js';
import type { Deps } from '../deps.js';

/** Bookkeeping, no change of anything a person owns: where the platform reaches an account that is linked already. */
export async function storeConversation({ db }: Deps, account: AccountKey, conversation: object): Promise<void> {
  const { platform, workspaceId, accountId } = account;
  await db.account.updateMany({
    where: { platform, workspaceId, accountId },
    data: { conversation: conversation as Prisma.InputJsonValue },
  });
}
