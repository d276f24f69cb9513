import { randomUUID } from 'node:crypto';
import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import { abandonedBefore } from '../claim.js';
import type { Db, Transaction } from '../deps.js';
import { as, type TenantId, type UserId } from '../ids.js';
import { newcomer } from './report.store.js';

/** Whom an admin means: everybody new, one of them, or those with these addresses, or addresses at these domains. */
export type Whom =
  | { readonly kind: 'all' }
  | { readonly kind: 'one'; readonly memberId: string }
  | { readonly kind: 'named'; readonly addresses: readonly string[]; readonly domains: readonly string[] };

export interface BringInWish {
  readonly userId: UserId;
  readonly via: string;
  readonly access: 'attendant_only' | 'none';
  readonly inDirectory: boolean;
}

/** A bringing-in with everybody it means; how many they are. */
export async function insertBringIn(
  { db, tenantId, now }: Change,
  wish: BringInWish,
  whom: Whom,
): Promise<{ readonly id: string; readonly count: number }> {
  const id = randomUUID();
  await db.bringIn.create({ data: { id, tenantId, ...wish, createdAt: now } });
  const count = await db.$executeRaw`
    UPDATE "Member" m SET "bringInId" = ${id}::uuid, problem = NULL
    WHERE m."tenantId" = ${tenantId}::uuid AND m."bringInId" IS NULL AND ${newcomer} AND ${meant(whom)}`;
  return { id, count };
}

function meant(whom: Whom): Prisma.Sql {
  switch (whom.kind) {
    case 'all':
      return Prisma.sql`true`;
    case 'one':
      return Prisma.sql`m.id = ${whom.memberId}::uuid`;
    case 'named':
      return Prisma.sql`(lower(m.email) = ANY(${[...whom.addresses]})
        OR split_part(lower(m.email), '@', 2) = ANY(${[...whom.domains]}))`;
    default:
      return whom satisfies never;
  }
}

/** Of these addresses and domains, the ones by which somebody new is meant. */
export async function findMeant(
  db: Db,
  tenantId: TenantId,
  { addresses, domains }: Whom & { kind: 'named' },
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ address: string; domain: string }[]>`
    SELECT DISTINCT lower(m.email) AS address, split_part(lower(m.email), '@', 2) AS domain FROM "Member" m
    WHERE m."tenantId" = ${tenantId}::uuid AND m."bringInId" IS NULL AND ${newcomer}
      AND ${meant({ kind: 'named', addresses, domains })}`;
  return new Set(rows.flatMap(({ address, domain }) => [address, domain]));
}

/** A bringing-in that is ours for a while. */
export interface ClaimedBringIn extends BringInWish {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly claimedAt: Date;
}

export async function claimBringIn(db: Db, id: string, now: Date): Promise<ClaimedBringIn | undefined> {
  const [row] = await db.bringIn.updateManyAndReturn({
    where: { id, status: 'waiting', OR: [{ claimedAt: null }, { claimedAt: { lt: abandonedBefore(now) } }] },
    data: { claimedAt: now, attempts: { increment: 1 } },
  });
  if (!row) return undefined;
  const { tenantId, userId, via, inDirectory } = row;
  const access = row.access as BringInWish['access'];
  return { id, tenantId: as<TenantId>(tenantId), userId: as<UserId>(userId), via, access, inDirectory, claimedAt: now };
}

/** Holds the claim for longer, or ends it. False: it was lost meanwhile. */
export async function keepClaim(
  db: Db | Transaction,
  claimed: ClaimedBringIn,
  next: { readonly claimedAt: Date | null; readonly doneAt?: Date },
): Promise<boolean> {
  const { claimedAt, doneAt } = next;
  const { count } = await db.bringIn.updateMany({
    where: { id: claimed.id, status: 'waiting', claimedAt: claimed.claimedAt },
    data: { claimedAt, ...(doneAt ? { status: 'done', doneAt } : {}) },
  });
  return count > 0;
}

/** Somebody of whom a user is to be made. */
export interface Wanted {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly locale: string | null;
  readonly timeZone: string | null;
  /** In which admins were told of them. */
  readonly reportId: string | null;
}

/** The next few; whoever is gone meanwhile, or has no address any more, is let go. */
export async function findWanted(db: Db, bringInId: string, most: number): Promise<readonly Wanted[]> {
  await db.member.updateMany({
    where: { bringInId, OR: [{ status: { not: 'present' } }, { email: null }] },
    data: { bringInId: null },
  });
  const rows = await db.member.findMany({ where: { bringInId }, orderBy: { id: 'asc' }, take: most });
  return rows.map(({ id, email, firstName, lastName, title, locale, timeZone, reportId }) => ({
    id,
    email: email ?? '',
    firstName,
    lastName,
    title,
    locale,
    timeZone,
    reportId,
  }));
}

/** What a company says for itself, and which of these addresses and usernames are somebody's, in lower case. */
export async function findTaken(
  { db, tenantId }: Change,
  emails: readonly string[],
  usernames: readonly string[],
): Promise<{ readonly emails: ReadonlySet<string>; readonly usernames: ReadonlySet<string> }> {
  const rows = await db.$queryRaw<{ email: string; username: string }[]>`
    SELECT lower(email) AS email, lower(username) AS username FROM "User"
    WHERE "tenantId" = ${tenantId}::uuid AND (lower(email) = ANY(${[...emails]})
      OR lower(username) = ANY(${[...usernames]}) OR lower(username) ~ ANY(${usernames.map(numbered)}))`;
  return { emails: new Set(rows.map(({ email }) => email)), usernames: new Set(rows.map(({ username }) => username)) };
}

/** `bo`, `bo2`, `bo17`. */
const numbered = (username: string): string => `^${username.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}[0-9]+$`;

export async function findDefaults({ db, tenantId }: Change): Promise<{ language: string; timeZone: string }> {
  return db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { language: true, timeZone: true } });
}

/** A user as they are made of a member; null: as the company has it. */
export interface Newcomer extends Omit<Wanted, 'id' | 'locale' | 'reportId'> {
  readonly username: string;
  readonly language: 'en' | 'fr' | null;
}

/** Makes users, each on the record; whose address or username somebody took at this moment is left out. */
export async function insertUsers(
  { db, tenantId, now, record, touch }: Change,
  newcomers: readonly Newcomer[],
  { access, inDirectory }: BringInWish,
): Promise<number> {
  const rows = await db.user.createManyAndReturn({
    data: newcomers.map((newcomer) => ({ ...newcomer, tenantId, access, inDirectory, createdAt: now })),
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

/** These are done with: somebody of that address is a user now, or cannot be made one. */
export async function letGo({ db, tenantId }: Change, wanted: readonly Wanted[]): Promise<void> {
  const ids = wanted.map(({ id }) => id);
  await db.$executeRaw`
    UPDATE "Member" m SET "bringInId" = NULL, problem = CASE WHEN EXISTS (
      SELECT 1 FROM "User" u WHERE u."tenantId" = ${tenantId}::uuid AND lower(u.email) = lower(m.email)
    ) THEN NULL ELSE 'taken' END
    WHERE m.id = ANY(${ids}::uuid[])`;
}

export const countWanted = (db: Db, bringInId: string): Promise<number> => db.member.count({ where: { bringInId } });
