import type { Change } from '../change.js';
import { as, type UserId } from '../ids.js';
import type { BringInWish, Wanted } from './bring-in.store.js';

/** Of these addresses, in lower case, the ones that are somebody's. */
export async function findTakenEmails(
  { db, tenantId }: Change,
  emails: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ email: string }[]>`
    SELECT lower(email) AS email FROM "User"
    WHERE "tenantId" = ${tenantId}::uuid AND lower(email) = ANY(${[...emails]})`;
  return new Set(rows.map(({ email }) => email));
}

/** Of these usernames, in lower case, the ones that are somebody's. */
export async function findTakenUsernames(
  { db, tenantId }: Change,
  usernames: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ username: string }[]>`
    SELECT lower(username) AS username FROM "User"
    WHERE "tenantId" = ${tenantId}::uuid AND lower(username) = ANY(${[...usernames]})`;
  return new Set(rows.map(({ username }) => username));
}

/** What a company says for itself. */
export async function findDefaults({ db, tenantId }: Change): Promise<{ language: string; timeZone: string }> {
  return db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { language: true, timeZone: true } });
}

/** A user as they are made of a member; null: as the company has it. */
export interface NewUser extends Pick<Wanted, 'email' | 'firstName' | 'lastName' | 'title' | 'timeZone'> {
  readonly username: string;
  readonly language: 'en' | 'fr' | null;
}

/** Makes users, each on the record; whose address or username somebody took at this moment is left out. */
export async function insertUsers(
  { db, tenantId, now, record, touch }: Change,
  newUsers: readonly NewUser[],
  { access, inDirectory }: Pick<BringInWish, 'access' | 'inDirectory'>,
): Promise<number> {
  const rows = await db.user.createManyAndReturn({
    data: newUsers.map((user) => ({ ...user, tenantId, access, inDirectory, createdAt: now })),
    skipDuplicates: true,
  });
  for (const { id, username, email, firstName, lastName, title, language, timeZone } of rows) {
    record({
      event: 'user.created',
      subjectId: id,
      after: {
        ...{ username, email, firstName, lastName, access, inDirectory },
        ...(title === '' ? {} : { title }),
        ...(language === null ? {} : { language }),
        ...(timeZone === null ? {} : { timeZone }),
      },
    });
    touch(as<UserId>(id));
  }
  return rows.length;
}
