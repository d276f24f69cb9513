import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import { asId, type TenantId } from '../ids.js';
import { noteSettings } from '../settings/record-setting-origins.js';

/** A new company; omitted values have the schema's defaults. */
export interface NewTenant {
  readonly name: string;
  readonly mainNumbers?: readonly string[];
  readonly accessNumber?: string;
  readonly language?: 'en' | 'fr';
  readonly timeZone?: string;
}

/** Return the oldest company of this installation, which is the default; undefined: there is none. */
export async function findOldestTenant(db: Db): Promise<TenantId | undefined> {
  const row = await db.tenant.findFirst({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { id: true } });
  return row ? asId<TenantId>(row.id) : undefined;
}

/** Return whether the company exists and is enabled. */
export async function isEnabled(db: Db, id: TenantId): Promise<boolean> {
  return (await db.tenant.findUnique({ where: { id }, select: { enabled: true } }))?.enabled ?? false;
}

/** A company in the list of companies. */
export interface ListedTenant {
  readonly id: TenantId;
  readonly name: string;
  readonly edition: string;
  readonly enabled: boolean;
  readonly users: number;
}

/** Return every company of this installation with its number of users, by name. */
export async function listTenants(db: Db): Promise<readonly ListedTenant[]> {
  const rows = await db.tenant.findMany({
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, edition: true, enabled: true, _count: { select: { users: true } } },
  });
  return rows.map(({ id, _count, ...row }) => ({ ...row, id: asId<TenantId>(id), users: _count.users }));
}

/** Return every company of this installation, by name. */
export async function findTenants(db: Db): Promise<readonly { readonly id: TenantId; readonly name: string }[]> {
  const rows = await db.tenant.findMany({
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true },
  });
  return rows.map(({ id, name }) => ({ id: asId<TenantId>(id), name }));
}

/** Return the company with this id and the country whose numbers it writes; undefined: there is none. */
export async function findTenant(
  db: Db,
  id: string,
): Promise<{ readonly id: TenantId; readonly country: string } | undefined> {
  const row = await db.tenant.findUnique({ where: { id }, select: { country: true } });
  return row ? { id: asId<TenantId>(id), country: row.country } : undefined;
}

/** Insert a company, with its audit line. */
export async function createTenant(change: Change, company: NewTenant): Promise<void> {
  const { mainNumbers, ...rest } = company;
  await change.db.tenant.create({
    data: { id: change.tenantId, ...rest, mainNumbers: [...(mainNumbers ?? [])] },
  });
  change.record({ event: 'tenant.created', subjectId: change.tenantId, after: { ...company } });
}

/** Set the switchboard and the general mailbox, unless they are set already. */
export async function nameSwitchboard(
  change: Change,
  switchboard: { readonly operatorId: string; readonly generalMailboxId: string },
): Promise<void> {
  const { count } = await change.db.tenant.updateMany({
    where: { id: change.tenantId, operatorId: null, generalMailboxId: null },
    data: switchboard,
  });
  if (count === 0) return;
  await noteSettings(change, [
    { subjectId: change.tenantId, key: 'operator' },
    { subjectId: change.tenantId, key: 'generalMailbox' },
  ]);
  change.record({ event: 'tenant.updated', subjectId: change.tenantId, after: { ...switchboard } });
}
