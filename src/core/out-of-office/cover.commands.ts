import { z } from 'zod';
import { lineCard } from '../chat/chat.views.js';
import { type ButtonHandler, defineButton, defineCommand, defineForm } from '../chat/define-handler.js';
import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { CarriedData } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { asId, type PeriodId } from '../ids.js';
import { namesOf } from '../people/index.js';
import { manyLines } from '../text.js';
import { coverActions } from './cover.action-ids.js';
import { coverCard, coversCard } from './cover.views.js';
import { reasonForm } from './milestones.views.js';
import { answerCover, explainDecline, findPeriodsAround } from './out-of-office.js';

/** `cover`: the people whom the requester covers, or is asked to cover. */
export const coverCommand = defineCommand({
  word: 'cover',
  also: ['covering'],
  french: ['suppléance', 'suppléer', 'couvrir', 'couverture'],
  permission: 'self',
  readOnly: true,
  actions: ['cover'],
  help: ({ outOfOffice }) => ({ what: outOfOffice.coverWhat, example: outOfOffice.coverExample }),
  async run(deps, { user, tenant, reader }) {
    const { covered } = await findPeriodsAround(deps.db, tenant.id, user.id, reader.now);
    const names = await namesOf(
      deps.db,
      tenant.id,
      covered.map(({ userId }) => userId),
    );
    const covers = covered.map((period) => ({
      ...period,
      name: names.get(period.userId) ?? '?',
      answer: period.backupAnswer,
    }));
    return { kind: 'say', card: coversCard(reader, covers) };
  },
});

const acceptButton = defineButton({
  id: coverActions.accept,
  permission: 'self',
  run: (deps, requester, carries) => answerReply(deps, requester, carries, 'accepted'),
});

const declineButton = defineButton({
  id: coverActions.decline,
  permission: 'self',
  run: (deps, requester, carries) => answerReply(deps, requester, carries, 'declined'),
});

async function answerReply(
  deps: Deps,
  requester: Requester,
  carries: CarriedData,
  answer: 'accepted' | 'declined',
): Promise<Reply> {
  const period = await answerCover(deps, requester.actor, asId<PeriodId>(carries.period ?? ''), answer);
  if (!period) throw new UserError((words) => words.outOfOffice.notAsked, 409);
  const name = (await namesOf(deps.db, requester.tenant.id, [period.userId])).get(period.userId) ?? '?';
  const shows = { kind: 'out-of-office.asked', subjectId: period.id, userId: requester.user.id };
  return { kind: 'replace', card: coverCard(requester.reader, { ...period, name, answer }), shows };
}

/** Why a backup declined: asked after the answer, because an answer without a reason is one too. */
export const coverReason = defineForm({
  id: coverActions.reason,
  permission: 'self',
  open: async (_deps, { reader }, { period = '' }) => reasonForm(reader, period),
  values: ({ chat }) => z.object({ reason: z.string(chat.required).max(500, chat.tooLong(500)) }),
  async submit(deps, requester, { reason }, { period: id = '' }) {
    const period = await explainDecline(deps, requester.actor, id, manyLines(reason, 500));
    if (!period) throw new UserError((words) => words.outOfOffice.notAsked, 409);
    const name = (await namesOf(deps.db, requester.tenant.id, [period.userId])).get(period.userId) ?? '?';
    return { kind: 'say', card: lineCard(wordsIn(requester.reader.locale).milestones.reasonSaved(name)) };
  },
});

/** The buttons of a backup. */
export const coverButtons: readonly ButtonHandler[] = [acceptButton, declineButton];
