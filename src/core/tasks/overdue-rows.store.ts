import { Prisma } from '../../generated/prisma/client.js';
import type { OverdueQuery } from './define-task.js';

interface OverdueRows {
  readonly table:
    | 'AwaitedMessage'
    | 'BringIn'
    | 'Export'
    | 'ImportRun'
    | 'Member'
    | 'OutOfOfficePeriod'
    | 'OutgoingCall'
    | 'PeopleChange'
    | 'Transcription'
    | 'Voicemail';
  /** The payload's name for the row's id. */
  readonly id: `${string}Id`;
  /** The column that says when the row is due; `dueAt` by default. */
  readonly due?: 'dueAt' | 'milestoneAt' | 'purgeAt' | 'remindAt';
  /** Which rows still have work due; by `status` by default. */
  readonly waits?: (query: OverdueQuery) => Prisma.Sql;
  /**
   * `at-once`: only the sweep retries. Otherwise a job exists, and counts as lost half a minute after the row is due.
   */
  readonly from?: 'at-once';
}

/**
 * Return the `overdue` of a task with one row: rows that still have work due and are past their due instant.
 *
 * @example
 * overdue: overdueRows({ table: 'Export', id: 'exportId' }),
 */
export const overdueRows =
  ({ table, id, due = 'dueAt', waits = hasStatusWaiting, from }: OverdueRows) =>
  (query: OverdueQuery): Prisma.Sql => {
    const dueAt = Prisma.raw(`"${due}"`);
    return Prisma.sql`
      SELECT id AS ${Prisma.raw(`"${id}"`)} FROM ${Prisma.raw(`"${table}"`)}
      WHERE ${waits(query)} AND ${dueAt} <= ${from === 'at-once' ? query.now : query.before}
      ORDER BY ${dueAt} LIMIT 1000`;
  };

const hasStatusWaiting = (): Prisma.Sql => Prisma.sql`status = 'waiting'`;
