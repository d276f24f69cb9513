import type { Requester } from '../chat/requester.js';
import type { Card } from '../chat/view.js';
import type { Deps } from '../deps.js';
import { definitionOf, type NoticeDefinitions } from './define-notice.js';
import { findNewestNotices } from './home-notices.store.js';

/** The home shows so many notices, each for so long: it has no chat in which they could stand. */
const mostShown = 5;
const shownDays = 3;

/** Return the cards of the requester’s newest notices for the home in the browser, newest first, as they stand now. */
export async function homeNotices(
  deps: Deps,
  definitions: NoticeDefinitions,
  { user, tenant, reader }: Requester,
): Promise<readonly Card[]> {
  const now = deps.clock.now();
  const found = await findNewestNotices(deps.db, {
    tenantId: tenant.id,
    userId: user.id,
    kinds: Object.values(definitions).flatMap(({ kind, notAtHome }) => (notAtHome ? [] : [kind])),
    since: new Date(now.getTime() - shownDays * 24 * 3_600_000),
    now,
    most: mostShown,
  });
  const cards = found.map(({ kind, subjectId }) =>
    definitionOf(definitions, kind)?.card(deps, { subjectId, userId: user.id }, reader),
  );
  return (await Promise.all(cards)).filter((card) => card !== undefined);
}
