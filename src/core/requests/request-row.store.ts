/**
 * A request's row, from the moment the request is taken:
 *
 *     running ── done (in the change's own transaction, or once it is answered)
 *        └────── deleted (it changed nothing, and may be delivered again under the same id)
 *
 * The runner of a request holds it by a short lease, in the database's time, and renews it. When the lease has run out,
 * the runner counts as gone: a repeat, or the sweep, takes the row over under the next `run` number. A runner that is
 * still alive finds its number outdated when it marks the row, and its transaction rolls back: at most one commits.
 */
import { Prisma } from '../../generated/prisma/client.js';
import type { RunningRequest } from '../chat/actor.js';
import { batched } from '../coalesce-calls.js';
import type { Db, Transaction } from '../deps.js';
import type { RequestId } from '../ids.js';
import type { StoredRequest } from './stored-request.js';

/**
 * Renewed every three seconds (`core/tasks/lease.ts`); short, because a person who repeats an interrupted request
 * waits.
 */
const leaseSeconds = 8;
const untilLeaseEnds = Prisma.sql`clock_timestamp() + make_interval(secs => ${leaseSeconds})`;

/**
 * A part of a statement (WITH) that takes the request, or takes it over if its runner is gone. Returns the `run`, and
 * no row for a repeat. `asked`: the request, stored if the person is promised an answer later.
 */
export const takeRequestSql = (id: RequestId, now: Date, asked: StoredRequest | undefined): Prisma.Sql => Prisma.sql`
      INSERT INTO "SeenRequest" AS seen (id, at, "heldUntil", asked)
      VALUES (${id}, ${now}, ${untilLeaseEnds}, ${asked === undefined ? null : JSON.stringify(asked)}::jsonb)
      ON CONFLICT (id) DO UPDATE SET run = seen.run + 1, "heldUntil" = ${untilLeaseEnds}
      WHERE seen."doneAt" IS NULL AND seen."heldUntil" < clock_timestamp()
      RETURNING run`;

/** Thrown inside a change whose request another runner took over: its transaction rolls back. */
export class RequestTakenUp extends Error {
  constructor() {
    super('request taken over by another runner');
  }
}

/**
 * Mark the request as done, inside the transaction that runs it, so that both commit or neither. Throws
 * `RequestTakenUp`.
 */
export async function markDone(db: Transaction, { id, run }: RunningRequest): Promise<void> {
  const marked = await db.$executeRaw`
    UPDATE "SeenRequest" SET "doneAt" = COALESCE("doneAt", clock_timestamp()) WHERE id = ${id} AND run = ${run}`;
  if (marked === 0) throw new RequestTakenUp();
}

/** Renew the lease of a running request. */
export async function renewLease(db: Db, { id, run }: RunningRequest): Promise<void> {
  await db.$executeRaw`UPDATE "SeenRequest" SET "heldUntil" = ${untilLeaseEnds} WHERE id = ${id} AND run = ${run}`;
}

/** Mark the request as done and delete its stored content. Batched, because nothing waits for it. */
export const markAnswered = batched(
  async (db: Db, answered: readonly RunningRequest[]) => {
    const rows = JSON.stringify(answered.map(({ id, run }) => ({ id, run })));
    await db.$executeRaw`
      UPDATE "SeenRequest" seen SET "doneAt" = COALESCE("doneAt", clock_timestamp()), asked = NULL
      FROM jsonb_to_recordset(${rows}::jsonb) AS answered (id text, run int)
      -- What it marks is marked by its lease's end anyway: no wait for the disk.
      CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) AS unsynced
      WHERE seen.id = answered.id AND seen.run = answered.run`;
    return answered.map(() => undefined);
  },
  { most: 500, everyMilliseconds: 25 },
);

/**
 * Delete a request that changed nothing: the same id may be delivered again, as when a form's problems are corrected.
 * No-op for a request that is done.
 */
export async function forgetRequest(db: Db, { id, run }: RunningRequest): Promise<void> {
  const forgotten =
    await db.$executeRaw`DELETE FROM "SeenRequest" WHERE id = ${id} AND run = ${run} AND "doneAt" IS NULL`;
  if (forgotten === 0) await markAnswered(db, { id, run });
}

/** A request whose runner ended before the person had an answer. */
export interface InterruptedRequest extends RunningRequest {
  readonly at: Date;
  readonly done: boolean;
  /** This attempt included. */
  readonly tries: number;
  readonly asked: unknown;
}

/** Take over interrupted requests whose people wait for an answer, the longest interrupted first, up to `most`. */
export async function takeInterrupted(db: Db, most: number): Promise<readonly InterruptedRequest[]> {
  return db.$queryRaw<InterruptedRequest[]>`
    WITH lost AS (
      SELECT id FROM "SeenRequest" WHERE asked IS NOT NULL AND "heldUntil" < clock_timestamp()
      ORDER BY "heldUntil" LIMIT ${most} FOR UPDATE SKIP LOCKED
    )
    UPDATE "SeenRequest" seen
    SET run = seen.run + 1, tries = tries + 1, "heldUntil" = ${untilLeaseEnds}
    FROM lost WHERE seen.id = lost.id
    RETURNING seen.id, seen.run, seen.at, seen."doneAt" IS NOT NULL AS done, seen.tries, seen.asked`;
}

/** An SQL condition: a request exists that `takeInterrupted` would find. */
export const hasInterrupted: Prisma.Sql = Prisma.sql`EXISTS (
  SELECT 1 FROM "SeenRequest" WHERE asked IS NOT NULL AND "heldUntil" < clock_timestamp())`;

/** Delete requests taken before `before`, up to `most` a statement, so that no statement takes long. */
export async function forgetRequests(db: Db, before: Date, most = 5_000): Promise<void> {
  const forgetSome = () => db.$executeRaw`
    DELETE FROM "SeenRequest" WHERE id IN (
      SELECT id FROM "SeenRequest" WHERE at < ${before} ORDER BY at LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
  while ((await forgetSome()) === most);
}
