import { randomUUID } from 'node:crypto';
import { change } from '../change.js';
import { installationActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { asId, type NoticeId, type UserId } from '../ids.js';
import { definitionOf, type NoticeDefinitions } from './define-notice.js';
import { dropHeld, findTenantOfHeld, freeHeld, type HeldNotice, lockHeld } from './held-notices.store.js';
import { raiseNoticeFor } from './notice.js';
import { postNotice } from './post-notice.js';

export { findSummarized } from './held-notices.store.js';

/** More than these come as one summary. */
const mostCardsAfterQuiet = 3;

/**
 * Post what waited for the end of a person's quiet hours, in the order in which it came: a card each, or one summary of
 * more than `mostCardsAfterQuiet`; nothing of what was dealt with meanwhile. Called by the task `notices.release`.
 * Idempotent; no-op before the wait is over.
 */
export async function releaseHeldNotices(deps: Deps, definitions: NoticeDefinitions, id: string): Promise<void> {
  const tenantId = await findTenantOfHeld(deps.db, id, deps.clock.now());
  if (!tenantId) return;
  const userId = asId<UserId>(id);
  const cards = await change(deps, installationActor(tenantId, 'job'), async (change) => {
    const held = await lockHeld(change, userId);
    const news = await findNews(deps, definitions, held);
    await dropHeld(
      change,
      held.flatMap(({ id }) => (news.has(id) ? [] : id)),
      null,
    );
    const ids = [...news];
    if (ids.length <= mostCardsAfterQuiet) {
      await freeHeld(change, ids);
      return ids;
    }
    const summaryId = randomUUID();
    await dropHeld(change, ids, summaryId);
    await raiseNoticeFor(change, { kind: 'notices.waited', subjectId: summaryId, userId });
    return [];
  });
  for (const card of cards) {
    await postNotice(deps, definitions, asId<NoticeId>(card)).catch((error) =>
      // The sweep finds the row.
      deps.log.warn({ error, noticeId: card }, 'notice post after quiet hours failed'),
    );
  }
}

/** Return the ids of those that still tell something, in the order given. */
async function findNews(
  deps: Deps,
  definitions: NoticeDefinitions,
  held: readonly HeldNotice[],
): Promise<ReadonlySet<string>> {
  const news = new Set<string>();
  for (const kind of new Set(held.map(({ kind }) => kind))) {
    const ofKind = held.filter((notice) => notice.kind === kind);
    const waits = definitionOf(definitions, kind)?.waits;
    const subjects = await waits?.findNews(
      deps,
      ofKind.map(({ subjectId }) => subjectId),
    );
    for (const { id, subjectId } of ofKind) if (!subjects || subjects.has(subjectId)) news.add(id);
  }
  return new Set(held.flatMap(({ id }) => (news.has(id) ? id : [])));
}
