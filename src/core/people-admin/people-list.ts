import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { noticeChannels } from '../reports/unreachable-people.js';
import { countPeople, type FilterContext, findPage } from './people-list.store.js';
import type { PeopleFilter, PeoplePage, PeoplePageWish } from './people-list.types.js';

/**
 * A page of the company's people, by key: it costs the same wherever it begins. An anchor that is nobody's here gives the
 * empty page. To be shown to those who may `users.view`.
 */
export async function listPeople(
  deps: Deps,
  tenantId: TenantId,
  filter: PeopleFilter,
  wish: PeoplePageWish,
): Promise<PeoplePage> {
  const context = await filterContext(deps, tenantId, filter);
  const [{ people, more }, total] = await Promise.all([
    findPage(deps.db, filter, wish, context),
    countPeople(deps.db, filter, context),
  ]);
  const backwards = wish.before !== undefined && wish.after === undefined;
  return {
    people,
    total,
    hasEarlier: backwards ? more : wish.after !== undefined,
    hasLater: backwards ? true : more,
  };
}

/** What this filter is read with, at this moment. */
export const filterContext = async (
  deps: Deps,
  tenantId: TenantId,
  { condition }: PeopleFilter,
): Promise<FilterContext> => ({
  tenantId,
  now: deps.clock.now(),
  channels: condition === 'unreachable' ? await noticeChannels(deps, tenantId) : { platforms: [], mail: false },
});
