import type { Locale } from '../../chat/phrasing.js';
import type { TenantId, UserId } from '../../ids.js';
import type { WorkStatus } from '../../tasks/work-status.js';
import type { PeopleFilter } from '../people-list.types.js';
import type { FieldName } from '../person-fields.js';

/** What came of one person in a change of many; `kept`: changed since, so that a revert left them alone. */
export const lineOutcomes = ['updated', 'unchanged', 'refused', 'kept'] as const;
export type LineOutcome = (typeof lineOutcomes)[number];

/** The fields that many people can get the same value of. */
export const bulkFields = [
  'userType',
  'access',
  'role',
  'extension',
  'inDirectory',
  'appAccess',
  'language',
  'notificationType',
  'directVoicemailTransfer',
  'forwarding',
] as const satisfies readonly FieldName[];
export type BulkField = (typeof bulkFields)[number];

/** The same values for many: cells of a CSV file, and a backup user's id (`-`: none). */
export type BulkValues = Readonly<Partial<Record<BulkField | 'defaultBackup', string>>>;

/** A change of many people, as it stands. */
export interface PeopleChangeState {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly byUserId: UserId;
  readonly language: Locale;
  readonly filter: PeopleFilter;
  readonly values: BulkValues;
  readonly revertsId: string | null;
  readonly total: number;
  readonly status: WorkStatus;
  readonly doneAt: Date | null;
  readonly counts: Readonly<Record<LineOutcome, number>>;
  /** A revert of it was asked for. */
  readonly isReverted: boolean;
}
