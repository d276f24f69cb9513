import type { TenantId } from '../ids.js';
import type { Query } from './matching/name-index.js';
import type { Match } from './matching/ranking.js';

/**
 * Everybody who can be found, in memory, ready to be searched. A search reflects the rows at that moment: everything
 * committed before, in any process. Hidden people are not in it at all.
 */
export interface Directory {
  /** Search, best first; ids are user ids of this company. Rejects while the database is unreachable. */
  search(tenantId: TenantId, query: string, options: Query): Promise<readonly Match[]>;
  /**
   * Apply changes in the background, so that the next search finds little left to do; undefined: everywhere. Best
   * effort.
   */
  catchUp(tenantId: TenantId | undefined): void;
  /** Read companies that were not searched yet; best effort, one after the other. */
  warm(tenantIds: readonly TenantId[]): Promise<void>;
}

declare module '../deps.js' {
  interface Deps {
    /** The people who can be found, indexed in memory. */
    readonly directory: Directory;
  }
}
