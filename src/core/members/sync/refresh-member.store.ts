import type { AccountKey } from '../../chat/exchange.js';
import type { Clock, Db } from '../../deps.js';
import type { TenantId } from '../../ids.js';
import { databaseNow, leaseEnd, secondsFromNow } from '../../tasks/lease.store.js';
import type { MemberFacts } from './member-facts.js';

/** Return whether the mirror has these facts already. Most events about people report nothing relevant. */
export async function isMirrored(db: Db, account: AccountKey, facts: MemberFacts): Promise<boolean> {
  const { platform, externalWorkspaceId, accountId } = account;
  const row = await db.member.findUnique({
    where: { platform_externalWorkspaceId_accountId: { platform, externalWorkspaceId, accountId } },
  });
  if (row === null) return facts.status !== 'present';
  const { status, displayName, firstName, lastName, title, email } = row;
  const kept = { status, displayName, firstName, lastName, title, email };
  // An event may come without the address: its removal shows with the next list.
  const told = { ...facts, email: facts.email ?? email };
  return Object.entries(kept).every(([name, value]) => told[name as keyof typeof kept] === value);
}

/** Mark a member as due to be read; return the row's id. */
export async function noteMember(
  db: Db,
  tenantId: TenantId,
  { platform, externalWorkspaceId, accountId }: AccountKey,
  clock: Clock,
): Promise<string> {
  const now = clock.now();
  const [row] = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO "Member" (id, "tenantId", platform, "externalWorkspaceId", "accountId", since, "seenAt", "dueAt")
    VALUES (gen_random_uuid(), ${tenantId}::uuid, ${platform}, ${externalWorkspaceId}, ${accountId}, ${now}, ${now},
      ${databaseNow(clock)})
    ON CONFLICT (platform, "externalWorkspaceId", "accountId") DO UPDATE SET "dueAt" = EXCLUDED."dueAt"
    RETURNING id`;
  if (!row) throw new Error('member upsert returned no row');
  return row.id;
}

/** A claimed member that is due to be read. */
export interface DueMember extends AccountKey {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly dueAt: Date;
}

/**
 * Claim a due member by postponing `dueAt` for the length of a lease: no other worker takes it, and the sweep finds it
 * if the process ends.
 */
export async function claimMember(db: Db, clock: Clock, id: string): Promise<DueMember | undefined> {
  const [row] = await db.$queryRaw<DueMember[]>`
    UPDATE "Member" SET "dueAt" = ${leaseEnd(clock, 'Member')}
    WHERE id = ${id}::uuid AND "dueAt" <= ${databaseNow(clock)}
    RETURNING id, "tenantId", platform, "externalWorkspaceId", "accountId", "dueAt"`;
  return row;
}

/** Finish the member, or make it due again after `dueInSeconds`; an event that came meanwhile stays due. */
export async function settleMember(
  db: Db,
  clock: Clock,
  member: DueMember,
  dueInSeconds: number | undefined,
): Promise<void> {
  const dueAt = dueInSeconds === undefined ? null : secondsFromNow(clock, dueInSeconds);
  await db.$executeRaw`
    UPDATE "Member" SET "dueAt" = ${dueAt} WHERE id = ${member.id}::uuid AND "dueAt" = ${member.dueAt}`;
}
