import type { Change } from '../change.js';
import type { Db, Transaction } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import { displayNameOf } from '../people/person.js';
import type { Setting, SettingValue } from './setting.js';
import type { SettingKey } from './settings.js';

type Reads = Db | Transaction;
/** A row's values by column. */
export type Values = Readonly<Record<string, SettingValue>>;

/** A company's and perhaps a person's values by column, and who set them. */
export interface FoundSettings {
  readonly tenant: Values;
  readonly own: Values | undefined;
  /** By subject (the tenant, or the person) and key. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** The users who are values, and those who set any, by id. */
  readonly people: ReadonlyMap<string, { readonly name: string; readonly email: string }>;
}

/** Who set a value, how and when. */
export interface Origin {
  /** Undefined: the installation. */
  readonly changedBy: string | undefined;
  readonly impersonator: string | undefined;
  readonly via: string;
  readonly changedAt: Date;
}

export const originKey = (subjectId: string, key: string): string => `${subjectId} ${key}`;

export async function findSettings(
  db: Reads,
  tenantId: TenantId,
  userId: UserId | undefined,
): Promise<FoundSettings | undefined> {
  const tenant = await db.tenant.findUnique({ where: { id: tenantId } });
  const own = userId === undefined ? undefined : await db.user.findFirst({ where: { id: userId, tenantId } });
  if (!tenant || own === null) return undefined;
  const subjects = [tenantId, ...(userId === undefined ? [] : [userId])];
  const rows = await db.settingOrigin.findMany({ where: { tenantId, subjectId: { in: subjects } } });
  const people = await findPeople(db, tenantId, [
    ...rows.flatMap(({ changedById, impersonatorId }) => [changedById, impersonatorId]),
    tenant.operatorId,
    tenant.generalMailboxId,
  ]);
  const nameOf = (id: string | null) => (id === null ? undefined : (people.get(id)?.name ?? ''));
  return {
    tenant: tenant as unknown as Values,
    own: own as unknown as Values | undefined,
    origins: new Map(
      rows.map(({ subjectId, key, changedById, impersonatorId, via, changedAt }) => [
        originKey(subjectId, key),
        { changedBy: nameOf(changedById), impersonator: nameOf(impersonatorId), via, changedAt },
      ]),
    ),
    people,
  };
}

async function findPeople(db: Reads, tenantId: TenantId, ids: readonly (string | null)[]) {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map<string, { name: string; email: string }>();
  const rows = await db.user.findMany({
    where: { tenantId, id: { in: wanted } },
    select: { id: true, firstName: true, lastName: true, email: true },
  });
  return new Map(rows.map((row) => [row.id, { name: displayNameOf(row), email: row.email }]));
}

/** Holds the company's row, so that two changes at once come one after the other. */
export async function lockTenant({ db, tenantId }: Change): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM "Tenant" WHERE id = ${tenantId}::uuid FOR NO KEY UPDATE`;
}

/** A setting and the value that it gets. */
export interface NewValue {
  readonly setting: Setting<SettingKey>;
  readonly value: SettingValue;
}

/** The company's own values; a person's are their room's to write (`updatePerson`). */
export async function writeTenantValues({ db, tenantId }: Change, values: readonly NewValue[]): Promise<void> {
  const data = values.map(({ setting: { column }, value }) => [column, Array.isArray(value) ? [...value] : value]);
  await db.tenant.update({ where: { id: tenantId }, data: Object.fromEntries(data) });
}

/** A value that was set: of whom, and which. */
export interface Noted {
  /** The tenant, or a person. */
  readonly subjectId: string;
  readonly key: SettingKey;
}

/** Keeps who set these values, how and when. Any number of them in one statement. */
export async function writeOrigins({ db, tenantId, actor, now }: Change, noted: readonly Noted[]): Promise<void> {
  if (noted.length === 0) return;
  const changedById = actor.kind === 'self' || actor.kind === 'impersonating' ? actor.userId : null;
  const impersonatorId = actor.kind === 'impersonating' ? actor.impersonatorId : null;
  await db.$executeRaw`
    INSERT INTO "SettingOrigin" ("tenantId", "subjectId", key, "changedById", "impersonatorId", via, "changedAt")
    SELECT ${tenantId}::uuid, "subjectId", key, ${changedById}::uuid, ${impersonatorId}::uuid, ${actor.via}, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(noted)}::jsonb) AS noted ("subjectId" uuid, key text)
    ON CONFLICT ("tenantId", "subjectId", key) DO UPDATE SET "changedById" = EXCLUDED."changedById",
      "impersonatorId" = EXCLUDED."impersonatorId", via = EXCLUDED.via, "changedAt" = EXCLUDED."changedAt"`;
}
