import type { Db } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';

/** The calls for one person during an absence. */
export interface AbsenceCalls {
  /** Calls that somebody else answered. */
  readonly answered: number;
  /** Who answered most of them, the busiest first; without those that a number took. */
  readonly takers: readonly { readonly userId: UserId; readonly calls: number }[];
  /** Calls that nobody answered and that left no message. */
  readonly missed: number;
}

const mostTakers = 5;

/** Count the calls for a person from an instant until another, which is exclusive. */
export async function countCallsOf(
  db: Db,
  tenantId: TenantId,
  userId: UserId,
  from: Date,
  until: Date,
): Promise<AbsenceCalls> {
  const groups = await db.call.groupBy({
    by: ['disposition', 'answeredByUserId'],
    where: { tenantId, askedForUserId: userId, startedAt: { gte: from, lt: until } },
    _count: true,
  });
  const of = (...dispositions: string[]) =>
    groups.filter(
      ({ disposition, answeredByUserId }) => dispositions.includes(disposition) && answeredByUserId !== userId,
    );
  const sum = (counted: typeof groups) => counted.reduce((calls, group) => calls + group._count, 0);
  const takers = of('answered')
    .flatMap(({ answeredByUserId, _count: calls }) =>
      answeredByUserId === null ? [] : [{ userId: asId<UserId>(answeredByUserId), calls }],
    )
    .sort((a, b) => b.calls - a.calls)
    .slice(0, mostTakers);
  return { answered: sum(of('answered')), takers, missed: sum(of('missed', 'abandoned')) };
}

/** The person and the time of the calls; `until` is exclusive. */
interface CallsOf {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly from: Date;
  readonly until: Date;
}

/** Return the newest calls that nobody answered and that left no message, and how many there are. */
export async function missedCallsOf(
  db: Db,
  { tenantId, userId, from, until }: CallsOf,
  most: number,
): Promise<{
  readonly total: number;
  readonly lines: readonly { readonly callerName: string; readonly ani: string; readonly at: Date }[];
}> {
  const where = { tenantId, askedForUserId: userId, startedAt: { gte: from, lt: until }, disposition: 'missed' };
  const [total, rows] = await Promise.all([
    db.call.count({ where }),
    db.call.findMany({
      where,
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: most,
      select: { callerName: true, ani: true, startedAt: true },
    }),
  ]);
  return { total, lines: rows.map(({ startedAt, ...caller }) => ({ ...caller, at: startedAt })) };
}
