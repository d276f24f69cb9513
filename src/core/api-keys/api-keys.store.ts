import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import { asId, type TenantId } from '../ids.js';

/** A key as a list shows it. */
export interface KnownKey {
  readonly hint: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** Return the keys of a company. */
export const findKeys = (db: Db, tenantId: TenantId): Promise<readonly KnownKey[]> =>
  db.apiKey.findMany({
    where: { tenantId },
    orderBy: { createdAt: 'asc' },
    select: { hint: true, createdAt: true, revokedAt: true },
  });

/** Return the company of the key with this hash; undefined: there is none, or it is revoked. */
export async function findTenantOfKey(db: Db, hash: string): Promise<TenantId | undefined> {
  const row = await db.apiKey.findUnique({ where: { hash }, select: { tenantId: true, revokedAt: true } });
  return row && row.revokedAt === null ? asId<TenantId>(row.tenantId) : undefined;
}

/** Insert a key, with its audit line. */
export async function insertKey({ db, tenantId, now, record }: Change, hash: string, hint: string): Promise<void> {
  const key = await db.apiKey.create({ data: { tenantId, hash, hint, createdAt: now } });
  record({ event: 'api-key.created', subjectId: key.id, after: { hint } });
}

/** Revoke the keys with this hint or this hash, with an audit line each; return how many. */
export async function markRevoked({ db, tenantId, now, record }: Change, hint: string, hash: string): Promise<number> {
  const keys = await db.apiKey.findMany({ where: { tenantId, revokedAt: null, OR: [{ hint }, { hash }] } });
  for (const { id, hint } of keys) {
    await db.apiKey.update({ where: { id }, data: { revokedAt: now } });
    record({ event: 'api-key.revoked', subjectId: id, after: { hint } });
  }
  return keys.length;
}
