import { countCallsOf } from '../calls/count-calls.js';
import type { Reader } from '../chat/phrasing.js';
import type { Deps } from '../deps.js';
import { defineNotice, waitsAsNews } from '../notices/define-notice.js';
import { namesOf } from '../people/index.js';
import { effective } from '../settings/why.js';
import { countOpenMessages } from '../voicemail/mailbox/open-messages.js';
import { noLongerCard } from './cover.views.js';
import {
  beganCard,
  coverBeganCard,
  coverEndedCard,
  type NoticedAbsence,
  remindedCard,
  returnedCard,
  unansweredCard,
} from './milestones.views.js';
import { findAnyPeriod } from './out-of-office.js';

declare module '../notices/notice-kind.js' {
  interface NoticeKinds {
    'out-of-office.reminded': true;
    'out-of-office.unanswered': true;
    'out-of-office.began': true;
    'out-of-office.cover-began': true;
    'out-of-office.returned': true;
    'out-of-office.cover-ended': true;
  }
}

type Found = NonNullable<Awaited<ReturnType<typeof findAnyPeriod>>>;

/** The absence of a notice, named after the person `of` it whom the reader is not. */
async function absenceOf(
  deps: Deps,
  subjectId: string,
  of: 'person' | 'backup',
): Promise<(Found & { readonly shown: NoticedAbsence }) | undefined> {
  const found = await findAnyPeriod(deps.db, subjectId);
  if (!found) return undefined;
  const { period, tenantId } = found;
  const id = of === 'person' ? period.userId : period.backupId;
  const name = id === undefined ? '?' : ((await namesOf(deps.db, tenantId, [id])).get(id) ?? '?');
  return { ...found, shown: { ...period, name, answer: period.backupAnswer } };
}

const isOver = ({ period, live }: Found, { now }: Reader): boolean =>
  !live || (period.endsAt !== undefined && period.endsAt <= now);

/** To the backup who has not answered. */
export const backupReminded = defineNotice({
  kind: 'out-of-office.reminded',
  waits: waitsAsNews,
  async card(deps, { subjectId, userId }, reader) {
    const found = await absenceOf(deps, subjectId, 'person');
    if (!found) return undefined;
    const { period, shown } = found;
    if (isOver(found, reader) || period.backupId !== userId) return noLongerCard(reader, shown.name);
    return remindedCard(reader, shown);
  },
});

/** To the person whose backup has not answered for three days. */
export const backupSilent = defineNotice({
  kind: 'out-of-office.unanswered',
  waits: waitsAsNews,
  async card(deps, { subjectId }, reader) {
    const found = await absenceOf(deps, subjectId, 'backup');
    if (!found || found.period.backupId === undefined || found.period.backupAnswer !== 'asked') return undefined;
    const company = { tenantId: found.tenantId, userId: undefined };
    const counts = await effective(deps, company, 'backupCountsAtOnce');
    return unansweredCard(reader, found.shown, counts);
  },
});

/** To the person: the absence they planned has begun. */
export const absenceBegan = defineNotice({
  kind: 'out-of-office.began',
  waits: waitsAsNews,
  async card(deps, { subjectId }, reader) {
    const found = await absenceOf(deps, subjectId, 'backup');
    return found && !isOver(found, reader) ? beganCard(reader, found.shown) : undefined;
  },
});

/** To the backup: the calls ring them from now on. */
export const coverBegan = defineNotice({
  kind: 'out-of-office.cover-began',
  async card(deps, { subjectId, userId }, reader) {
    const found = await absenceOf(deps, subjectId, 'person');
    if (!found || found.period.backupId !== userId) return undefined;
    return isOver(found, reader) ? coverEndedCard(reader, found.shown.name) : coverBeganCard(reader, found.shown);
  },
});

/** To the backup: the person is back. */
export const coverEnded = defineNotice({
  kind: 'out-of-office.cover-ended',
  waits: waitsAsNews,
  async card(deps, { subjectId }, reader) {
    const found = await absenceOf(deps, subjectId, 'person');
    return found && coverEndedCard(reader, found.shown.name);
  },
});

/** To the person who is back: the calls and messages of the absence. */
export const personReturned = defineNotice({
  kind: 'out-of-office.returned',
  waits: waitsAsNews,
  async card(deps, { subjectId, userId }, reader) {
    const found = await findAnyPeriod(deps.db, subjectId);
    const { startsAt, endsAt } = found?.period ?? {};
    if (!found || !startsAt || !endsAt) return undefined;
    const { tenantId } = found;
    const hasVoicemail = (await effective(deps, { tenantId, userId: undefined }, 'edition')) === 'attendant_plus';
    const [calls, openMessages] = await Promise.all([
      countCallsOf(deps.db, tenantId, userId, startsAt, endsAt),
      hasVoicemail ? countOpenMessages(deps, { tenantId, userId, from: startsAt, until: endsAt }) : undefined,
    ]);
    const names = await namesOf(
      deps.db,
      tenantId,
      calls.takers.map((taker) => taker.userId),
    );
    const takers = calls.takers.map((taker) => ({ name: names.get(taker.userId) ?? '?', calls: taker.calls }));
    return returnedCard(reader, { id: found.period.id, calls, takers, openMessages });
  },
});
