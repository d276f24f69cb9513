import { LRUCache } from 'lru-cache';
import type { Db } from '../deps.js';
import { as, type TenantId, type UserId } from '../ids.js';
import { findUsers } from '../users/people.js';
import type { Person } from '../users/person.js';
import { type Names, namesFrom } from './match.js';

const listed = (tenantId: TenantId) => ({ tenantId, inDirectory: true, access: { not: 'none' } });

/**
 * The names of everybody who stands in the directory, ready to be searched. Kept between questions, and built anew
 * as soon as any person of the company was added, changed or removed.
 */
export async function directoryNames(db: Db, tenantId: TenantId): Promise<Names> {
  const kept = indexes.get(db) ?? new LRUCache<TenantId, { version: string; names: Names }>({ max: mostCompanies });
  indexes.set(db, kept);

  const version = await versionOf(db, tenantId);
  const known = kept.get(tenantId);
  if (known?.version === version) return known.names;

  const names = await readNames(db, tenantId);
  kept.set(tenantId, { version, names });
  return names;
}

const mostCompanies = 50;
const indexes = new WeakMap<Db, LRUCache<TenantId, { version: string; names: Names }>>();

async function versionOf(db: Db, tenantId: TenantId): Promise<string> {
  const { _count, _max } = await db.user.aggregate({ where: { tenantId }, _count: true, _max: { updatedAt: true } });
  return `${_count} ${_max.updatedAt?.toISOString()}`;
}

async function readNames(db: Db, tenantId: TenantId): Promise<Names> {
  const rows = await db.user.findMany({
    where: listed(tenantId),
    select: { id: true, firstName: true, lastName: true, aliases: true, phoneticName: true },
    orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }],
  });
  return namesFrom(rows.map((row) => ({ ...row, id: as<UserId>(row.id) })));
}

/** Those of these people who stand in the directory, in the order asked for. */
export async function findListed(db: Db, tenantId: TenantId, ids: readonly UserId[]): Promise<readonly Person[]> {
  const people = new Map((await findUsers(db, tenantId, ids)).map((person) => [person.id, person]));
  return ids.flatMap((id) => people.get(id) ?? []);
}

/** People whose DID ends with these digits; for numbers typed without their prefix. */
export async function findByDidEnding(db: Db, tenantId: TenantId, digits: string): Promise<readonly UserId[]> {
  const rows = await db.user.findMany({
    where: { ...listed(tenantId), did: { endsWith: digits } },
    select: { id: true },
    orderBy: { did: 'asc' },
    take: 20,
  });
  return rows.map(({ id }) => as<UserId>(id));
}

/** The first people of the directory, for a field in which nothing is typed yet. */
export async function findFirst(db: Db, tenantId: TenantId, limit: number): Promise<readonly UserId[]> {
  const rows = await db.user.findMany({
    where: listed(tenantId),
    select: { id: true },
    orderBy: [{ firstName: 'asc' }, { lastName: 'asc' }, { id: 'asc' }],
    take: limit,
  });
  return rows.map(({ id }) => as<UserId>(id));
}
