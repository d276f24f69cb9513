import { lineCard } from '../chat/chat.views.js';
import type { Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { NoticeCard } from '../notices/notice.js';
import { namesOf } from '../people/people.js';
import { answeredCard, coverCard, noLongerCard } from './cover.views.js';
import { findAnyPeriod } from './out-of-office.js';

/** The card that asks a backup; later what they answered, or that they are needed no more. */
export const askedCard: NoticeCard = async (deps, { subjectId, userId }, reader): Promise<Card | undefined> => {
  const found = await findAnyPeriod(deps.db, subjectId);
  if (!found) return undefined;
  const { period, tenantId, live } = found;
  const name = (await namesOf(deps.db, tenantId, [period.userId])).get(period.userId) ?? '?';
  const over = !live || (period.endsAt !== undefined && period.endsAt <= reader.now);
  if (over || period.backupId !== userId) return noLongerCard(reader, name);
  return coverCard(reader, { ...period, name, answer: period.backupAnswer });
};

/** The card that tells whoever is out what their backup answered. */
export const backupAnsweredCard: NoticeCard = async (deps, { subjectId }, reader): Promise<Card | undefined> => {
  const found = await findAnyPeriod(deps.db, subjectId);
  if (!found) return undefined;
  const { period, tenantId, live } = found;
  if (!live) return lineCard(wordsIn(reader.locale).outOfOffice.gone);
  const answered = period.backupAnswer === 'accepted' || period.backupAnswer === 'declined';
  if (period.backupId === undefined || !answered) return undefined;
  const name = (await namesOf(deps.db, tenantId, [period.backupId])).get(period.backupId) ?? '?';
  return answeredCard(reader, name, { ...period, answer: period.backupAnswer });
};
