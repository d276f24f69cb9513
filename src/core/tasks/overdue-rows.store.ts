import { Prisma } from '../../generated/prisma/client.js';
import type { OverdueQuery } from './define-task.js';

interface OverdueRows {
  readonly table: 'AwaitedMessage' | 'BringIn' | 'Export' | 'ImportRun' | 'Member' | 'Voicemail';
  /** What the payload calls the row's id. */
  readonly id: `${string}Id`;
  /** The column that says when the row is due; `dueAt` where nothing is said. */
  readonly due?: 'dueAt' | 'purgeAt';
  /** Which rows still wait; by `status` where nothing is said. */
  readonly waits?: (query: OverdueQuery) => Prisma.Sql;
  /** `at-once`: the sweep is what tries again. Else a job is on its way, and counts as lost half a minute later. */
  readonly from?: 'at-once';
}

/**
 * The `overdue` of a task that has one row: rows that still wait and are past their due instant.
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
