import { Prisma } from '../../generated/prisma/client.js';
import type { Clock, Db, Transaction } from '../deps.js';
import { type LeaseRenewal, shortestLeaseSeconds } from './lease.js';

/**
 * A lease on a row, the same for every job: `claimedAt` is its holder's token, `dueAt` is when it ends.
 *
 *   free (`claimedAt` null) → held → free again, or done
 *                                  → abandoned (`dueAt` has passed): the next claim takes it over
 *
 * All instants are PostgreSQL's: the clocks of processes differ, and a worker whose clock runs ahead must not take over
 * a row that another holds.
 */
export interface Lease {
  readonly id: string;
  readonly claimedAt: Date;
}

/**
 * How long a lease lasts without renewal. People wait for cards, so the notices of a killed process are taken over
 * soon; the other leases survive one failed renewal.
 */
const leaseSeconds = {
  Notice: shortestLeaseSeconds,
  Posting: 15,
  Export: 90,
  AwaitedMessage: 90,
  BringIn: 90,
  ImportRun: 30,
  PeopleChange: 90,
  Transcription: 90,
  MemberList: 90,
  Member: 90,
} as const;

/** Tables with leased rows: they have `id`, `claimedAt`, `dueAt` and `attempts`. */
type LeasedTable = Exclude<keyof typeof leaseSeconds, 'Member'>;

/** An SQL expression: now, by PostgreSQL's clock; in tests with a fake clock, by that clock. */
export const databaseNow = (clock: Clock): Prisma.Sql =>
  clock.isFake
    ? Prisma.sql`${clock.now()}::timestamptz`
    : Prisma.sql`date_trunc('milliseconds', statement_timestamp())`;

/** An SQL expression: the instant `seconds` from now; negative: ago. */
export const secondsFromNow = (clock: Clock, seconds: number): Prisma.Sql =>
  Prisma.sql`(${databaseNow(clock)} + make_interval(secs => ${seconds}::float8))`;

/** An SQL expression: the end of a lease that is taken or renewed now. */
export const leaseEnd = (clock: Clock, table: keyof typeof leaseSeconds): Prisma.Sql =>
  secondsFromNow(clock, leaseSeconds[table]);

/** For `SET`: take the lease. */
export const takeLease = (clock: Clock, table: LeasedTable): Prisma.Sql =>
  Prisma.sql`"claimedAt" = ${databaseNow(clock)}, "dueAt" = ${leaseEnd(clock, table)}, attempts = attempts + 1`;

/** For `WHERE`: the row is not leased. */
export const isFree = (clock: Clock): Prisma.Sql =>
  Prisma.sql`("claimedAt" IS NULL OR "dueAt" < ${databaseNow(clock)})`;

/** For `WHERE`: this holder still has the lease. */
export const heldBy = ({ id, claimedAt }: Lease): Prisma.Sql =>
  Prisma.sql`id = ${id}::uuid AND "claimedAt" = ${claimedAt}`;

/** Extend the lease. False: it was lost. */
export async function renewLease(
  db: Db | Transaction,
  clock: Clock,
  table: LeasedTable,
  lease: Lease,
): Promise<boolean> {
  const renewed = await db.$executeRaw`
    UPDATE ${Prisma.raw(`"${table}"`)} SET "dueAt" = ${leaseEnd(clock, table)} WHERE ${heldBy(lease)}`;
  return renewed > 0;
}

/** End the lease; the row is due again after `dueInSeconds`. False: the lease was lost. */
export async function endLease(
  db: Db | Transaction,
  clock: Clock,
  table: LeasedTable,
  lease: Lease,
  dueInSeconds: number,
): Promise<boolean> {
  const ended = await db.$executeRaw`
    UPDATE ${Prisma.raw(`"${table}"`)} SET "claimedAt" = NULL, "dueAt" = ${secondsFromNow(clock, dueInSeconds)}
    WHERE ${heldBy(lease)}`;
  return ended > 0;
}

/** End the lease of a row whose work is over, and set its status. False: the lease was lost, or has ended already. */
export async function finishLease(
  db: Db | Transaction,
  table: 'AwaitedMessage' | 'BringIn' | 'Export' | 'PeopleChange',
  lease: Lease,
  over: { readonly status: string; readonly doneAt: Date },
): Promise<boolean> {
  const finished = await db.$executeRaw`
    UPDATE ${Prisma.raw(`"${table}"`)} SET status = ${over.status}, "claimedAt" = NULL, "doneAt" = ${over.doneAt}
    WHERE ${heldBy(lease)} AND status = 'waiting'`;
  return finished > 0;
}

/** The statement by which the lease keeper renews a lease while this event loop is blocked. */
export const renewalOutside = (table: LeasedTable, { id, claimedAt }: Lease): LeaseRenewal => ({
  text: `UPDATE "${table}" SET "dueAt" = GREATEST("dueAt", now() + interval '${leaseSeconds[table]} seconds')
    WHERE id = $1::uuid AND "claimedAt" = $2::timestamptz`,
  values: [id, claimedAt.toISOString()],
});
