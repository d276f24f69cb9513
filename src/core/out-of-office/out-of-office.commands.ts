import { outsiderLine, personMentioned } from '../accounts/linking.js';
import { lineCard } from '../chat/chat.views.js';
import { type ButtonHandler, defineButton, defineCommand } from '../chat/define-handler.js';
import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { Card, CarriedData } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { foundCard, nobodyCard } from '../directory/directory.views.js';
import { findPeople, foundPeopleOf } from '../directory/find-people.js';
import { isVisibleByMention } from '../directory/search-directory.js';
import { UserError } from '../errors.js';
import { asId, type PeriodId } from '../ids.js';
import { findUser } from '../people/index.js';
import { handleOpenMessages } from '../voicemail/mailbox/open-messages.js';
import { openSetForm } from './absence-form.js';
import { decodeDraft, encodeDraft } from './draft-codec.js';
import { outOfOfficeActions } from './out-of-office.action-ids.js';
import {
  cancelPlannedPeriod,
  endRunningPeriod,
  findAnyPeriod,
  findOwnPeriod,
  previewOutOfOffice,
  requireOutOfOffice,
  setOutOfOffice,
} from './out-of-office.js';
import { fromLine, problemLine, refusedCard, understoodCard } from './out-of-office.views.js';
import { overview } from './overview.js';
import { periodViewModel, viewSettingsOf } from './period-view-model.js';
import type { Plan, PlanProblem } from './plan-period.js';
import { savedView } from './saved-view.js';
import { suggestBackup } from './suggest-backup.js';
import { type ReadLine, readLine } from './typed/read-line.js';

/** `ooo`: the form; with words after it, their meaning, to be confirmed. */
export const oooCommand = defineCommand({
  word: 'ooo',
  also: [
    ...['out', 'off', 'out of office', 'out of the office', "i'm out of office", "i'm out", 'i am out'],
    ...["i'm out of the office", 'i am out of office', 'i am out of the office', 'set out of office', 'set ooo'],
    ...['vacation', 'on vacation', "i'm on vacation", 'holiday', 'holidays', 'sick', 'off sick', 'pto'],
  ],
  french: [
    ...['absent', 'absente', 'absence', 'absent du bureau', 'absente du bureau', 'je suis absent', 'je suis absente'],
    ...['je suis absent du bureau', 'je suis absente du bureau', 'je suis en vacances', 'je suis en congé'],
    ...['congé', 'congés', 'en congé', 'vacances', 'en vacances', 'malade'],
  ],
  permission: 'self',
  help: ({ outOfOffice }) => ({ what: outOfOffice.what, example: outOfOffice.example }),
  async run(deps, requester, typed) {
    requireOutOfOffice(requester);
    if (typed.text === '' && typed.mentions.length === 0)
      return { kind: 'open', form: await openSetForm(deps, requester, {}) };

    const line = await readLine(deps, requester, typed);
    return understoodReply(deps, requester, line, await previewOutOfOffice(deps, requester.actor, line.wish));
  },
});

/** Show what was understood; saves nothing. */
async function understoodReply(
  deps: Deps,
  requester: Requester,
  { wish, unclear, remarks }: ReadLine,
  plan: Plan,
): Promise<Reply> {
  const { reader, tenant } = requester;
  const carries = encodeDraft(wish);
  const setting = viewSettingsOf(requester);
  if (plan.kind === 'problems' && unclear.length === 0) return refusedReply(requester, plan.problems, carries);

  const understood =
    plan.kind === 'period' ? await periodViewModel(deps, tenant.id, plan.period, plan.gaps) : undefined;
  if (unclear.length === 0 && understood && plan.kind === 'period') {
    const suggestion = await suggestBackup(deps, requester.actor, wish, plan.period);
    return sayReply(understoodCard(reader, { ...understood, remarks, suggestion }, setting, carries));
  }

  const words = wordsIn(reader.locale).outOfOffice;
  const lines = [...unclear, words.tryForm];
  const rest = understood && Object.keys(carries).length > 0 ? { period: understood.period, setting } : undefined;
  return sayReply(refusedCard(reader, { title: words.unclear, lines }, rest, carries));
}

/** Confirms what was understood. */
const confirmButton = defineButton({
  id: outOfOfficeActions.confirm,
  permission: 'self',
  async run(deps, requester, carries) {
    requireOutOfOffice(requester);
    const wish = await decodeDraft(deps, requester, carries);
    const saved = await setOutOfOffice(deps, requester.actor, wish);
    if (saved.kind === 'problems') return refusedReply(requester, saved.problems, carries);
    return { kind: 'replace', card: await savedView(deps, requester, saved, wish) };
  },
});

