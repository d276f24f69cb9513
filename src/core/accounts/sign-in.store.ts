import type { Change } from '../change.js';
import type { Role } from '../chat/actor.js';
import type { Db } from '../deps.js';
import { asId, type SessionId, type TenantId, type UserId } from '../ids.js';
import { displayNameOf } from '../people/person.js';
import { displayName, enteringWhere, mayEnter } from '../people/sql.js';
import { ownSql } from '../settings/sql.js';
import type { Employee, Entry, InstallationUser, SignedIn } from './sign-in.types.js';

/** Create a link that signs this person in once; `playerLinkId`: requested on the page of that player link. */
export async function createLink(
  change: Change,
  userId: UserId,
  expiresAt: Date,
  playerLinkId: string | null = null,
): Promise<string> {
  const { tenantId } = change;
  const { id } = await change.db.signInLink.create({ data: { tenantId, userId, expiresAt, playerLinkId } });
  change.record({ event: 'session.link-made', subjectId: userId });
  return id;
}

/** Return whether a link for this person, requested on a player page, lives beyond `until`. Locks the person's row. */
export async function holdsRecentLink({ db, tenantId }: Change, userId: UserId, until: Date): Promise<boolean> {
  await db.$queryRaw`SELECT 1 FROM "User" WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
  const link = await db.signInLink.findFirst({
    where: { tenantId, userId, playerLinkId: { not: null }, expiresAt: { gt: until } },
    select: { id: true },
  });
  return link !== null;
}

/** Return a link that was requested on a player page, for its card. */
export async function findRequestedLink(
  db: Db,
  id: string,
): Promise<{ readonly playerLinkId: string; readonly expiresAt: Date; readonly usedAt: Date | null } | undefined> {
  const link = await db.signInLink.findUnique({ where: { id } });
  return link?.playerLinkId ? { ...link, playerLinkId: link.playerLinkId } : undefined;
}

/** Return whether this person may sign in, read again under a lock: access that is taken at the same moment counts. */
export async function lockEntry({ db }: Change, userId: UserId): Promise<Entry> {
  const [row] = await db.$queryRaw<{ enabled: boolean; mayEnter: boolean }[]>`
    SELECT t.enabled, ${mayEnter('u', 't')} AS "mayEnter"
    FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId" WHERE u.id = ${userId}::uuid FOR SHARE OF u`;
  return entryOf(row);
}

/** Return the person whom an unused link that is still valid would sign in. */
export async function findPersonOfLink(db: Db, linkId: string, now: Date): Promise<InstallationUser | undefined> {
  const link = await db.signInLink.findFirst({ where: { id: linkId, usedAt: null, expiresAt: { gt: now } } });
  return link ? findPerson(db, link.userId) : undefined;
}

/** Use up the link; false: it was used at the same moment, or is too old. */
export async function consumeLink(change: Change, linkId: string): Promise<boolean> {
  const { count } = await change.db.signInLink.updateMany({
    where: { id: linkId, usedAt: null, expiresAt: { gt: change.now } },
    data: { usedAt: change.now },
  });
  return count === 1;
}

/** Create a session in the browser; return its id. */
export async function createSession(change: Change, userId: UserId, expiresAt: Date): Promise<SessionId> {
  const { id } = await change.db.webSession.create({
    data: { tenantId: change.tenantId, userId, createdAt: change.now, expiresAt },
  });
  change.record({ event: 'session.signed-in', subjectId: userId, after: { session: id } });
  return asId<SessionId>(id);
}

/** Count the sessions of a person that began since an instant. */
export const countSessions = (
  db: Db,
  { tenantId, id: userId }: Pick<InstallationUser, 'tenantId' | 'id'>,
  since: Date,
): Promise<number> => db.webSession.count({ where: { tenantId, userId, createdAt: { gt: since } } });

/**
 * Ensure that the person has an account of the app itself, created at the first sign-in. Its address needs no
 * confirmation:
 * the sign-in was one.
 */
export async function ensureAccount(
  change: Change,
  userId: UserId,
  account: { platform: string; locale: string | undefined },
): Promise<void> {
  const { count } = await change.db.account.createMany({
    data: {
      tenantId: change.tenantId,
      userId,
      platform: account.platform,
      externalWorkspaceId: change.tenantId,
      accountId: userId,
      locale: account.locale ?? null,
      linkedBy: account.platform,
    },
    skipDuplicates: true,
  });
  if (count === 1) change.record({ event: 'account.linked', subjectId: userId, after: { platform: account.platform } });
}

