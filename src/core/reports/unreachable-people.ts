import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { findNoticeWays, findPlatforms, type NoticeChannels } from './unreachable-people.store.js';

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
 * Return people with access whom neither chat nor mail reaches: no linked account, only accounts on platforms that are
 * not enabled here, or platforms that refused the last card.
 */
export async function findUnreachable(deps: Deps, tenantId: TenantId): Promise<readonly UnreachablePerson[]> {
  const people = await findNoticeWays(deps.db, tenantId);
  return people.flatMap(({ username, displayName, wantsMail, accounts }): readonly UnreachablePerson[] => {
    if (wantsMail && deps.mail) return [];
    const on = accounts.filter(({ platform }) => deps.messengers.forPlatform(platform));
    if (on.some(({ refused }) => refused === undefined)) return [];

    const mail = deps.mail ? 'unwanted' : wantsMail ? 'off' : 'off and unwanted';
    const who = { username, displayName, mail } as const;
    const refused = on.map(({ platform, refused }) => `${platform}: ${refused}`);
    if (refused.length > 0) return [{ ...who, why: 'refused', detail: refused.join(', ') }];
    const off = [...new Set(accounts.map(({ platform }) => platform))];
    return [{ ...who, why: off.length > 0 ? 'platforms-off' : 'no-account', detail: off.join(', ') }];
  });
}

/** What of this installation can bring a notice to people of this company, for `isUnreachable`. */
export async function noticeChannels({ db, messengers, mail }: Deps, tenantId: TenantId): Promise<NoticeChannels> {
  const platforms = await findPlatforms(db, tenantId);
  return { platforms: platforms.filter((platform) => messengers.forPlatform(platform)), mail: mail !== undefined };
}
