import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { countUnreached, findPlatforms, findUnreachedAfter, type NoticeChannels } from './unreachable-people.store.js';

export { isUnreachable, type NoticeChannels } from './unreachable-people.store.js';

/** A person whom no notice can reach, and why. */
export interface UnreachablePerson {
  readonly username: string;
  readonly displayName: string;
  readonly why: 'no-account' | 'platforms-off' | 'refused';
  /** The platforms that are off, or the platform's refusal. */
  readonly detail: string;
  /** Why mail does not reach them either: there is no mail server, their notices do not go by mail, or both. */
  readonly mail: 'off' | 'unwanted' | 'off and unwanted';
}

/**
 * People with access whom neither chat nor mail reaches, by username, after one of them: no linked account, only accounts
 * on platforms that are not enabled here, or platforms that refused the last card.
 */
export async function unreachableAfter(
  deps: Deps,
  tenantId: TenantId,
  page: { readonly after: string; readonly most: number },
): Promise<readonly UnreachablePerson[]> {
  const people = await findUnreachedAfter(deps.db, tenantId, await noticeChannels(deps, tenantId), page);
  return people.map(({ username, displayName, wantsMail, accounts }): UnreachablePerson => {
    const on = accounts.filter(({ platform }) => deps.messengers.forPlatform(platform));
    const mail = deps.mail ? 'unwanted' : wantsMail ? 'off' : 'off and unwanted';
    const who = { username, displayName, mail } as const;
    const refused = on.map(({ platform, refused }) => `${platform}: ${refused}`);
    if (refused.length > 0) return { ...who, why: 'refused', detail: refused.join(', ') };
    const off = [...new Set(accounts.map(({ platform }) => platform))];
    return { ...who, why: off.length > 0 ? 'platforms-off' : 'no-account', detail: off.join(', ') };
  });
}

/** All of them, for a terminal. */
export async function findUnreachable(deps: Deps, tenantId: TenantId): Promise<readonly UnreachablePerson[]> {
  const all: UnreachablePerson[] = [];
  for (;;) {
    const page = await unreachableAfter(deps, tenantId, { after: all.at(-1)?.username ?? '', most: 500 });
    all.push(...page);
    if (page.length < 500) return all;
  }
}

/** How many there are. */
export const countUnreachable = async (deps: Deps, tenantId: TenantId): Promise<number> =>
  countUnreached(deps.db, tenantId, await noticeChannels(deps, tenantId));

/** What of this installation can bring a notice to people of this company, for `isUnreachable`. */
export async function noticeChannels({ db, messengers, mail }: Deps, tenantId: TenantId): Promise<NoticeChannels> {
  const platforms = await findPlatforms(db, tenantId);
  return { platforms: platforms.filter((platform) => messengers.forPlatform(platform)), mail: mail !== undefined };
}
