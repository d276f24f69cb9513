import { Prisma } from '../../generated/prisma/client.js';
import type { Clock, Db, Transaction } from '../deps.js';
import { type LeaseRenewal, shortestLeaseSeconds } from './lease.js';

/**
 * A lease on a row, for every job: `claimedAt` is its holder's token, `dueAt` is until when it holds.
 *
 *   free (`claimedAt` null) → held → free again, or done
 *                                  → abandoned (`dueAt` is over): whoever claims next takes it over
 *
 * All instants are PostgreSQL's: the clocks of processes differ, and a worker whose clock runs ahead must not take over
 * what another holds.
 */
export interface Lease {
  readonly id: string;
  readonly claimedAt: Date;
}

/**
 * How long a lease holds when nobody renews it. People wait for cards, so what a killed process had in hand is soon
 * taken up; the rest may take longer than one renewal that fails.
 */
const leaseSeconds = {
  Notice: shortestLeaseSeconds,
  Posting: 15,
  Export: 90,
  AwaitedMessage: 90,
  BringIn: 90,
  ImportRun: 30,
  MemberList: 90,
  Member: 90,
} as const;

/** Tables whose rows are leased: they have `id`, `claimedAt`, `dueAt` and `attempts`. */
type LeasedTable = Exclude<keyof typeof leaseSeconds, 'Member'>;

/** An SQL expression: now, by PostgreSQL's clock; in tests, whose clock stands still, by theirs. */
export const databaseNow = (clock: Clock): Prisma.Sql =>
  clock.isFake
    ? Prisma.sql`${clock.now()}::timestamptz`
    : Prisma.sql`date_trunc('milliseconds', statement_timestamp())`;

/** An SQL expression: so many seconds from now; negative: ago. */
export const secondsFromNow = (clock: Clock, seconds: number): Prisma.Sql =>
  Prisma.sql`(${databaseNow(clock)} + make_interval(secs => ${seconds}::float8))`;

/** An SQL expression: until when a lease holds that is taken or renewed now. */
export const heldUntil = (clock: Clock, table: keyof typeof leaseSeconds): Prisma.Sql =>
  secondsFromNow(clock, leaseSeconds[table]);

/** For `SET`: takes the lease. */
export const takeLease = (clock: Clock, table: LeasedTable): Prisma.Sql =>
  Prisma.sql`"claimedAt" = ${databaseNow(clock)}, "dueAt" = ${heldUntil(clock, table)}, attempts = attempts + 1`;

/** For `WHERE`: nobody holds the row. */
export const isFree = (clock: Clock): Prisma.Sql =>
  Prisma.sql`("claimedAt" IS NULL OR "dueAt" < ${databaseNow(clock)})`;

/** For `WHERE`: the row is still ours. */
export const heldBy = ({ id, claimedAt }: Lease): Prisma.Sql =>
  Prisma.sql`id = ${id}::uuid AND "claimedAt" = ${claimedAt}`;

/** Holds the lease for longer. False: it was lost meanwhile. */
export async function renewLease(
  db: Db | Transaction,
  clock: Clock,
  table: LeasedTable,
  lease: Lease,
): Promise<boolean> {
  const renewed = await db.$executeRaw`
    UPDATE ${Prisma.raw(`"${table}"`)} SET "dueAt" = ${heldUntil(clock, table)} WHERE ${heldBy(lease)}`;
  return renewed > 0;
}

/** Ends the lease; the row is due again in so many seconds. False: it was lost meanwhile. */
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

/** Ends the lease: the row's work is over, and its status says how. False: it was lost meanwhile, or over already. */
export async function finishLease(
  db: Db | Transaction,
  table: 'AwaitedMessage' | 'BringIn' | 'Export',
  lease: Lease,
  over: { readonly status: string; readonly doneAt: Date },
): Promise<boolean> {
  const finished = await db.$executeRaw`
    UPDATE ${Prisma.raw(`"${table}"`)} SET status = ${over.status}, "claimedAt" = NULL, "doneAt" = ${over.doneAt}
    WHERE ${heldBy(lease)} AND status = 'waiting'`;
  return finished > 0;
}

/** How the lease keeper renews a lease while this event loop is blocked. */
export const renewalOutside = (table: LeasedTable, { id, claimedAt }: Lease): LeaseRenewal => ({
  text: `UPDATE "${table}" SET "dueAt" = GREATEST("dueAt", now() + interval '${leaseSeconds[table]} seconds')
    WHERE id = $1::uuid AND "claimedAt" = $2::timestamptz`,
  values: [id, claimedAt.toISOString()],
});
