import type { TeamsChannelAccount } from 'botbuilder';
import type { Logger } from 'pino';
import { canonicalId } from '../core/ids.js';
import { type KnownPlace, type ListedMember, ListRefused, type MemberList } from '../core/members/ports.js';
import { isWith, Whereabouts } from './activity.js';
import type { Bot } from './bot-framework.js';
import type { TeamsBots } from './bots.js';
import { failureOf, isLost, isRefusal } from './connector-failure.js';
import { addressOf, graphPeople, graphPermission } from './graph.js';

type OnPage = (members: readonly ListedMember[]) => Promise<void>;

/** The largest page that Teams returns. */
const pageSize = 500;

/**
 * Create the member list of Microsoft tenants: everybody, as Graph lists them, or without that permission the members
 * of the teams to which Attendant was added. Each tenant is read by the bot that serves it. Undefined for a bot without
 * credentials, which can read neither.
 */
export function teamsMembers(bots: TeamsBots, log: Logger): MemberList | undefined {
  if (bots.config.identity?.kind === 'anonymous') return undefined;
  const readers = new WeakMap<Bot, ReturnType<typeof graphPeople>>();
  return {
    name: 'Microsoft Teams',
    grantedBy: 'consent',
    async read({ externalWorkspaceId, places }, onPage) {
      const bot = await bots.forTenant(externalWorkspaceId);
      if (!bot) throw new ListRefused('credentials');
      const people = readers.get(bot) ?? graphPeople(bot.config);
      readers.set(bot, people);
      try {
        await people(externalWorkspaceId, onPage);
        return { kind: 'whole' };
      } catch (error) {
        if (!(error instanceof ListRefused && error.why === 'permission')) throw error;
        if (!(await readRosters(bot, log, { externalWorkspaceId, places }, onPage))) throw error;
        return { kind: 'part', missing: graphPermission };
      }
    },
  };
}

/** Read the rosters of all known teams; false when none could be read. */
async function readRosters(
  bot: Bot,
  log: Logger,
  { externalWorkspaceId, places }: { readonly externalWorkspaceId: string; readonly places: readonly KnownPlace[] },
  onPage: OnPage,
): Promise<boolean> {
  let any = false;
  for (const { placeId, conversation } of places) {
    const where = Whereabouts.safeParse(conversation);
    if (!where.success || !isWith(bot, where.data)) continue;
    try {
      await readRoster(bot, externalWorkspaceId, { ...where.data, conversationId: placeId }, onPage);
      any = true;
    } catch (error) {
      const failure = failureOf(error);
      if (!isLost(failure) && !isRefusal(failure)) throw error;
      log.info({ code: failure.code }, 'teams roster not readable'); // Attendant was removed from this team.
    }
  }
  return any;
}

async function readRoster(bot: Bot, externalWorkspaceId: string, where: Whereabouts, onPage: OnPage): Promise<void> {
  const { TeamsInfo } = await import('botbuilder');
  await bot.startTurn(where, async (turn) => {
    let token: string | undefined;
    do {
      const { members, continuationToken } = await TeamsInfo.getPagedMembers(turn, pageSize, token);
      await onPage(members.flatMap((member) => listedMemberOf(member, externalWorkspaceId)));
      token = continuationToken || undefined;
    } while (token !== undefined);
  });
}

/** Whether the member is a guest, or of another tenant in a shared channel. */
export const isOutside = ({ userRole, tenantId }: TeamsChannelAccount, externalWorkspaceId: string): boolean =>
  (userRole ?? 'user') !== 'user' || (tenantId !== undefined && canonicalId(tenantId) !== externalWorkspaceId);

/** Map a roster's member; one without an Entra id is not of the company. */
function listedMemberOf(member: TeamsChannelAccount, externalWorkspaceId: string): readonly ListedMember[] {
  if (!member.aadObjectId) return [];
  const outside = isOutside(member, externalWorkspaceId);
  return [
    {
      accountId: canonicalId(member.aadObjectId),
      is: outside ? 'outside' : 'member',
      displayName: member.name,
      firstName: member.givenName,
      lastName: member.surname,
      email: outside ? undefined : addressOf({ mail: member.email, userPrincipalName: member.userPrincipalName }),
    },
  ];
}
