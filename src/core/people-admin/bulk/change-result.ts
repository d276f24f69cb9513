import { guardFormula } from '../../bulk/formula-guard.js';
import { csvLine } from '../../csv-line.js';
import type { Deps } from '../../deps.js';
import type { TenantId } from '../../ids.js';
import { findChange, findResults } from './people-change.store.js';

const pageSize = 1000;

/** What came of everybody in a change, as a CSV file, piece by piece; undefined: there is no such change here. */
export async function changeResult(
  { db }: Deps,
  tenantId: TenantId,
  changeId: string,
): Promise<AsyncGenerator<string> | undefined> {
  return (await findChange(db, tenantId, changeId)) ? pieces() : undefined;

  async function* pieces(): AsyncGenerator<string> {
    yield csvLine(['username', 'outcome', 'reason']);
    for (let after: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof findResults>> = await findResults(db, changeId, { after, most: pageSize });
      for (const { username, outcome, why } of page)
        yield csvLine([guardFormula(username), outcome, guardFormula(why)]);
      after = page.at(-1)?.userId ?? null;
      if (page.length < pageSize) return;
    }
  }
}
