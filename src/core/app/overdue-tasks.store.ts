import { Prisma } from '../../generated/prisma/client.js';
import type { Clock, Db } from '../deps.js';
import { type OverdueQuery, parseTask, type TaskDefinition, type TaskDefinitions } from '../tasks/define-task.js';
import { databaseNow, secondsFromNow } from '../tasks/lease.store.js';
import type { Task, TaskName } from '../tasks/tasks.js';

/** How long a row may wait before its job counts as lost, unless its task defines its own limit. */
const lostAfterSeconds = 30;

interface OverdueRow {
  readonly name: TaskName;
  readonly payload: unknown;
}

/**
 * Find the overdue rows of every task, in one statement, each task's oldest first. Rows that a worker holds now may be
 * among them; their job skips them. `listedPlatforms`: the platforms whose members can be read.
 */
export async function findOverdue(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  definitions: TaskDefinitions,
  listedPlatforms: readonly string[],
): Promise<Task[]> {
  const ago = (seconds: number) => secondsFromNow(clock, -seconds);
  const query = { now: databaseNow(clock), before: ago(lostAfterSeconds), ago, listedPlatforms };
  const parts = Object.values<TaskDefinition>(definitions).flatMap((task) => overdueOf(task, query));
  const rows = await db.$queryRaw<OverdueRow[]>`${Prisma.join(parts, ' UNION ALL ')}`;
  return rows.map(({ name, payload }) => parseTask(definitions, name, payload));
}

const overdueOf = ({ name, overdue }: TaskDefinition, query: OverdueQuery): Prisma.Sql[] =>
  overdue === null
    ? []
    : [Prisma.sql`(SELECT ${name} AS name, to_jsonb(overdue) AS payload FROM (${overdue(query)}) AS overdue)`];
