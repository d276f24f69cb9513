import type { Change } from '../../change.js';
import type { Db, Transaction } from '../../deps.js';
import type { TenantId } from '../../ids.js';
import type { Closure } from './closure.types.js';

/** The closure of a company, over or not; undefined: it was opened, or never closed. */
export async function findClosure(db: Db | Transaction, tenantId: TenantId): Promise<Closure | undefined> {
  const row = await db.companyClosure.findUnique({ where: { tenantId } });
  return row ? { closedAt: row.closedAt, until: row.until ?? undefined, note: row.note } : undefined;
}

/** Closes the company; what was there before is replaced. */
export async function saveClosure({ db, tenantId, actor }: Change, { closedAt, until, note }: Closure): Promise<void> {
  const closedById = actor.kind === 'self' || actor.kind === 'impersonating' ? actor.userId : null;
  const closure = { closedAt, until: until ?? null, note, closedById };
  await db.companyClosure.upsert({ where: { tenantId }, create: { tenantId, ...closure }, update: closure });
}

/** Opens the company. */
export async function deleteClosure({ db, tenantId }: Change): Promise<void> {
  await db.companyClosure.deleteMany({ where: { tenantId } });
}
