import { missedCallsOf } from '../calls/count-calls.js';
import { change } from '../change.js';
import { installationActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import { raiseNoticeFor } from '../notices/notice.js';
import { closedDaysAround } from '../routing/holidays.js';
import { isWorkingDay } from '../routing/hours.js';
import { undoneMessages } from '../voicemail/mailbox/open-messages.js';
import { type DueDigest, findDueDigests, recordDigest } from './digest.store.js';
import { mostLines, type ShownDigest } from './digest.views.js';

/** A digest is sent from this hour of the person's morning on; one that could not be sent before noon waits for the next. */
const morning = { from: 8, until: 12 };
const mostAtOnce = 500;
const dayMillis = 24 * 3_600_000;

/**
 * Send the digests that are due: in the morning of each person's working day, daily or the first of the week. The digest
 * of a person who is out of office is put off to their first morning back, where it tells what came since the last one;
 * the return digest (`out-of-office/milestones`) tells of the calls of the whole absence. Called by the task
 * `digests.send`. Idempotent: a row records what became of each person's digest of the day.
 */
export async function sendDigests(deps: Deps): Promise<void> {
  for (;;) {
    const due = await findDueDigests(deps.db, deps.clock.now(), { ...morning, most: mostAtOnce });
    for (const digest of due) await sendDigest(deps, digest);
    if (due.length < mostAtOnce) return;
  }
}

async function sendDigest(deps: Deps, due: DueDigest): Promise<void> {
  const { tenantId, userId, day } = due;
  const now = deps.clock.now();
  const since = sinceOf(due, now);
  const week = { hours: due.hours, timeZone: due.timeZone, holidays: closedDaysAround(due.holidays, now) };
  const status = !isWorkingDay(week, day)
    ? 'skipped'
    : isEmpty(await digestOf(deps, { tenantId, userId, since, until: now }))
      ? 'empty'
      : 'sent';
  await change(deps, installationActor(tenantId, 'job'), async (change) => {
    const subjectId = await recordDigest(change, { userId, day, since, status });
    if (subjectId !== undefined && status === 'sent')
      await raiseNoticeFor(change, { kind: 'digest', subjectId, userId });
  });
}

/** From the last digest on, but no further back than twice the period. */
function sinceOf({ wants, lastAt }: DueDigest, now: Date): Date {
  const days = wants === 'daily' ? 1 : 7;
  const usual = new Date(now.getTime() - days * dayMillis);
  const earliest = new Date(now.getTime() - (days + 7) * dayMillis);
  if (lastAt === null) return usual;
  return lastAt > earliest ? lastAt : earliest;
}

/** What is new in a digest decides whether it is sent: old messages alone are no news. */
const isEmpty = ({ fresh, missed }: ShownDigest): boolean => fresh.total + missed.total === 0;

/** The person and the period of a digest; `until` is exclusive. */
interface DigestPeriod {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly since: Date;
  readonly until: Date;
}

/** Return what a digest lists, as it is now. */
export async function digestOf(deps: Deps, { tenantId, userId, since, until }: DigestPeriod): Promise<ShownDigest> {
  const mailboxes = { tenantId, userId, now: until };
  const [fresh, open, missed] = await Promise.all([
    undoneMessages(deps, mailboxes, { from: since, until }, mostLines),
    undoneMessages(deps, mailboxes, { from: undefined, until: since }, mostLines),
    missedCallsOf(deps.db, { tenantId, userId, from: since, until }, mostLines),
  ]);
  return { fresh, open, missed };
}
