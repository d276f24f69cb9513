import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { AccountKey, Sender } from '../chat/exchange.js';
import type { Db, Transaction } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import type { LinkedBy, LinkStatus } from './link-status.types.js';

type Reads = Db | Transaction;

/** Return the company to which a workspace belongs; undefined: none yet. */
export async function findWorkspaceTenant(
  db: Reads,
  platform: string,
  externalId: string,
): Promise<TenantId | undefined> {
  const row = await db.workspace.findUnique({ where: { platform_externalId: { platform, externalId } } });
  return row ? asId<TenantId>(row.tenantId) : undefined;
}

/** Return the name of a company. Throws if the company is gone. */
export async function findTenantName(db: Reads, tenantId: TenantId): Promise<string> {
  return (await db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { name: true } })).name;
}

/** Add a workspace to the company, and enqueue reading its members. Idempotent. */
export async function insertWorkspace(
  { db, tenantId, record, enqueue }: Change,
  platform: string,
  externalId: string,
): Promise<boolean> {
  const [row] = await db.workspace.createManyAndReturn({
    data: { tenantId, platform, externalId },
    skipDuplicates: true,
  });
  if (!row) return false;
  record({ event: 'workspace.adopted', after: { platform, workspace: externalId } });
  enqueue({ name: 'members.refresh', payload: { listId: row.id } });
  return true;
}

/** Remove a workspace from the company, with its links to people and the requests for them, and its member list. */
export async function deleteWorkspace(
  { db, tenantId, record }: Change,
  platform: string,
  externalWorkspaceId: string,
): Promise<void> {
  const { count } = await db.workspace.deleteMany({ where: { tenantId, platform, externalId: externalWorkspaceId } });
  const accounts = await db.account.deleteMany({ where: { tenantId, platform, externalWorkspaceId } });
  await db.linkRequest.deleteMany({ where: { tenantId, platform, externalWorkspaceId } });
  if (count > 0)
    record({
      event: 'workspace.removed',
      before: { platform, workspace: externalWorkspaceId, accounts: accounts.count },
    });
}

/** Link accounts that are not linked yet; returns those it linked. */
export async function insertAccounts(
  { db, tenantId, now, record }: Change,
  accounts: readonly (AccountKey & {
    readonly userId: UserId;
    readonly locale: string | null;
    readonly timeZone: string | null;
  })[],
): Promise<readonly (AccountKey & { readonly userId: UserId })[]> {
  const rows = await db.account.createManyAndReturn({
    data: accounts.map(({ userId, locale, timeZone, ...account }) => ({
      ...keyOf(account),
      tenantId,
      userId,
      locale,
      timeZone,
      linkedBy: 'email',
      createdAt: now,
    })),
    skipDuplicates: true,
  });
  for (const { userId, platform, externalWorkspaceId: workspace, accountId: account } of rows)
    record({ event: 'account.linked', subjectId: userId, after: { platform, workspace, account, by: 'email' } });
  return rows.map((row) => ({ ...keyOf(row), userId: asId<UserId>(row.userId) }));
}

/** Return those of these accounts about which an admin is still asked. */
export async function findAccountsAskedAbout<Account extends AccountKey>(
  { db, tenantId }: Change,
  accounts: readonly Account[],
): Promise<readonly Account[]> {
  if (accounts.length === 0) return [];
  const rows = await db.linkRequest.findMany({
    where: { tenantId, status: 'waiting', accountId: { in: accounts.map(({ accountId }) => accountId) } },
  });
  return accounts.filter((account) =>
    rows.some(
      (row) =>
        row.platform === account.platform &&
        row.externalWorkspaceId === account.externalWorkspaceId &&
        row.accountId === account.accountId,
    ),
  );
}

