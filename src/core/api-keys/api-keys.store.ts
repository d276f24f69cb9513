import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import { asId, type TenantId } from '../ids.js';

/** The doors that a key can open: the JSON API, or the port that takes voicemails by e-mail. */
export const keyPurposes = ['api', 'mail'] as const;
export type KeyPurpose = (typeof keyPurposes)[number];

/** A key as a list shows it. */
export interface KnownKey {
  readonly purpose: string;
  readonly hint: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** Return the keys of a company. */
export const findKeys = (db: Db, tenantId: TenantId): Promise<readonly KnownKey[]> =>
  db.apiKey.findMany({
    where: { tenantId },
    orderBy: { createdAt: 'asc' },
    select: { purpose: true, hint: true, createdAt: true, revokedAt: true },
  });

/** Return the company of the key with this hash; undefined: there is none for this purpose, or it is revoked. */
export async function findTenantOfKey(db: Db, hash: string, purpose: KeyPurpose): Promise<TenantId | undefined> {
  const row = await db.apiKey.findUnique({
    where: { hash },
    select: { tenantId: true, purpose: true, revokedAt: true },
  });
  return row?.purpose === purpose && row.revokedAt === null ? asId<TenantId>(row.tenantId) : undefined;
}

/** Insert a key, with its audit line. */
export async function insertKey(
  { db, tenantId, now, record }: Change,
  key: { readonly hash: string; readonly hint: string; readonly purpose: KeyPurpose },
): Promise<void> {
  const { id } = await db.apiKey.create({ data: { tenantId, ...key, createdAt: now } });
  record({ event: 'api-key.created', subjectId: id, after: { hint: key.hint, purpose: key.purpose } });
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
