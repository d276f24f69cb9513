import type { z } from 'zod';
import type { Prisma } from '../../generated/prisma/client.js';
import type { Deps } from '../deps.js';
import type { Task, TaskName, TaskPayloads } from './tasks.js';

/** How often a job is tried in all, and how long before the second try; doubled before each later one. */
export interface Retry {
  readonly attempts: number;
  readonly afterSeconds: number;
}

/** For a task whose row says when it is due again: the sweep finds it then. */
export const retriedBySweep: Retry = { attempts: 1, afterSeconds: 1 };

/** When a worker adds a task by itself, counted from its start. */
export interface Repeat {
  readonly firstAfterSeconds: number;
  readonly everySeconds: number;
}

/** What a query for overdue rows may use; the instants are SQL expressions by PostgreSQL's clock. */
export interface OverdueQuery {
  readonly now: Prisma.Sql;
  /** Rows that are due since before this count as lost; half a minute ago. */
  readonly before: Prisma.Sql;
  /** An instant so many seconds ago. */
  ago(seconds: number): Prisma.Sql;
  /** Chat platforms whose members can be read. */
  readonly listedPlatforms: readonly string[];
}

/** A task, all of it, in one file beside its feature. It must be idempotent. */
export interface TaskDefinition<Name extends TaskName = TaskName> {
  /** Queues hold it: it does not change while jobs may be waiting. */
  readonly name: Name;
  readonly payload: z.ZodType<TaskPayloads[Name]>;
  /**
   * A SELECT of the rows whose task was lost, because the queue forgot it or its worker died: oldest first, at most
   * 1,000. Its columns are the payload. Null: there is no such row.
   */
  readonly overdue: ((query: OverdueQuery) => Prisma.Sql) | null;
  /** After the last attempt the sweep finds the row, if it still waits. */
  readonly retry: Retry;
  /** How many that come at the same moment may share a job, and run at once; one where nothing is said. */
  readonly mostInOneJob?: number;
  /** Only where the payload is empty: the worker adds it by its own timer, not the queue's, which may lose what it holds. */
  readonly repeat?: Repeat;
  run(deps: Deps, payload: TaskPayloads[Name]): Promise<void>;
}

/** One definition for each task. */
export type TaskDefinitions = { readonly [Name in TaskName]: TaskDefinition<Name> };

/**
 * Define a task beside its feature.
 *
 * @example
 * const payload = z.object({ exportId: z.uuid() });
 * declare module './tasks.js' {
 *   interface TaskPayloads {
 *     'voicemail.export': z.infer<typeof payload>;
 *   }
 * }
 * export const exportTask = defineTask({ name: 'voicemail.export', payload, overdue, retry, run });
 */
export const defineTask = <Name extends TaskName>(task: TaskDefinition<Name>): TaskDefinition<Name> => task;

/** The task of this name with this payload, checked. Throws when the payload is not the definition's. */
export const parseTask = (definitions: TaskDefinitions, name: TaskName, payload: unknown): Task =>
  ({ name, payload: definitions[name].payload.parse(payload) }) as Task;

/** Does a task, as the queue or a test hands it over. Rejects when it should be tried again. */
export async function runTask(
  definitions: TaskDefinitions,
  deps: Deps,
  task: { readonly name: TaskName; readonly payload: unknown },
): Promise<void> {
  const { name, payload } = parseTask(definitions, task.name, task.payload);
  return (definitions[name] as TaskDefinition).run(deps, payload);
}
