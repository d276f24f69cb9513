import { change } from '../change.js';
import { installationActor } from '../chat/actor.js';
import type { NoticeShown, PostedCard } from '../chat/exchange.js';
import type { MessageRef } from '../chat/messenger.js';
import type { Requester } from '../chat/requester.js';
import type { Card } from '../chat/view.js';
import type { Deps } from '../deps.js';
import { asId, isUuid, type NoticeId, type TenantId, type UserId } from '../ids.js';
import { definitionOf, type NoticeDefinitions } from './define-notice.js';
import { updateNoticeFor } from './notice.js';
import type { NoticeKind } from './notice-kind.js';
import { findNotice, findPosted } from './post-at-once.store.js';
import { postNotice } from './post-notice.js';

/** How long a click waits for the post; the task delivers a late one. */
const mostMilliseconds = 2_000;

/** What the message shows after the click. */
export interface ShownAtOnce {
  /** At least as new as the notice's last post; undefined: there is nothing to show any more. */
  readonly card: Card | undefined;
  readonly posted: PostedCard;
}

/**
 * Post the newest state of a notice whose message was clicked, as the message's only writer, instead of leaving it to
 * the queue. Undefined: the message (`on`) is not this notice's. A failed post is left to the notice's task.
 */
export async function postAtOnce(
  deps: Deps,
  definitions: NoticeDefinitions,
  requester: Requester,
  shows: NoticeShown,
  on: MessageRef,
): Promise<ShownAtOnce | undefined> {
  if (!isUuid(shows.subjectId)) return undefined;
  const found = await findPosted(deps.db, { ...shows, platform: requester.account.platform, on });
  if (!found) return undefined;

  const { noticeId } = found;
  // The click changed nothing, so nothing has raised the version; but the person may have clicked because the message
  // shows an older state.
  if (found.isNewest && found.at < requester.reader.now) await raise(deps, requester.tenant.id, shows);
  const posting = postNotice(deps, definitions, asId<NoticeId>(noticeId)).catch((error) =>
    deps.log.warn({ error, noticeId }, 'immediate notice post failed'),
  );
  await withTimeout(posting);

  const notice = await findNotice(deps.db, noticeId);
  const card = notice && (await definitionOf(definitions, notice.kind)?.card(deps, asNotice(notice), requester.reader));
  return { card, posted: { noticeId, version: notice?.version ?? found.version } };
}

/**
 * Post a notice again if it has changed since `version`; called by the task `notice.rewrite`. A platform's client may
 * have replaced the newer card with the card of `version`, which was the answer to a click.
 */
export async function rewriteNotice(
  deps: Deps,
  definitions: NoticeDefinitions,
  { noticeId, version }: PostedCard,
): Promise<void> {
  const notice = await findNotice(deps.db, noticeId);
  if (!notice || notice.version <= version) return;
  await raise(deps, asId<TenantId>(notice.tenantId), { ...notice, userId: asId<UserId>(notice.userId) });
  await postNotice(deps, definitions, asId<NoticeId>(noticeId));
}

const raise = (deps: Deps, tenantId: TenantId, { kind, subjectId, userId }: NoticeShown): Promise<void> =>
  change(deps, installationActor(tenantId, 'chat'), (change) =>
    updateNoticeFor(change, { kind: kind as NoticeKind, subjectId, userId }),
  );

const asNotice = ({ subjectId, userId }: { subjectId: string; userId: string }) => ({
  subjectId,
  userId: asId<UserId>(userId),
});

async function withTimeout(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, mostMilliseconds);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
