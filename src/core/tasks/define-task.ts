import type { z } from 'zod';
import type { Prisma } from '../../generated/prisma/client.js';
import type { Deps } from '../deps.js';
import type { Task, TaskName, TaskPayloads } from './tasks.js';

/** How many attempts a job has, and how long before the second one; the delay doubles before each later one. */
export interface Retry {
  readonly attempts: number;
  readonly afterSeconds: number;
}

/** For a task whose row says when it is due again: the sweep retries it. */
export const retriedBySweep: Retry = { attempts: 1, afterSeconds: 1 };

/** When a worker adds a task by its own timer, counted from the worker's start. */
export interface Repeat {
  readonly firstAfterSeconds: number;
  readonly everySeconds: number;
}

/** Values for a query for overdue rows; the instants are SQL expressions in PostgreSQL's time. */
export interface OverdueQuery {
  readonly now: Prisma.Sql;
  /** Rows that have been due since before this count as lost; half a minute ago. */
  readonly before: Prisma.Sql;
  /** The instant `seconds` ago. */
  ago(seconds: number): Prisma.Sql;
  /** The chat platforms whose members can be read. */
  readonly listedPlatforms: readonly string[];
}

/** The whole definition of a task, in one file beside its feature. The task must be idempotent. */
export interface TaskDefinition<Name extends TaskName = TaskName> {
  /** Queues store the name, so it must not change while jobs may be waiting. */
  readonly name: Name;
  readonly payload: z.ZodType<TaskPayloads[Name]>;
  /**
   * A SELECT of the rows whose job was lost because the queue lost it or its worker ended: oldest first, at most 1,000.
   * Its columns are the payload. Null: there are no such rows.
   */
  readonly overdue: ((query: OverdueQuery) => Prisma.Sql) | null;
  /** After the last attempt the sweep finds the row, if its work is still due. */
  readonly retry: Retry;
  /** How many tasks added at the same moment may share a job and run concurrently; 1 by default. */
  readonly mostInOneJob?: number;
  /** Only for an empty payload: the worker adds the task by its own timer, because a queue may lose its schedule. */
  readonly repeat?: Repeat;
  run(deps: Deps, payload: TaskPayloads[Name]): Promise<void>;
}

/** The definition of every task, by name. */
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

/** Return the task of this name with this payload. Throws if the payload does not fit the definition. */
export const parseTask = (definitions: TaskDefinitions, name: TaskName, payload: unknown): Task =>
  ({ name, payload: definitions[name].payload.parse(payload) }) as Task;

/** Run a task that a queue or a test delivers. Rejects when it should be retried. */
export async function runTask(
  definitions: TaskDefinitions,
  deps: Deps,
  task: { readonly name: TaskName; readonly payload: unknown },
): Promise<void> {
  const { name, payload } = parseTask(definitions, task.name, task.payload);
  return (definitions[name] as TaskDefinition).run(deps, payload);
}
