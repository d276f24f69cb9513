import type { Locale } from '../chat/phrasing.js';
import type { TenantId, UserId } from '../ids.js';
import type { Column } from './columns.js';
import type { LineOutcome } from './import-line.js';
import type { SaidWhy } from './judge-single-line.js';

/**
 * How an import stands:
 *
 *   staging → checking → checked → applying → applied → reverting → reverted
 *                     └──────────→ (where it is to be applied at once)
 *
 * `failed` is the end of what could not be read, or was tried in vain too often. Lines that were applied stay applied until
 * somebody reverts the run, which can be done while it is `applying` too, once its process is dead.
 */
export const importStatuses = [
  'staging',
  'checking',
  'checked',
  'applying',
  'applied',
  'reverting',
  'reverted',
  'failed',
] as const;
export type ImportStatus = (typeof importStatuses)[number];

export interface ImportRun extends Readonly<Record<LineOutcome, number>> {
  readonly id: string;
  readonly tenantId: TenantId;
  /** Null: the command line. */
  readonly userId: UserId | null;
  readonly via: string;
  readonly fileName: string;
  readonly columns: readonly Column[];
  readonly note: Readonly<Record<Locale, string>> | null;
  readonly status: ImportStatus;
  readonly applies: boolean;
  readonly lines: number;
  /** Lines that the present status is done with. */
  readonly progress: number;
  readonly restored: number;
  readonly kept: number;
  readonly attempts: number;
  /** Null: nobody works on it. */
  readonly claimedAt: Date | null;
  /** While somebody works on it: until when they hold it. */
  readonly dueAt: Date;
  readonly createdAt: Date;
  readonly appliedAt: Date | null;
}

/** What a revert did with a line: `kept` where somebody changed the person since, or uses them. */
export const revertOutcomes = ['restored', 'kept'] as const;
export type RevertOutcome = (typeof revertOutcomes)[number];

/** What came of a line. */
export interface LineResult {
  readonly line: number;
  readonly username: string;
  readonly outcome: LineOutcome;
  readonly why: SaidWhy | null;
  readonly reverted: RevertOutcome | null;
}
