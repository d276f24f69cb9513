import { countActs } from '../audit/index.js';
import { actingPersonId, hasPermission } from '../chat/actor.js';
import type { Requester } from '../chat/requester.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { asId, isUuid, type SessionId, type TenantId, type UserId } from '../ids.js';
import { namesOf } from '../people/index.js';
import { isUsableInstant } from '../time/usable-instant.js';
import { findSession, type Session } from './impersonation.store.js';
import { findPast, findRunning, type SessionPosition, type SessionsOf } from './session-list.store.js';

/** A session with names, and the number of acts in it. */
export interface ShownSession {
  readonly id: SessionId;
  readonly admin: string;
  readonly person: string;
  readonly personId: UserId;
  readonly reason: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  /** Undefined: it runs. */
  readonly endedAt: Date | undefined;
  readonly endedHow: string | null;
  readonly endedBy: string;
  readonly acts: number;
}

/** A page of sessions: every running one, and some that are over, newest first. */
export interface SessionsPage {
  readonly running: readonly ShownSession[];
  readonly past: readonly ShownSession[];
  /** Leads to the sessions before these; undefined: there are none. */
  readonly before: string | undefined;
  readonly isLater: boolean;
}

/**
 * Return a page of the company’s impersonations, or of those of the requester’s own name. Throws UserError (403) for
 * the company’s if the requester may not read the record.
 */
export async function listSessions(
  deps: Deps,
  { actor, tenant, user }: Requester,
  {
    of,
    before,
    size,
  }: { readonly of: 'company' | 'mine'; readonly before?: string | undefined; readonly size: number },
): Promise<SessionsPage> {
  if (of === 'company' && !hasPermission(actor, 'audit.view'))
    throw new UserError((words) => words.chat.notAllowed, 403);
  const whose: SessionsOf = of === 'company' ? 'company' : user.id;
  const now = deps.clock.now();
  const after = before === undefined ? undefined : positionIn(before);
  const [running, found] = await Promise.all([
    findRunning(deps.db, tenant.id, whose, now),
    findPast(deps.db, tenant.id, whose, { now, after, most: size + 1 }),
  ]);
  const past = found.slice(0, size);
  const last = past.at(-1);
  const shown = await shownSessions(deps, tenant.id, [...running, ...past]);
  return {
    running: shown.slice(0, running.length),
    past: shown.slice(running.length),
    before: found.length > size && last ? `${last.startedAt.toISOString()}~${last.id}` : undefined,
    isLater: after !== undefined,
  };
}

/**
 * Return the running sessions in which admins act as the requester, if the company tells its people of them. The admin
 * who acts as this person needs no card that says so.
 */
export async function sessionsToTell(deps: Deps, { actor, tenant, user }: Requester): Promise<readonly ShownSession[]> {
  if (!tenant.impersonationNotice || actor.kind === 'impersonating') return [];
  const running = await findRunning(deps.db, tenant.id, user.id, deps.clock.now());
  return running.length === 0 ? [] : shownSessions(deps, tenant.id, running);
}

/**
 * Return one session; undefined: there is none with this id, or it is not for the requester: those who may not read the
 * record read the sessions of their own name.
 */
export async function readSession(
  deps: Deps,
  { actor, tenant, user }: Requester,
  id: string,
): Promise<ShownSession | undefined> {
  const session = isUuid(id) ? await findSession(deps.db, tenant.id, asId<SessionId>(id)) : undefined;
  const isTheirs = session?.userId === user.id || session?.impersonatorId === user.id;
  if (!session || !(isTheirs || hasPermission(actor, 'audit.view'))) return undefined;
  return (await shownSessions(deps, tenant.id, [session]))[0];
}

/** Return the name of the person as whom the requester acted in a session of theirs; undefined: it was not theirs. */
export async function impersonatedIn(
  { db }: Deps,
  { actor, tenant }: Requester,
  id: string,
): Promise<string | undefined> {
  const session = isUuid(id) ? await findSession(db, tenant.id, asId<SessionId>(id)) : undefined;
  if (!session || session.impersonatorId !== actingPersonId(actor)) return undefined;
  return (await namesOf(db, tenant.id, [session.userId])).get(session.userId);
}

async function shownSessions(
  { db, clock }: Deps,
  tenantId: TenantId,
  sessions: readonly Session[],
): Promise<readonly ShownSession[]> {
  const ids = sessions.map(({ id }) => id);
  const people = sessions.flatMap(({ impersonatorId, userId, endedById }) => [
    impersonatorId,
    userId,
    endedById ?? undefined,
  ]);
  const [acts, names] = await Promise.all([countActs(db, tenantId, ids), namesOf(db, tenantId, people)]);
  return sessions.map(({ id, impersonatorId, userId, endedById, reason, startedAt, expiresAt, ...end }) => {
    // Its task may not have ended it yet.
    const isExpired = end.endedAt === null && expiresAt <= clock.now();
    return {
      ...{ id, reason, startedAt, expiresAt },
      admin: names.get(impersonatorId) ?? '',
      person: names.get(userId) ?? '',
      personId: userId,
      endedAt: isExpired ? expiresAt : (end.endedAt ?? undefined),
      endedHow: isExpired ? 'expired' : end.endedHow,
      endedBy: (endedById && names.get(endedById)) ?? '',
      acts: acts.get(id) ?? 0,
    };
  });
}

function positionIn(before: string): SessionPosition | undefined {
  const [time = '', id = ''] = before.slice(0, 80).split('~');
  const startedAt = new Date(time);
  const isPlace = isUuid(id) && !Number.isNaN(startedAt.getTime()) && isUsableInstant(startedAt);
  return isPlace ? { startedAt, id: asId<SessionId>(id) } : undefined;
}
