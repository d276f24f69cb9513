import { hasPermission } from '../chat/actor.js';
import type { Requester } from '../chat/requester.js';
import type { Card } from '../chat/view.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { namesOf } from '../people/index.js';
import { auditCard, type TellableLine } from './audit.views.js';
import { findNewestAbout, type KeptLine, peopleNamedIn } from './audit-lines.store.js';

/** As many lines as one answer shows. */
export const mostLines = 15;

/** The newest lines about somebody. Refuses (UserError, 403) what is on record about others to those who may not read it. */
export async function auditCardOf(deps: Deps, requester: Requester, userId: UserId): Promise<Card> {
  const { reader, tenant, user, actor } = requester;
  if (userId !== user.id && !hasPermission(actor, 'audit.view'))
    throw new UserError((words) => words.audit.notOthers, 403);
  const name = (await namesOf(deps.db, tenant.id, [userId])).get(userId) ?? '';
  const lines = await findNewestAbout(deps.db, tenant.id, userId, mostLines);
  return auditCard(reader, name, await tellable(deps, tenant.id, lines));
}

async function tellable(
  { db }: Deps,
  tenantId: TenantId,
  lines: readonly KeptLine[],
): Promise<readonly TellableLine[]> {
  const names = await namesOf(db, tenantId, peopleNamedIn(lines));
  const nameOf = (id: string | null) => (id === null ? undefined : (names.get(asId<UserId>(id)) ?? id));
  return lines.map(({ at, event, via, actorId, impersonatorId, reason }) => ({
    at,
    event,
    via,
    who: nameOf(actorId),
    impersonator: nameOf(impersonatorId),
    reason: reason ?? undefined,
  }));
}
