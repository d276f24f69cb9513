import type { Deps } from '../deps.js';
import { countStorage, findUncounted } from './storage.store.js';

/**
 * Counts what the recordings of each company take, once a day in the company's own zone, so that what is billed can be
 * looked up later. Called by the task `storage.count`; idempotent.
 */
export async function countStorageOfToday({ db, clock }: Deps): Promise<void> {
  const errors: unknown[] = [];
  for (const { tenantId, day } of await findUncounted(db, clock.now())) {
    // A company whose count fails must not keep the others from theirs.
    await countStorage(db, tenantId, day).catch((error) => errors.push(error));
  }
  if (errors.length > 0) throw new AggregateError(errors, 'storage not counted');
}
