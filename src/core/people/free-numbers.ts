import type { Db, Transaction } from '../deps.js';
import { freeExtensions } from './extensions.js';
import { findRestedDid, findTakenExtensions } from './resting-numbers.store.js';

/** The lowest extension of the range (setting `extensionRange`) that nobody has and that does not rest; undefined: none. */
export async function nextFreeExtension(
  db: Db | Transaction,
  tenant: { readonly id: string; readonly extensionRange: string },
  now: Date,
): Promise<string | undefined> {
  const taken = await findTakenExtensions(db, tenant.id, now);
  return freeExtensions(tenant.extensionRange, taken).next().value;
}

/** All of them, lowest first, for many people at once. */
export const allFreeExtensions = async (
  db: Db | Transaction,
  tenant: { readonly id: string; readonly extensionRange: string },
  now: Date,
): Promise<Iterator<string, undefined>> =>
  freeExtensions(tenant.extensionRange, await findTakenExtensions(db, tenant.id, now));

/** A direct number that somebody gave back and that may be given out again; undefined: none. */
export const nextFreeDid = findRestedDid;
