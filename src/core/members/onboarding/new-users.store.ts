import type { Change } from '../../change.js';

/** Return those of these addresses, in lower case, that users have. */
export async function findTakenEmails(
  { db, tenantId }: Change,
  emails: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ email: string }[]>`
    SELECT lower(email) AS email FROM "User"
    WHERE "tenantId" = ${tenantId}::uuid AND lower(email) = ANY(${[...emails]})`;
  return new Set(rows.map(({ email }) => email));
}

/** Return those of these usernames, in lower case, that users have. */
export async function findTakenUsernames(
  { db, tenantId }: Change,
  usernames: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ username: string }[]>`
    SELECT lower(username) AS username FROM "User"
    WHERE "tenantId" = ${tenantId}::uuid AND lower(username) = ANY(${[...usernames]})`;
  return new Set(rows.map(({ username }) => username));
}

/** Return the company's own language and zone. */
export async function findDefaults({ db, tenantId }: Change): Promise<{ language: string; timeZone: string }> {
  return db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { language: true, timeZone: true } });
}
