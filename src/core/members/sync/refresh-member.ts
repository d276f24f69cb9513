import { findWorkspaceTenant } from '../../accounts/linking.js';
import { change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { AccountKey } from '../../chat/exchange.js';
import type { Deps } from '../../deps.js';
import { type ListedMember, ListRefused } from '../ports.js';
import { findReports, retellReports } from '../report/joined-and-left-report.js';
import { linkMembers } from './link-members.js';
import { memberFacts } from './member-facts.js';
import { claimMember, isMirrored, noteMember, settleMember } from './refresh-member.store.js';
import { refreshAccounts, saveMembers, savePlace } from './refresh-workspace-members.store.js';

/** A burst of events about one person is one reading. */
const settleSeconds = 2;
const againSeconds = 120;

/**
 * Handle a platform's event that a person came or changed. Its facts are only compared: if they are new, the task
 * `members.look` asks the platform itself. Most such events (a status like “at lunch”) change nothing.
 */
export async function requestMemberRefresh(deps: Deps, account: AccountKey, said: ListedMember): Promise<void> {
  if (!deps.memberLists.forPlatform(account.platform)?.readMember) return;
  const tenantId = await findWorkspaceTenant(deps.db, account.platform, account.externalWorkspaceId);
  if (tenantId === undefined || (await isMirrored(deps.db, account, memberFacts(said)))) return;
  const memberId = await noteMember(deps.db, tenantId, account, deps.clock);
  await deps.tasks
    .add([{ name: 'members.look', payload: { memberId }, delaySeconds: settleSeconds }], { once: true })
    .catch((error) => deps.log.warn({ error }, 'enqueue failed'));
}

/**
 * Ask the platform about one person and save the answer in the mirror; called by the task `members.look`. Idempotent. A
 * member with a known address is linked; admins are told with the next reading, all at once.
 */
export async function refreshMember(deps: Deps, memberId: string): Promise<void> {
  const now = deps.clock.now();
  const member = await claimMember(deps.db, deps.clock, memberId);
  const one = member && deps.memberLists.forPlatform(member.platform)?.readMember;
  if (!member || !one) return;
  try {
    const listed = await one(member);
    const outdated = listed?.is === 'left' ? [] : await findReports(deps.db, member, [member.accountId]);
    if (listed) await saveMembers(deps.db, member, [memberFacts(listed)], now);
    await refreshAccounts(deps.db, member, member.accountId);
    const actor = installationActor(member.tenantId, 'job');
    await linkMembers(deps, actor, { kind: 'account', account: member });
    if (listed && outdated.length > 0) await change(deps, actor, (change) => retellReports(change, outdated));
    await settleMember(deps.db, deps.clock, member, undefined);
  } catch (error) {
    await settleMember(deps.db, deps.clock, member, error instanceof ListRefused ? undefined : againSeconds);
    deps.log.warn({ error, memberId }, 'member refresh failed');
  }
}

/** Save where the app is among several people, for a platform that cannot list everybody. */
export async function rememberPlace(
  deps: Deps,
  place: {
    readonly platform: string;
    readonly externalWorkspaceId: string;
    readonly placeId: string;
    readonly conversation: unknown;
  },
): Promise<void> {
  const tenantId = await findWorkspaceTenant(deps.db, place.platform, place.externalWorkspaceId);
  if (tenantId !== undefined) await savePlace(deps.db, { ...place, tenantId }, deps.clock.now());
}
