import type { AccountKey } from '../../chat/exchange.js';
import type { Clock, Db } from '../../deps.js';
import type { TenantId } from '../../ids.js';
import { databaseNow, heldUntil, secondsFromNow } from '../../tasks/lease.store.js';
import type { MemberFacts } from './member-facts.js';

/** Is this what the mirror has? Most events about people tell nothing that concerns us. */
export async function isMirrored(db: Db, account: AccountKey, facts: MemberFacts): Promise<boolean> {
  const { platform, externalWorkspaceId, accountId } = account;
  const row = await db.member.findUnique({
    where: { platform_externalWorkspaceId_accountId: { platform, externalWorkspaceId, accountId } },
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
  if (!row) throw new Error('a member was neither noted nor found');
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
export async function claimMember(db: Db, clock: Clock, id: string): Promise<DueMember | undefined> {
  const [row] = await db.$queryRaw<DueMember[]>`
    UPDATE "Member" SET "dueAt" = ${heldUntil(clock, 'Member')}
    WHERE id = ${id}::uuid AND "dueAt" <= ${databaseNow(clock)}
    RETURNING id, "tenantId", platform, "externalWorkspaceId", "accountId", "dueAt"`;
  return row;
}

/** They have been looked at, and are again in so many seconds, if at all; what was noted meanwhile stays to be done. */
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
