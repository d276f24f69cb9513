import type { LineFilter } from '../audit/index.js';
import { guardFormula } from '../bulk/formula-guard.js';
import { csvLine } from '../csv-line.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import type { CompanyList, ListRow } from './company-list.js';
import { companyLists } from './company-lists.js';
import type { ListFilter } from './list-filter.js';
import type { ListName } from './list-names.js';
import { recordList } from './record-list.js';

/**
 * Yield one of the company's lists, or what a filter selects of it, piece by piece, as CSV (RFC 4180, no cell that a
 * spreadsheet would run) or JSON (values as they are). Never all of it at once.
 */
export const exportPieces = (
  deps: Deps,
  tenantId: TenantId,
  name: ListName,
  format: 'csv' | 'json',
  filter: ListFilter = {},
): AsyncGenerator<string> => piecesOf(deps, tenantId, companyLists[name], format, filter);

/** Yield the lines of the record that a filter selects, as `exportPieces` yields all of them. */
export const recordPieces = (
  deps: Deps,
  tenantId: TenantId,
  filter: LineFilter,
  format: 'csv' | 'json',
): AsyncGenerator<string> => piecesOf(deps, tenantId, recordList(filter), format);

async function* piecesOf(
  deps: Deps,
  tenantId: TenantId,
  list: CompanyList,
  format: 'csv' | 'json',
  filter: ListFilter = {},
): AsyncGenerator<string> {
  const { columns } = list;
  if (format === 'csv') yield csvLine(columns);
  let separator = '[\n';
  for await (const row of rowsOf(deps, tenantId, list, filter)) {
    if (format === 'csv') {
      yield csvLine(columns.map((column) => guardFormula(row[column] ?? '')));
      continue;
    }
    yield `${separator}  ${JSON.stringify(row)}`;
    separator = ',\n';
  }
  if (format === 'json') yield separator === '[\n' ? '[]\n' : '\n]\n';
}

/** The same in one piece, for lists that fit in memory. */
export async function exportTable(
  deps: Deps,
  tenantId: TenantId,
  name: ListName,
  format: 'csv' | 'json',
): Promise<string> {
  let text = '';
  for await (const piece of exportPieces(deps, tenantId, name, format)) text += piece;
  return text;
}

const pageSize = 500;

async function* rowsOf(deps: Deps, tenantId: TenantId, list: CompanyList, filter: ListFilter): AsyncGenerator<ListRow> {
  let after: string | undefined;
  do {
    const page = await list.page(deps, tenantId, { after, most: pageSize }, filter);
    yield* page.rows;
    after = page.next;
  } while (after !== undefined);
}