/** Link an account, or move it to another user. Writes nothing if it is linked so already. */
export async function saveAccount(
  { db, tenantId, now, record }: Change,
  account: Sender,
  userId: UserId,
  linkedBy: LinkedBy,
): Promise<void> {
  const key = keyOf(account);
  const before = await db.account.findUnique({ where: { platform_externalWorkspaceId_accountId: key } });
  if (before?.userId === userId) return;

  const { locale, timeZone, conversation } = account;
  const facts = {
    tenantId,
    userId,
    linkedBy,
    ...(locale === undefined ? {} : { locale }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(conversation === undefined ? {} : { conversation: json(conversation) }),
  };
  await db.account.upsert({
    where: { platform_externalWorkspaceId_accountId: key },
    create: { ...key, ...facts, createdAt: now },
    update: facts,
  });
  record({
    event: 'account.linked',
    subjectId: userId,
    ...(before ? { before: { user: before.userId } } : {}),
    after: { platform: key.platform, workspace: key.externalWorkspaceId, account: key.accountId, by: linkedBy },
  });
}

/** An account that waits for an admin to say to whom it belongs. */
export interface LinkRequest extends AccountKey {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly displayName: string;
  readonly email: string | undefined;
  readonly status: LinkStatus;
  readonly userId: UserId | undefined;
}

/** Return the link request with this id; undefined: there is none. */
export async function findLinkRequest(db: Reads, id: string): Promise<LinkRequest | undefined> {
  const row = await db.linkRequest.findUnique({ where: { id } });
  return row ? requestOf(row) : undefined;
}

/** Return the link request of this account; undefined: there is none. */
export async function findLinkRequestOf(db: Reads, account: AccountKey): Promise<LinkRequest | undefined> {
  const row = await db.linkRequest.findUnique({ where: { platform_externalWorkspaceId_accountId: keyOf(account) } });
  return row ? requestOf(row) : undefined;
}

/** Add a link request. Undefined: another one for this account was added at the same moment. */
export async function insertLinkRequest(
  { db, tenantId, now, record }: Change,
  account: AccountKey,
  shows: { readonly displayName: string; readonly email: string | undefined },
): Promise<LinkRequest | undefined> {
  const [row] = await db.linkRequest.createManyAndReturn({
    data: { tenantId, ...keyOf(account), displayName: shows.displayName, email: shows.email ?? null, createdAt: now },
    skipDuplicates: true,
  });
  if (!row) return undefined;
  record({ event: 'account.link-asked', subjectId: row.id, after: { ...keyOf(account), email: row.email } });
  return requestOf(row);
}

/** Decide a link request. False: it was decided before. */
export async function decideLinkRequest(
  { db, now }: Change,
  id: string,
  decision: { readonly status: 'confirmed' | 'refused'; readonly userId?: UserId },
): Promise<boolean> {
  const { count } = await db.linkRequest.updateMany({
    where: { id, status: 'waiting' },
    data: { ...decision, decidedAt: now },
  });
  return count > 0;
}

/** Store a platform's facts about an account: bookkeeping, so it leaves no audit line. */
export async function updateAccountFacts(db: Db, from: Sender): Promise<void> {
  const { platform, externalWorkspaceId, accountId, locale = null, timeZone = null, conversation } = from;
  const whereabouts = JSON.stringify(conversation ?? {});
  await db.$executeRaw`
    UPDATE "Account" SET
      locale = COALESCE(${locale}, locale),
      "timeZone" = COALESCE(${timeZone}, "timeZone"),
      conversation = COALESCE(conversation, '{}'::jsonb) || ${whereabouts}::jsonb
    WHERE platform = ${platform} AND "externalWorkspaceId" = ${externalWorkspaceId} AND "accountId" = ${accountId}`;
}

const keyOf = ({ platform, externalWorkspaceId, accountId }: AccountKey) => ({
  platform,
  externalWorkspaceId,
  accountId,
});

const json = (value: unknown) => (value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue));

const requestOf = (row: Prisma.LinkRequestGetPayload<true>): LinkRequest => ({
  id: row.id,
  tenantId: asId<TenantId>(row.tenantId),
  ...keyOf(row),
  displayName: row.displayName,
  email: row.email ?? undefined,
  status: row.status as LinkRequest['status'],
  userId: row.userId === null ? undefined : asId<UserId>(row.userId),
});
