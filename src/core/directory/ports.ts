import type { TenantId } from '../ids.js';
import type { Query } from './matching/name-index.js';
import type { Match } from './matching/ranking.js';

/**
 * Everybody who may be found, in memory, ready to be searched. What is asked is answered from the rows as they are at
 * that moment: whatever was committed before, in whichever process, counts. Hidden people are not in it at all.
 */
export interface Directory {
  /** Best first; ids are user ids of this company. Rejects while the database is away. */
  search(tenantId: TenantId, query: string, options: Query): Promise<readonly Match[]>;
  /** Takes in what changed, so that the next search finds little left to do; undefined: everywhere. Best effort. */
  catchUp(tenantId: TenantId | undefined): void;
  /** Reads companies nobody has asked for yet; best effort, one after the other. */
  warm(tenantIds: readonly TenantId[]): Promise<void>;
}

declare module '../deps.js' {
  interface Deps {
    /** The people who can be found, indexed in memory. */
    readonly directory: Directory;
  }
}
