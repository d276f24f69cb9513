import { z } from 'zod';
import { actingPersonId } from '../chat/actor.js';
import { lineCard } from '../chat/chat.views.js';
import { type ButtonHandler, defineButton, defineCommand, defineForm, formProblems } from '../chat/define-handler.js';
import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { Card, CarriedData } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { isUuid } from '../ids.js';
import { truncate } from '../text.js';
import { deactivateLeaver, keepLeaver } from './departures/leavers.js';
import { giveAccessBack, leaveWithoutAccess } from './departures/returners.js';
import { returnersCard } from './departures/returners.views.js';
import { bringForm, leaversCard, newcomersCard, noEmailCard } from './member-cards.views.js';
import { membersActions } from './members.action-ids.js';
import { membersCard } from './members.views.js';
import { type BringInSelection, type BroughtIn, bringIn, selectionOf } from './onboarding/bring-in.js';
import {
  countOpenLeavers,
  leaversPage,
  platformName,
  returnersPage,
  unknownPage,
  workspacesOf,
} from './report/list-members.js';
import { requestListRefresh } from './sync/refresh-workspace-members.js';

/** `members`: who is in the workspaces, who is new, who left. */
export const membersCommand = defineCommand({
  word: 'members',
  also: ['member'],
  french: ['membres', 'membre'],
  permission: 'users.edit',
  readOnly: true,
  actions: ['members'],
  help: (words) => ({ what: words.members.what, example: words.members.example }),
  run: async (deps, requester) => ({ kind: 'say', card: await overview(deps, requester) }),
});

async function overview(deps: Deps, { tenant, reader }: Requester): Promise<Card> {
  const workspaces = await workspacesOf(deps, tenant.id);
  const { total: back } = await returnersPage(deps, tenant.id, 1);
  return membersCard(reader, workspaces, { leavers: await countOpenLeavers(deps, tenant.id), back });
}

const showButton = defineButton({
  id: membersActions.show,
  permission: 'users.edit',
  readOnly: true,
  run: async (deps, requester) => ({ kind: 'replace', card: await overview(deps, requester) }),
});

const refreshButton = defineButton({ id: membersActions.refresh, permission: 'users.edit', run: requestRead(false) });
const believeButton = defineButton({ id: membersActions.believe, permission: 'users.edit', run: requestRead(true) });

function requestRead(believe: boolean): ButtonHandler['run'] {
  return async (deps, requester, { list = '' }) => {
    if (!isUuid(list) || !(await requestListRefresh(deps, requester.actor, list, believe)))
      throw new UserError((words) => words.members.none, 404);
    return { kind: 'replace', card: await overview(deps, requester) };
  };
}

const pageOf = ({ page = '1' }: CarriedData): number => Math.min(Math.max(1, Math.trunc(Number(page)) || 1), 1_000_000);

const newcomersButton = defineButton({
  id: membersActions.new,
  permission: 'users.edit',
  readOnly: true,
  run: async (deps, requester, carries) => ({ kind: 'say', card: await newcomers(deps, requester, carries) }),
});

async function newcomers(deps: Deps, { tenant, reader }: Requester, carries: CarriedData): Promise<Card> {
  const page = await unknownPage(deps, tenant.id, { withoutEmail: false, page: pageOf(carries) });
  return newcomersCard(reader, platformName(deps), page);
}

const noEmailButton = defineButton({
  id: membersActions.noEmail,
  permission: 'users.edit',
  readOnly: true,
  run: async (deps, { tenant, reader }, carries) => {
    const page = await unknownPage(deps, tenant.id, { withoutEmail: true, page: pageOf(carries) });
    return { kind: 'say', card: noEmailCard(reader, platformName(deps), page) };
  },
});

const leaversButton = defineButton({
  id: membersActions.left,
  permission: 'users.edit',
  readOnly: true,
  run: async (deps, requester, carries) => ({ kind: 'say', card: await leavers(deps, requester, carries) }),
});

async function leavers(deps: Deps, { tenant, reader }: Requester, carries: CarriedData): Promise<Card> {
  const page = await leaversPage(deps, tenant.id, { reportId: carries.report, page: pageOf(carries) });
  if (!page) throw new UserError((words) => words.members.decided, 404);
  return leaversCard(reader, platformName(deps), page);
}

