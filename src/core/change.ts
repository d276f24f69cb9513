import { appendLines } from './audit-chain/append-audit.store.js';
import type { AuditEvent } from './audit-chain/audit-event.js';
import { auditKeyOf } from './audit-chain/audit-key.js';
import type { Actor } from './chat/actor.js';
import type { Deps, Transaction } from './deps.js';
import type { TenantId, UserId } from './ids.js';
import { markDone } from './requests/seen-request.store.js';
import type { Task } from './tasks/tasks.js';

/** What a store function needs in order to write: without one it cannot, so nothing is written off the record. */
export interface Change {
  readonly db: Transaction;
  readonly actor: Actor;
  readonly tenantId: TenantId;
  readonly now: Date;
  /** Notes what changed; the line is written in this transaction. */
  record(event: AuditEvent): void;
  /** Work that the rows now wait for; enqueued after the commit. The sweep finds it if that fails. */
  enqueue(task: Task): void;
  /** Somebody's pages no longer show the truth; they are told after the commit. */
  touch(userId: UserId): void;
  /** What ends with somebody's access, by the features that gave it. */
  readonly accessEnds: readonly AccessEnd[];
}

/** What a change took from people. */
export interface LostAccess {
  /** Undefined: everybody of the company, by a setting of the company. */
  readonly userId: UserId | undefined;
  /** They can no longer open Attendant. */
  readonly entry: boolean;
  /** Their role has fewer permissions than before. */
  readonly role: boolean;
}

/**
 * Ends, in the change that took access, what one feature let these people do: sessions, links, an impersonation. Returns
 * how many of each ended, for the audit line. Idempotent. Each feature defines its own; `core/app/access-ends.ts` lists them.
 */
export type AccessEnd = (change: Change, lost: LostAccess) => Promise<Readonly<Record<string, number>>>;

declare module './deps.js' {
  interface Deps {
    readonly accessEnds: readonly AccessEnd[];
  }
}

/**
 * Runs `work` in one transaction with its audit lines, then enqueues what it asked for.
 * A change that writes nothing leaves no line; a change that writes must `record`. The chat request it is made for is
 * marked as done in the same transaction; an act of several transactions is done with the first, and leaves the rest to
 * rows and tasks. Rejects with `RequestTakenUp` where another runner has the request by now.
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

/** After the commit. The rows are the truth: a queue that is away must not turn a saved change into an error. */
export const enqueue = (deps: Deps, tasks: readonly Task[]): Promise<void> =>
  deps.tasks.add(tasks).catch((error) => deps.log.warn({ error }, 'enqueue failed'));
