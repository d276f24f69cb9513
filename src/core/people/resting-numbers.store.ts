import type { Change } from '../change.js';
import type { Db, Transaction } from '../deps.js';
import type { UserId } from '../ids.js';

/** How long a number that was given back is nobody’s (PRODUCT.md §7). */
const restDays = 30;

export const restingKinds = ['extension', 'did'] as const;
export type RestingKind = (typeof restingKinds)[number];

/** Inside the change that takes these numbers from somebody: nobody else gets them for 30 days. */
export async function restNumbers(
  { db, tenantId, now }: Change,
  userId: UserId,
  numbers: Partial<Record<RestingKind, string>>,
): Promise<void> {
  const restsUntil = new Date(now.getTime() + restDays * 24 * 60 * 60 * 1000);
  for (const [kind, number] of Object.entries(numbers))
    await db.restingNumber.upsert({
      where: { tenantId_kind_number: { tenantId, kind, number } },
      create: { tenantId, userId, kind, number, restsUntil },
      update: { userId, restsUntil },
    });
}

/** Inside the change that gives somebody access again: the numbers that rested for them and are nobody’s, which rest no longer. */
export async function wakeNumbers(
  { db, tenantId }: Change,
  userId: UserId,
): Promise<Partial<Record<RestingKind, string>>> {
  const rows = await db.$queryRaw<{ kind: RestingKind; number: string }[]>`
    SELECT kind, number FROM "RestingNumber" r
    WHERE "tenantId" = ${tenantId}::uuid AND "userId" = ${userId}::uuid AND NOT EXISTS (
      SELECT 1 FROM "User" u WHERE CASE kind WHEN 'did' THEN u.did = r.number
        ELSE u."tenantId" = r."tenantId" AND u.extension = r.number END)`;
  await db.restingNumber.deleteMany({ where: { tenantId, userId } });
  return Object.fromEntries(rows.map(({ kind, number }) => [kind, number]));
}

/** The setting `releaseOnDeactivation` of this company. */
export async function findRelease({ db, tenantId }: Change): Promise<string> {
  const tenant = await db.tenant.findUniqueOrThrow({
    where: { id: tenantId },
    select: { releaseOnDeactivation: true },
  });
  return tenant.releaseOnDeactivation;
}

/** Whether one of these rests for somebody else than `userId`: an extension in this company, a DID in any. */
export async function findResting(
  db: Db | Transaction,
  { tenantId, userId, now }: { readonly tenantId: string; readonly userId: UserId | null; readonly now: Date },
  numbers: Readonly<Record<RestingKind, readonly string[]>>,
): Promise<RestingKind | undefined> {
  const row = await db.restingNumber.findFirst({
    where: {
      restsUntil: { gt: now },
      OR: [
        { kind: 'extension', number: { in: [...numbers.extension] }, tenantId },
        { kind: 'did', number: { in: [...numbers.did] } },
      ],
      ...(userId === null ? {} : { NOT: { userId } }),
    },
    select: { kind: true },
  });
  return row?.kind as RestingKind | undefined;
}

/** A DID that was given back, rests no longer, and is nobody’s: it can be given out again. */
export async function findRestedDid(db: Db | Transaction, tenantId: string, now: Date): Promise<string | undefined> {
  const [row] = await db.$queryRaw<{ number: string }[]>`
    SELECT r.number FROM "RestingNumber" r
    WHERE r."tenantId" = ${tenantId}::uuid AND r.kind = 'did' AND r."restsUntil" <= ${now}
      AND NOT EXISTS (SELECT 1 FROM "User" u WHERE u.did = r.number)
    ORDER BY r."restsUntil", r.number LIMIT 1`;
  return row?.number;
}

/** The extensions of this company that somebody has, or that rest. */
export async function findTakenExtensions(
  db: Db | Transaction,
  tenantId: string,
  now: Date,
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ extension: string }[]>`
    SELECT extension FROM "User" WHERE "tenantId" = ${tenantId}::uuid AND extension IS NOT NULL
    UNION ALL
    SELECT number FROM "RestingNumber"
    WHERE "tenantId" = ${tenantId}::uuid AND kind = 'extension' AND "restsUntil" > ${now}`;
  return new Set(rows.map(({ extension }) => extension));
}

/** Of these numbers, those that rest: by `KIND NUMBER`, the person for whom. An extension in this company, a DID in any. */
export async function findRestingNumbers(
  db: Db | Transaction,
  { tenantId, now }: { readonly tenantId: string; readonly now: Date },
  numbers: Readonly<Record<RestingKind, readonly string[]>>,
): Promise<ReadonlyMap<string, UserId>> {
  const rows = await db.$queryRaw<{ kind: RestingKind; number: string; userId: UserId }[]>`
    SELECT kind, number, "userId" FROM "RestingNumber"
    WHERE "restsUntil" > ${now} AND (
      (kind = 'extension' AND "tenantId" = ${tenantId}::uuid AND number = ANY (${[...numbers.extension]}::text[]))
      OR (kind = 'did' AND number = ANY (${[...numbers.did]}::text[])))`;
  return new Map(rows.map(({ kind, number, userId }) => [`${kind} ${number}`, userId]));
}
