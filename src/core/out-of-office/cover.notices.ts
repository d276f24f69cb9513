import { lineCard } from '../chat/chat.views.js';
import { wordsIn } from '../chat/words.js';
import { defineNotice } from '../notices/define-notice.js';
import { namesOf } from '../people/index.js';
import { answeredCard, coverCard, noLongerCard } from './cover.views.js';
import { findAnyPeriod } from './out-of-office.js';

declare module '../notices/notice-kind.js' {
  interface NoticeKinds {
    'out-of-office.asked': true;
    'out-of-office.answered': true;
  }
}

/** To the backup: asks whether they will cover; later shows the answer, or that they are no longer needed. */
export const backupAsked = defineNotice({
  kind: 'out-of-office.asked',
  async card(deps, { subjectId, userId }, reader) {
    const found = await findAnyPeriod(deps.db, subjectId);
    if (!found) return undefined;
    const { period, tenantId, live } = found;
    const name = (await namesOf(deps.db, tenantId, [period.userId])).get(period.userId) ?? '?';
    const over = !live || (period.endsAt !== undefined && period.endsAt <= reader.now);
    if (over || period.backupId !== userId) return noLongerCard(reader, name);
    return coverCard(reader, { ...period, name, answer: period.backupAnswer });
  },
});

/** To the person who is out: the backup's answer. */
export const backupAnswered = defineNotice({
  kind: 'out-of-office.answered',
  async card(deps, { subjectId }, reader) {
    const found = await findAnyPeriod(deps.db, subjectId);
    if (!found) return undefined;
    const { period, tenantId, live } = found;
    if (!live) return lineCard(wordsIn(reader.locale).outOfOffice.gone);
    const answered = period.backupAnswer === 'accepted' || period.backupAnswer === 'declined';
    if (period.backupId === undefined || !answered) return undefined;
    const name = (await namesOf(deps.db, tenantId, [period.backupId])).get(period.backupId) ?? '?';
    return answeredCard(reader, name, { ...period, answer: period.backupAnswer }, found.declineReason);
  },
});
