import { hasPermission } from '../../chat/actor.js';
import type { Requester } from '../../chat/requester.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { UserId } from '../../ids.js';
import { findUser, findUsers } from '../../people/index.js';
import { formatNumber } from '../../phone-number.js';
import { callsWhileOff } from '../calls-while-off.js';
import { closedAnnouncement } from '../closure/announcement.js';
import { findClosure } from '../closure/closure.js';
import { closureAt } from '../closure/closure.types.js';
import { type Coverage, coverageOf } from '../explain.js';
import { findCompany, findRowsDuring } from '../load-rows.js';
import { type AnsweredDay, answeredDays } from './who-answers.js';

/** May this person be told where somebody’s calls go? Of their own calls, always. */
export const mayExplain = ({ actor, user }: Requester, userId: UserId): boolean =>
  userId === user.id || hasPermission(actor, 'users.view');

/** Where calls to this person go at that instant, in the reader’s language. Refuses (UserError) who may not know. */
export async function explainFor(deps: Deps, requester: Requester, userId: UserId, at: Date): Promise<Coverage> {
  if (!mayExplain(requester, userId)) throw new UserError((words) => words.routing.notYours, 403);
  return coverageOf(deps, requester.tenant.id, userId, at, requester.reader.locale);
}

/** As many days as the page looks ahead. */
const daysAhead = 14;
const dayMillis = 24 * 60 * 60 * 1000;

/** A call at one instant, and who answers on the days from then on. */
export interface RouteAhead {
  readonly coverage: Coverage;
  /** Of everybody on the path, by user id. */
  readonly names: ReadonlyMap<string, string>;
  /** In the reader’s zone. */
  readonly days: readonly AnsweredDay[];
}

/** Where calls to this person go at that instant and in the two weeks from then on; the same people may know. */
export async function routeAhead(deps: Deps, requester: Requester, userId: UserId, at: Date): Promise<RouteAhead> {
  const tenantId = requester.tenant.id;
  const coverage = await explainFor(deps, requester, userId, at);
  const on = coverage.path.flatMap((step) => ('userId' in step && step.userId ? [step.userId] : []));
  const company = await findCompany(deps.db, tenantId);
  const [people, rows] = await Promise.all([
    findUsers(deps.db, tenantId, on),
    findRowsDuring(deps, company, userId, {
      since: new Date(at.getTime() - 2 * dayMillis),
      until: new Date(at.getTime() + (daysAhead + 2) * dayMillis),
    }),
  ]);
  if (!rows) throw new UserError((words) => words.calls.unknownUser, 404);
  return {
    coverage,
    names: new Map(people.map(({ id, displayName }) => [id, displayName])),
    days: answeredDays(rows, at, daysAhead, requester.reader.timeZone),
  };
}

/** What a caller of the company’s own number meets, in plain steps. */
export async function explainCompanyNumber(
  deps: Deps,
  { tenant, reader }: Requester,
  number: string,
  at: Date,
): Promise<readonly string[]> {
  const company = await findCompany(deps.db, tenant.id);
  const words = wordsIn(reader.locale);
  if (!company.enabled) return (await callsWhileOff(deps, company, reader.locale)).because;
  const closure = closureAt(await findClosure(deps.db, tenant.id), at);
  const last = company.operatorId ?? company.generalMailboxId;
  const person = last && (await findUser(deps.db, tenant.id, last));
  const ends = closure && company.edition !== 'attendant_plus';
  return [
    words.calls.dialledCompany(formatNumber(number, company.country)),
    ...(closure ? [closedAnnouncement(company, closure, reader.locale)] : []),
    ...(ends ? [words.routing.callEnds] : [words.routing.asksForName]),
    ...(ends ? [] : [person ? words.routing.inVain(person.displayName) : words.calls.noOperator]),
  ];
}