/** Set the language in which the app addresses this person. Writes nothing if it is set already. */
export async function changeLocale(change: Change, platform: string, userId: UserId, locale: string): Promise<void> {
  const account = await change.db.account.findFirst({ where: { platform, userId, tenantId: change.tenantId } });
  if (!account || account.locale === locale) return;
  await change.db.account.update({ where: { id: account.id }, data: { locale } });
  change.record({
    event: 'account.locale-set',
    subjectId: userId,
    before: { locale: account.locale },
    after: { locale },
  });
}

/** Return the person who holds this session, while it lasts. */
export async function findSession(db: Db, id: string, now: Date): Promise<SignedIn | undefined> {
  const session = await db.webSession.findFirst({ where: { id, endedAt: null, expiresAt: { gt: now } } });
  return session
    ? { sessionId: asId(session.id), tenantId: asId(session.tenantId), userId: asId(session.userId) }
    : undefined;
}

/** End the session; writes nothing if it has ended already. */
export async function endSession(change: Change, id: SessionId, userId: UserId): Promise<void> {
  const { count } = await change.db.webSession.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: change.now },
  });
  if (count === 1) change.record({ event: 'session.signed-out', subjectId: userId, after: { session: id } });
}

interface PersonRow {
  id: string;
  tenantId: string;
  role: Role;
  displayName: string;
  language: string | null;
  enabled: boolean;
  mayEnter: boolean;
}

/**
 * Delete up to `most` sessions that ended before `before`; return how many. Bookkeeping: the audit log keeps sign-ins.
 */
export const forgetSessions = (db: Db, before: Date, most: number): Promise<number> => db.$executeRaw`
  DELETE FROM "WebSession" WHERE id IN (
    SELECT id FROM "WebSession" WHERE LEAST("expiresAt", "endedAt") < ${before} LIMIT ${most} FOR UPDATE SKIP LOCKED)`;

/** Delete up to `most` links that ended before `before`, used or not; return how many. */
export const forgetLinks = (db: Db, before: Date, most: number): Promise<number> => db.$executeRaw`
  DELETE FROM "SignInLink" WHERE id IN (
    SELECT id FROM "SignInLink" WHERE "expiresAt" < ${before} LIMIT ${most} FOR UPDATE SKIP LOCKED)`;

/** Return the user with this id; undefined: there is none. */
export async function findPerson(db: Db, id: string): Promise<InstallationUser | undefined> {
  const [row] = await db.$queryRaw<PersonRow[]>`
    SELECT u.id, u."tenantId", u.role, ${displayName('u')} AS "displayName", ${ownSql('language', 'u')} AS language,
      t.enabled, ${mayEnter('u', 't')} AS "mayEnter"
    FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId" WHERE u.id = ${id}::uuid`;
  return row
    ? {
        id: asId<UserId>(row.id),
        tenantId: asId<TenantId>(row.tenantId),
        role: row.role,
        displayName: row.displayName,
        language: row.language ?? undefined,
        entry: entryOf(row),
      }
    : undefined;
}

const entryOf = (row: { enabled: boolean; mayEnter: boolean } | undefined): Entry => {
  if (row?.mayEnter) return 'open';
  return row?.enabled === false ? 'company-off' : 'no-access';
};

/** Return people who may use the app, in every company of this installation, whose name contains every typed word. */
export async function findEmployees(db: Db, typed: string, most: number): Promise<readonly Employee[]> {
  const has = (word: string) => ({ contains: word, mode: 'insensitive' }) as const;
  const words = typed.split(/\s+/).filter(Boolean).slice(0, 6);
  const users = await db.user.findMany({
    where: {
      AND: [
        enteringWhere,
        ...words.map((word) => ({ OR: [{ firstName: has(word) }, { lastName: has(word) }, { username: has(word) }] })),
      ],
    },
    include: { tenant: { select: { name: true } } },
    orderBy: [{ tenant: { name: 'asc' } }, { directoryOrder: 'asc' }],
    take: most,
  });
  return users.map((user) => ({
    id: asId<UserId>(user.id),
    displayName: displayNameOf(user),
    title: user.title,
    company: user.tenant.name,
    admin: user.role === 'admin',
  }));
}
