import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import { as, type TenantId } from '../ids.js';
import { noteSettings } from '../settings/note-settings.js';

/** A company at its start; what is not said is as the schema has it. */
export interface NewTenant {
  readonly name: string;
  readonly mainNumbers?: readonly string[];
  readonly language?: 'en' | 'fr';
  readonly timeZone?: string;
}

/** The first company of this installation: the default one. */
export async function findOldestTenant(db: Db): Promise<TenantId | undefined> {
  const row = await db.tenant.findFirst({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { id: true } });
  return row ? as<TenantId>(row.id) : undefined;
}

/** Is the company switched on? A company that is gone is not. */
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

/** Every company of this installation with how many users it has, by name. */
export async function listTenants(db: Db): Promise<readonly ListedTenant[]> {
  const rows = await db.tenant.findMany({
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, edition: true, enabled: true, _count: { select: { users: true } } },
  });
  return rows.map(({ id, _count, ...row }) => ({ ...row, id: as<TenantId>(id), users: _count.users }));
}

/** Every company of this installation, by name. */
export async function findTenants(db: Db): Promise<readonly { readonly id: TenantId; readonly name: string }[]> {
  const rows = await db.tenant.findMany({
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true },
  });
  return rows.map(({ id, name }) => ({ id: as<TenantId>(id), name }));
}

/** The company of this id, if there is one, and the country whose numbers it writes. */
export async function findTenant(
  db: Db,
  id: string,
): Promise<{ readonly id: TenantId; readonly country: string } | undefined> {
  const row = await db.tenant.findUnique({ where: { id }, select: { country: true } });
  return row ? { id: as<TenantId>(id), country: row.country } : undefined;
}

export async function createTenant(change: Change, company: NewTenant): Promise<void> {
  const { mainNumbers, ...rest } = company;
  await change.db.tenant.create({
    data: { id: change.tenantId, ...rest, mainNumbers: [...(mainNumbers ?? [])] },
  });
  change.record({ event: 'tenant.created', subjectId: change.tenantId, after: { ...company } });
}

/** Names the switchboard and the general mailbox, unless they are named already. */
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
