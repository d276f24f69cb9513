import type { AccountKey } from '../chat/exchange.js';
import { abandonedBefore } from '../claim.js';
import type { Db } from '../deps.js';
import { as, type TenantId } from '../ids.js';
import type { MemberFacts } from './facts.js';

/** Is this what the mirror has? Most events about people tell nothing that concerns us. */
export async function isMirrored(db: Db, account: AccountKey, facts: MemberFacts): Promise<boolean> {
  const { platform, workspaceId, accountId } = account;
  const row = await db.member.findUnique({
    where: { platform_workspaceId_accountId: { platform, workspaceId, accountId } },
  });
  if (row === null) return facts.status !== 'present';
  const { status, displayName, firstName, lastName, title, email } = row;
  const kept = { status, displayName, firstName, lastName, title, email };
  // An event may come without the address: that it was taken away shows with the next list.
  const told = { ...facts, email: facts.email ?? email };
  return Object.entries(kept).every(([name, value]) => told[name as keyof typeof kept] === value);
}

/** Notes that somebody is to be looked at; the row's id. */
export async function noteMember(
  db: Db,
  tenantId: TenantId,
  { platform, workspaceId, accountId }: AccountKey,
  now: Date,
): Promise<string> {
  const row = await db.member.upsert({
    where: { platform_workspaceId_accountId: { platform, workspaceId, accountId } },
    create: { tenantId, platform, workspaceId, accountId, since: now, seenAt: now, dueAt: now },
    update: { dueAt: now },
    select: { id: true },
  });
  return row.id;
}

/** Somebody to be looked at, by us. */
export interface DueMember extends AccountKey {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly dueAt: Date;
}

/**
 * Somebody who is due, put off for as long as a claim holds: it is by its new `dueAt` that nobody else takes them and
 * that the sweep finds them if we die.
 */
export async function claimMember(db: Db, id: string, now: Date): Promise<DueMember | undefined> {
  const until = new Date(now.getTime() + (now.getTime() - abandonedBefore(now).getTime()));
  const [row] = await db.member.updateManyAndReturn({
    where: { id, dueAt: { lte: now } },
    data: { dueAt: until },
  });
  return row && { ...row, tenantId: as<TenantId>(row.tenantId), dueAt: until };
}

/** They have been looked at; what was noted meanwhile stays to be done. */
export async function settleMember(db: Db, member: DueMember, dueAt: Date | null): Promise<void> {
  await db.member.updateMany({ where: { id: member.id, dueAt: member.dueAt }, data: { dueAt } });
}
