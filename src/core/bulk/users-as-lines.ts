import type { Db } from '../deps.js';
import type { TenantId } from '../ids.js';
import { findUsersAfter } from './bulk.store.js';
import { cellText, columns, factColumns } from './columns.js';

/** The columns of a file of users that imports unchanged: `row_changed` would make the import skip every line. */
export const exportedColumns = columns.filter((column) => column !== 'row_changed');

/** The company’s users after this username, each as a line of the file. */
export async function usersAsLines(
  db: Db,
  tenantId: TenantId,
  after: string,
  most: number,
): Promise<readonly (Readonly<Record<string, string>> & { readonly username: string })[]> {
  const users = await findUsersAfter(db, tenantId, after, most);
  return users.map(({ username, facts }) => ({
    username,
    pin: '',
    ...Object.fromEntries(factColumns.map((column) => [column, cellText(column, facts)])),
  }));
}
