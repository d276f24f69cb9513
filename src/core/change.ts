import { appendLines } from './audit-chain/append-audit.store.js';
import type { AuditEvent } from './audit-chain/audit-event.js';
import { auditKeyOf } from './audit-chain/audit-key.js';
import type { Actor } from './chat/actor.js';
import type { Deps, Transaction } from './deps.js';
import type { TenantId, UserId } from './ids.js';
import { markDone } from './requests/request-row.store.js';
import type { Task } from './tasks/tasks.js';

/** What a store function needs in order to write: every write has a transaction, an actor and an audit record. */
export interface Change {
  readonly db: Transaction;
  readonly actor: Actor;
  readonly tenantId: TenantId;
  readonly now: Date;
  /** Record an audit event; its line is written in this transaction. */
  record(event: AuditEvent): void;
  /** Enqueue a task after the commit. The sweep finds its row if that fails. */
  enqueue(task: Task): void;
  /** Refresh the open pages of a user after the commit. */
  touch(userId: UserId): void;
  /** What ends with a person's access, defined by the features that granted it. */
  readonly accessEnds: readonly AccessEnd[];
}

/** What a change took from people. */
export interface LostAccess {
  /** Undefined: everybody in the company, by a setting of the company. */
  readonly userId: UserId | undefined;
  /** The people can no longer open Attendant. */
  readonly entry: boolean;
  /** The person's role has fewer permissions than before. */
  readonly role: boolean;
}

/**
 * Ends, in the change that took access, what one feature let these people do: sessions, links, an impersonation.
 * Returns how many of each ended, for the audit line. Idempotent. Each feature defines its own;
 * `core/app/access-ends.ts` lists them.
 */
export type AccessEnd = (change: Change, lost: LostAccess) => Promise<Readonly<Record<string, number>>>;

declare module './deps.js' {
  interface Deps {
    readonly accessEnds: readonly AccessEnd[];
  }
}

/**
 * Run `work` in one transaction with its audit lines, then enqueue the tasks it added. A change that writes nothing
 * leaves no line; a change that writes must `record`. The chat request behind it is marked as done in the same
 * transaction; a request with several transactions is done with the first, and leaves the rest to rows and tasks.
 * Rejects with `RequestTakenUp` if another runner has taken over the request.
 */
export async function change<Result>(
  deps: Deps,
  actor: Actor,
  work: (change: Change) => Promise<Result>,
): Promise<Result> {
  const now = deps.clock.now();
  const tasks: Task[] = [];
  const touched = new Set<UserId>();

  const result = await deps.db.$transaction(async (db) => {
    const events: AuditEvent[] = [];
    const result = await work({
      db,
      actor,
      tenantId: actor.tenantId,
      now,
      record: (event) => events.push(event),
      enqueue: (task) => tasks.push(task),
      touch: (userId) => touched.add(userId),
      accessEnds: deps.accessEnds,
    });
    if (events.length > 0) {
      if ('request' in actor && actor.request) await markDone(db, actor.request);
      // Last, because the chain is locked from here to the commit.
      await appendLines(db, auditKeyOf(deps.secret), actor, now, events);
    }
    return result;
  });

  if (tasks.length > 0) await enqueue(deps, tasks);
  for (const userId of touched) deps.changes.publish(userId);
  return result;
}

/**
 * Enqueue tasks after the commit. Never rejects: an unreachable queue must not turn a saved change into an error; the
 * sweep finds the rows.
 */
export const enqueue = (deps: Deps, tasks: readonly Task[]): Promise<void> =>
  deps.tasks.add(tasks).catch((error) => deps.log.warn({ error }, 'enqueue failed'));
