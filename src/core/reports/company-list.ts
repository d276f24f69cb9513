import type { Permission } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { isUuid, type TenantId } from '../ids.js';
import { isUsableInstant } from '../time/usable-instant.js';
import type { FilterField, ListFilter } from './list-filter.js';

/** A row by column, every value as text, as a file has it. */
export type ListRow = Readonly<Record<string, string>>;

/** A page of a list. */
export interface ListPage {
  readonly rows: readonly ListRow[];
  /** The key that the next page begins after; undefined: this is the last. */
  readonly next: string | undefined;
}

/** Which part of a list: up to `most` rows after the key of a page before; undefined: from the beginning. */
interface ListPart {
  readonly after?: string | undefined;
  readonly most: number;
}

/** A list of the company's, page by page. */
export interface CompanyList {
  readonly columns: readonly string[];
  /** Only where voicemail is part of the edition. */
  readonly plus?: true;
  /** By what it can be narrowed; undefined: by nothing. */
  readonly narrowedBy?: readonly FilterField[];
  /** What its reader must be allowed beside `reports.view`; undefined: nothing more. */
  readonly permission?: Permission;
  /**
   * A part of the rows that the filter selects. A key that no page gave begins anew. A page may have fewer
   * rows although more follow.
   */
  page(deps: Deps, tenantId: TenantId, part: ListPart, filter?: ListFilter): Promise<ListPage>;
}

/** The page of rows that were found, one more than asked for where there are others. */
export function pageOf<Found>(
  found: readonly Found[],
  most: number,
  keyOf: (found: Found) => string,
  rowOf: (found: Found) => ListRow,
): ListPage {
  const shown = found.slice(0, most);
  const last = shown.at(-1);
  return { rows: shown.map(rowOf), next: found.length > most && last ? keyOf(last) : undefined };
}

/** A place in a list that is ordered by an instant. */
export interface InstantKey {
  readonly at: Date;
  readonly id: string;
}

export const instantKey = ({ at, id }: InstantKey): string => `${at.toISOString()} ${id}`;

/** What `instantKey` wrote; undefined: it wrote nothing like this. */
export function readInstantKey(key: string | undefined): InstantKey | undefined {
  const [, at = '', id = ''] = /^(\S{24}) ([0-9a-f-]{36})$/.exec(key ?? '') ?? [];
  const instant = new Date(at);
  return isUsableInstant(instant) && isUuid(id) ? { at: instant, id } : undefined;
}

/** As a file has an instant. */
export const iso = (instant: Date | null | undefined): string => instant?.toISOString() ?? '';
