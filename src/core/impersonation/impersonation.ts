import { randomUUID } from 'node:crypto';
import { type AccessEnd, type Change, change } from '../change.js';
import { hasPermission, type PersonActor } from '../chat/actor.js';
import type { Requester } from '../chat/requester.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { asId, isUuid, type SessionId, type TenantId, type UserId } from '../ids.js';
import { raiseNoticeFor, updateNoticeFor } from '../notices/notice.js';
import {
  findImpersonatedName,
  findNameAndRole,
  findRevocationReason,
  findRevoked,
  findSession,
  insertSession,
  isNoticeEnabled,
  lockAndCheckStart,
  markEnded,
  type Session,
  type SessionEnding,
} from './impersonation.store.js';

const sessionMinutes = 30;

/**
 * Start to act as another user: with a reason, for at most 30 minutes, one session at a time. Throws UserError for the
 * admin themselves, for another admin, and within a running session (PRODUCT.md §6).
 */
export async function startImpersonation(
  deps: Deps,
  requester: Requester,
  wanted: { readonly userId: string; readonly reason: string },
): Promise<Session> {
  if (requester.actor.kind === 'impersonating') throw nestedError(requester.user.displayName);
  const startedAt = deps.clock.now();
  const session: Session = {
    id: asId<SessionId>(randomUUID()),
    tenantId: requester.tenant.id,
    impersonatorId: requester.user.id,
    userId: asId<UserId>(wanted.userId),
    reason: wanted.reason.trim(),
    startedAt,
    expiresAt: new Date(startedAt.getTime() + sessionMinutes * 60_000),
    endedAt: null,
    endedHow: null,
    endedById: null,
  };
  await change(deps, actorOf(session, requester.actor), async (change) => {
    await refuseUnfit(change, session);
    await insertSession(change, session);
    change.enqueue({
      name: 'impersonation.end',
      payload: { sessionId: session.id },
      delaySeconds: sessionMinutes * 60,
    });
    if (await isNoticeEnabled(change)) await raiseNoticeFor(change, noticeOf('impersonation.started', session));
  });
  return session;
}

/** Stop the requester's session. False: it has ended already. */
export async function stopImpersonation(deps: Deps, requester: Requester): Promise<boolean> {
  if (requester.actor.kind !== 'impersonating') return false;
  const session = await findSession(deps.db, requester.actor.tenantId, requester.actor.sessionId);
  return session !== undefined && endSession(deps, session, requester.actor, 'stopped');
}

/**
 * End a session in the name of the person as whom an admin acts, or of another admin. Idempotent: a session that has
 * ended stays as it is. Returns the session as it is now. Throws UserError for a session that is not the requester’s to
 * end, as for one that does not exist.
 */
export async function endImpersonation(
  deps: Deps,
  requester: Requester,
  by: 'person' | 'admin',
  id: string | undefined,
): Promise<Session> {
  const { actor, tenant, user } = requester;
  const session = isUuid(id ?? '') ? await findSession(deps.db, tenant.id, asId<SessionId>(id ?? '')) : undefined;
  const isTheirs = by === 'person' ? session?.userId === user.id : hasPermission(actor, 'impersonate');
  if (!session || !isTheirs) throw new UserError((words) => words.impersonation.noSuchSession, 404);
  if (session.endedAt !== null) return session;
  const end = endingBy(deps, requester, session, by);
  const ends = actor.kind === 'self' ? { ...actor, session: { id: session.id, reason: session.reason } } : actor;
  await change(deps, ends, (change) => endInside(change, session, end.how, end.endedById));
  return (await findSession(deps.db, tenant.id, session.id)) ?? session;
}

/** The admin who acts as the person ends their own session by any button as by Stop. */
function endingBy(
  { clock }: Deps,
  { actor, user }: Requester,
  { id, impersonatorId, expiresAt }: Session,
  by: 'person' | 'admin',
): { readonly how: SessionEnding; readonly endedById: UserId | null } {
  if (expiresAt <= clock.now()) return { how: 'expired', endedById: null };
  const isOwn = actor.kind === 'impersonating' ? actor.sessionId === id : impersonatorId === user.id;
  if (isOwn) return { how: 'stopped', endedById: null };
  return { how: `ended-by-${by}`, endedById: user.id };
}

/**
 * End a session that has expired or is no longer allowed; called by the task `impersonation.end`. Idempotent. No-op
 * before.
 */
export async function endDueImpersonation(deps: Deps, sessionId: string): Promise<void> {
  const session = await findSession(deps.db, undefined, asId<SessionId>(sessionId));
  if (!session || session.endedAt !== null) return;
  const isOver = session.expiresAt <= deps.clock.now();
  const how = isOver ? 'expired' : await findRevocationReason(deps.db, session.id);
  if (how) await endSession(deps, session, { via: 'job' }, how);
}

/** End impersonations by or of these people that are no longer allowed, and tell both people. */
export const endRevokedImpersonations: AccessEnd = async (change, { userId }) => {
  for (const { session, lapse } of await findRevoked(change, userId)) await endInside(change, session, lapse);
  // Each has an audit line of its own.
  return {};
};

const endSession = (deps: Deps, session: Session, by: ActorOrigin, how: SessionEnding): Promise<boolean> =>
  change(deps, actorOf(session, by), (change) => endInside(change, session, how));

/** False: it had ended before. */
async function endInside(
  change: Change,
  session: Session,
  how: SessionEnding,
  endedById: UserId | null = null,
): Promise<boolean> {
  const endedAt = how === 'expired' ? session.expiresAt : change.now;
  if (!(await markEnded(change, session, { endedAt, how, endedById }))) return false;
  // Its button has nothing to end any more.
  await updateNoticeFor(change, noticeOf('impersonation.started', session));
  if (await isNoticeEnabled(change)) await raiseNoticeFor(change, noticeOf('impersonation.ended', session));
  // The admin did not end it, so the admin is told too.
  if (how !== 'stopped' && how !== 'expired')
    await raiseNoticeFor(change, { ...noticeOf('impersonation.ended', session), userId: session.impersonatorId });
  change.touch(session.impersonatorId);
  return true;
}

async function refuseUnfit(change: Change, session: Session): Promise<void> {
  const lapse = await lockAndCheckStart(change, session);
  if (session.userId === session.impersonatorId) throw new UserError((words) => words.impersonation.notYourself);
  const user = await findNameAndRole(change, session.userId);
  if (!user) throw new UserError((words) => words.chat.noSuchPerson, 404);
  if (user.role === 'admin') throw new UserError((words) => words.impersonation.notAnAdmin(user.displayName));
  if (lapse === 'person-lost-access')
    throw new UserError((words) => words.impersonation.personWithoutAccess(user.displayName));
  if (lapse !== undefined) throw new UserError((words) => words.chat.notAllowed, 403);
  const running = await findImpersonatedName(change, session.impersonatorId);
  if (running !== undefined) throw nestedError(running);
}

const nestedError = (name: string) => new UserError((words) => words.impersonation.nested(name), 409);

/** The entrance and the request. */
type ActorOrigin = Pick<PersonActor, 'via' | 'request'>;

/** The lines of the start and the end have both names, as all lines between. */
const actorOf = (session: Session, { via, request }: ActorOrigin): PersonActor => ({
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

/** Return a session by its id, for the card of its notice. */
export const sessionOf = (deps: Deps, tenantId: TenantId | undefined, id: string): Promise<Session | undefined> =>
  findSession(deps.db, tenantId, asId<SessionId>(id));
