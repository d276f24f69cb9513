import { randomUUID } from 'node:crypto';
import { type Change, change } from '../change.js';
import type { PersonActor } from '../chat/actor.js';
import type { Asker } from '../chat/asker.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { as, type SessionId, type TenantId, type UserId } from '../ids.js';
import { tell } from '../notices/notice.js';
import {
  findSession,
  hasRunningSession,
  insertSession,
  lockImpersonator,
  markEnded,
  type Session,
  tenantTells,
  whoIs,
} from './impersonation.store.js';

const sessionMinutes = 30;

/**
 * An admin begins to act as somebody else: for a reason, for 30 minutes at most, one at a time. Refuses (UserError)
 * oneself, another admin, and a start within a running session (PRODUCT.md §6).
 */
export async function startImpersonation(
  deps: Deps,
  asker: Asker,
  wanted: { readonly userId: string; readonly reason: string },
): Promise<Session> {
  if (asker.actor.kind === 'impersonating') throw nested(asker.user.displayName);
  const startedAt = deps.clock.now();
  const session: Session = {
    id: as<SessionId>(randomUUID()),
    tenantId: asker.tenant.id,
    impersonatorId: asker.user.id,
    userId: as<UserId>(wanted.userId),
    reason: wanted.reason.trim(),
    startedAt,
    expiresAt: new Date(startedAt.getTime() + sessionMinutes * 60_000),
    endedAt: null,
  };
  await change(deps, actorOf(session, asker.actor), async (change) => {
    await refuseUnfit(change, session);
    await insertSession(change, session);
    change.nudge({ name: 'impersonation.end', payload: { sessionId: session.id }, delaySeconds: sessionMinutes * 60 });
    if (await tenantTells(change)) await tell(change, noticeOf('impersonation.started', session));
  });
  return session;
}

/** Stops the session that the asker is in. False: there is none any more. */
export async function stopImpersonation(deps: Deps, asker: Asker): Promise<boolean> {
  if (asker.actor.kind !== 'impersonating') return false;
  const session = await findSession(deps.db, asker.actor.tenantId, asker.actor.sessionId);
  return session !== undefined && end(deps, session, asker.actor, 'stopped');
}

/** Ends a session whose time is up; called by the task `impersonation.end`. Twice is once, too early is nothing. */
export async function endExpiredImpersonation(deps: Deps, sessionId: string): Promise<void> {
  const session = await findSession(deps.db, undefined, as<SessionId>(sessionId));
  if (!session || session.endedAt !== null || session.expiresAt > deps.clock.now()) return;
  await end(deps, session, { via: 'job' }, 'expired');
}

function end(deps: Deps, session: Session, by: By, how: 'stopped' | 'expired'): Promise<boolean> {
  return change(deps, actorOf(session, by), async (change) => {
    const endedAt = how === 'expired' ? session.expiresAt : change.now;
    if (!(await markEnded(change, session, endedAt, how))) return false;
    if (await tenantTells(change)) await tell(change, noticeOf('impersonation.ended', session));
    change.touch(session.impersonatorId);
    return true;
  });
}

async function refuseUnfit(change: Change, session: Session): Promise<void> {
  await lockImpersonator(change, session.impersonatorId);
  if (session.userId === session.impersonatorId) throw new UserError((words) => words.impersonation.notYourself);
  const user = await whoIs(change, session.userId);
  if (!user) throw new UserError((words) => words.chat.noSuchPerson, 404);
  if (user.role === 'admin') throw new UserError((words) => words.impersonation.notAnAdmin(user.displayName));
  const running = await hasRunningSession(change, session.impersonatorId);
  if (running !== undefined) throw nested(running);
}

const nested = (name: string) => new UserError((words) => words.impersonation.nested(name), 409);

/** By which door it came, and with which request. */
type By = Pick<PersonActor, 'via' | 'request'>;

/** Both names stand on the line of the start and the end as on all between. */
const actorOf = (session: Session, { via, request }: By): PersonActor => ({
  kind: 'impersonating',
  tenantId: session.tenantId,
  userId: session.userId,
  role: 'member',
  impersonatorId: session.impersonatorId,
  sessionId: session.id,
  reason: session.reason,
  via,
  ...(request ? { request } : {}),
});

const noticeOf = (kind: 'impersonation.started' | 'impersonation.ended', session: Session) => ({
  kind,
  subjectId: session.id,
  userId: session.userId,
});

/** A session by its id, for the card of its notice. */
export const sessionOf = (deps: Deps, tenantId: TenantId | undefined, id: string): Promise<Session | undefined> =>
  findSession(deps.db, tenantId, as<SessionId>(id));