/** Asks a suggested colleague to cover for an absence that is saved already. */
const askButton = defineButton({
  id: outOfOfficeActions.ask,
  permission: 'self',
  async run(deps, requester, carries) {
    requireOutOfOffice(requester);
    const before = await findOwnPeriod(deps, requester.actor, asId<PeriodId>(carries.period ?? ''));
    const { startsAt: from, endsAt: until, note, privacy } = before;
    const backup = await findUser(deps.db, requester.tenant.id, carries.backup ?? '');
    const wish = { from, until, backup, number: undefined, note, privacy };
    const saved = await setOutOfOffice(deps, requester.actor, wish, before.id);
    if (saved.kind === 'problems') return refusedReply(requester, saved.problems, { period: before.id });
    return { kind: 'replace', card: await savedView(deps, requester, saved, wish) };
  },
});

const dismissButton = defineButton({
  id: outOfOfficeActions.dismiss,
  permission: 'self',
  run: async (_deps, { reader }) => ({
    kind: 'replace',
    card: lineCard(wordsIn(reader.locale).outOfOffice.dismissed),
  }),
});

/** `back`: the person has returned. */
export const backCommand = defineCommand({
  word: 'back',
  also: ['in', 'return', "i'm back", 'i am back'],
  french: ['retour', 'revenu', 'revenue', 'de retour', 'je suis de retour'],
  permission: 'self',
  help: ({ outOfOffice }) => ({ what: outOfOffice.backWhat, example: outOfOffice.backExample }),
  run: (deps, requester) => returnToOffice(deps, requester, 'say'),
});

const backButton = defineButton({
  id: outOfOfficeActions.back,
  permission: 'self',
  run: (deps, requester) => returnToOffice(deps, requester, 'replace'),
});

async function returnToOffice(deps: Deps, requester: Requester, kind: 'say' | 'replace'): Promise<Reply> {
  const period = await endRunningPeriod(deps, requester.actor);
  const words = wordsIn(requester.reader.locale).outOfOffice;
  return { kind, card: lineCard(period ? words.backLine : words.notOut) };
}

const cancelButton = defineButton({
  id: outOfOfficeActions.cancel,
  permission: 'self',
  async run(deps, requester, carries) {
    const period = await cancelPlannedPeriod(deps, requester.actor, asId<PeriodId>(carries.period ?? ''));
    if (!period) throw new UserError((words) => words.outOfOffice.gone, 404);
    const { cancelled } = wordsIn(requester.reader.locale).outOfOffice;
    return { kind: 'replace', card: lineCard(cancelled(fromLine(requester.reader, period.startsAt))) };
  },
});

/** `status`: the requester's state; with a name, another person's, as far as their privacy level allows. */
export const statusCommand = defineCommand({
  word: 'status',
  also: ['where', 'where is'],
  french: ['statut', 'où', 'où est', 'état'],
  permission: 'self',
  readOnly: true,
  actions: ['ooo', 'status'],
  help: ({ outOfOffice }) => ({ what: outOfOffice.statusWhat, example: outOfOffice.statusExample }),
  async run(deps, requester, { text, mentions }) {
    const [mention] = mentions;
    if (text === '' && !mention) return overview(deps, requester);

    const meant = mention && (await personMentioned(deps, requester.tenant.id, mention));
    if (meant?.kind === 'outside') return sayReply(lineCard(outsiderLine(requester.reader.locale, meant)));
    const mentioned = meant?.person;
    if (mentioned && !isVisibleByMention(requester, mentioned))
      throw new UserError((words) => words.directory.gone, 404);
    const { people, more } = mentioned
      ? { people: await foundPeopleOf(deps, requester, [mentioned]), more: false }
      : await findPeople(deps, requester, text.replace(/^@/, ''), mostShown);
    if (people.length === 0) return sayReply(nobodyCard(requester.reader, text));
    return sayReply(foundCard(requester.reader, requester.tenant.country, people, more ? text : undefined));
  },
});

const mostShown = 10;

function refusedReply(requester: Requester, problems: readonly PlanProblem[], carries: CarriedData): Reply {
  const lines = problems.map((problem) => problemLine(requester.reader, problem));
  const title = wordsIn(requester.reader.locale).outOfOffice.refusedTitle;
  return sayReply(refusedCard(requester.reader, { title, lines }, undefined, carries));
}

const sayReply = (card: Card): Reply => ({ kind: 'say', card });

/** From the digest of somebody who is back: every voicemail of the absence is dealt with. */
const handleAllButton = defineButton({
  id: outOfOfficeActions.handleAll,
  permission: 'self',
  plus: true,
  async run(deps, requester, carries) {
    const found = await findAnyPeriod(deps.db, carries.period ?? '');
    const { userId, startsAt, endsAt } = found?.period ?? {};
    if (userId !== requester.user.id || !startsAt || !endsAt)
      throw new UserError((words) => words.outOfOffice.gone, 404);
    const count = await handleOpenMessages(deps, requester.actor, startsAt, endsAt);
    const words = wordsIn(requester.reader.locale).milestones;
    return { kind: 'say', card: lineCard(count === 0 ? words.noneToHandle : words.allHandled(count)) };
  },
});

/** The buttons of absences. */
export const outOfOfficeButtons: readonly ButtonHandler[] = [
  askButton,
  confirmButton,
  dismissButton,
  backButton,
  cancelButton,
  handleAllButton,
];