const leaverDecisionReply =
  (decide: typeof keepLeaver): ButtonHandler['run'] =>
  async (deps, requester, carries) => {
    await decide(deps, requester.actor, carries.member ?? '');
    const { report } = carries;
    const shows = report && { kind: 'members.changed', subjectId: report, userId: actingPersonId(requester.actor) };
    return { kind: 'replace', card: await leavers(deps, requester, carries), ...(shows ? { shows } : {}) };
  };

const deactivateButton = defineButton({
  id: membersActions.deactivate,
  permission: 'users.edit',
  run: leaverDecisionReply(deactivateLeaver),
});
const keepButton = defineButton({
  id: membersActions.keep,
  permission: 'users.edit',
  run: leaverDecisionReply(keepLeaver),
});

const returnersButton = defineButton({
  id: membersActions.back,
  permission: 'users.edit',
  readOnly: true,
  run: async (deps, requester, carries) => ({ kind: 'say', card: await returners(deps, requester, carries) }),
});

const returnerDecisionReply =
  (answer: typeof giveAccessBack): ButtonHandler['run'] =>
  async (deps, requester, carries) => {
    await answer(deps, requester.actor, carries.member ?? '');
    return { kind: 'replace', card: await returners(deps, requester, carries) };
  };

const giveBackButton = defineButton({
  id: membersActions.welcomeBack,
  permission: 'users.edit',
  run: returnerDecisionReply(giveAccessBack),
});
const stayOutButton = defineButton({
  id: membersActions.leaveOut,
  permission: 'users.edit',
  run: returnerDecisionReply(leaveWithoutAccess),
});

const returners = async (deps: Deps, { tenant, reader }: Requester, carries: CarriedData): Promise<Card> =>
  returnersCard(reader, platformName(deps), await returnersPage(deps, tenant.id, pageOf(carries)));

const bringOneButton = defineButton({
  id: membersActions.bringOne,
  permission: 'users.edit',
  async run(deps, requester, carries) {
    const { member = '' } = carries;
    if (isUuid(member))
      await bringIn(
        deps,
        requester.actor,
        { kind: 'one', memberId: member },
        { access: 'attendant_only', inDirectory: true },
      );
    return { kind: 'replace', card: await newcomers(deps, requester, carries) };
  },
});

/** Brings in all new people, or those whom an admin names. */
export const membersBringForm = defineForm({
  id: membersActions.bring,
  permission: 'users.edit',
  async open(deps, { tenant, reader }) {
    const { total } = await unknownPage(deps, tenant.id, { withoutEmail: false, page: 1 });
    if (total === 0) throw new UserError((words) => words.members.nobodyNew, 409);
    return bringForm(reader, total);
  },
  values: ({ members: words, chat }) =>
    z
      .object({
        whom: z.enum(['all', 'named'], { error: chat.required }),
        named: z
          .string()
          .max(3000, { error: chat.tooLong(3000) })
          .default(''),
        access: z.enum(['attendant_only', 'none'], { error: chat.required }),
        in_directory: z.boolean().default(false),
      })
      .refine(({ whom, named }) => whom === 'all' || named !== '', { path: ['named'], error: words.namedMissing }),
  async submit(deps, requester, { whom, named, access, in_directory: inDirectory }) {
    const words = wordsIn(requester.reader.locale).members;
    const meant =
      whom === 'all'
        ? { whom: { kind: 'all' } satisfies BringInSelection, unknown: [] }
        : await selectionOf(deps, requester.actor, named);
    if (meant.unknown.length > 0)
      return formProblems({ named: words.namedUnknown(truncate(meant.unknown.slice(0, 10).join(', '), 300)) });
    return sayReply(requester, await bringIn(deps, requester.actor, meant.whom, { access, inDirectory }));
  },
});

function sayReply({ reader }: Requester, { made, waiting }: BroughtIn): Reply {
  const words = wordsIn(reader.locale).members;
  const line =
    waiting === 0 ? words.broughtIn(made) : made === 0 ? words.beingBroughtIn : words.broughtInSome(made, waiting);
  return { kind: 'say', card: lineCard(line) };
}

/** The buttons of the member lists. */
export const membersButtons: readonly ButtonHandler[] = [
  showButton,
  refreshButton,
  believeButton,
  newcomersButton,
  noEmailButton,
  leaversButton,
  deactivateButton,
  keepButton,
  bringOneButton,
  returnersButton,
  giveBackButton,
  stayOutButton,
];
