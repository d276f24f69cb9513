import type { Deps } from '../core/deps.js';
import { UserError } from '../core/errors.js';
import { isUuid, type TenantId } from '../core/ids.js';
import { findDefaultTenant, findTenant } from '../core/tenants/tenants.js';
import { truncate } from '../core/text.js';
import { createLog } from '../log.js';
import { openAttendant, readConfig } from '../main.js';

/** Run work on this installation's data, with or without a running server, and close everything afterwards. */
export async function withInstallation<Result>(work: (deps: Deps) => Promise<Result>): Promise<Result> {
  // Standard output is for the result; an error is one line on standard error.
  const log = createLog({ level: 'silent', format: 'json' });
  const { deps, close } = await openAttendant(readConfig(), { log });
  try {
    return await work(deps);
  } finally {
    await close();
  }
}

/** The company that the option names, or the first. Throws (UserError) when there is none. */
export async function companyOrFirst({ db }: Deps, id: string | undefined): Promise<TenantId> {
  const tenant = id === undefined ? await findDefaultTenant(db) : await tenantOf(db, id);
  if (tenant !== undefined) return tenant;
  throw new UserError(
    (words) => (id === undefined ? words.bulk.noCompany : words.tenants.noSuchTenant(truncate(id, 60))),
    404,
  );
}

const tenantOf = async (db: Deps['db'], id: string): Promise<TenantId | undefined> =>
  isUuid(id) ? (await findTenant(db, id))?.id : undefined;
