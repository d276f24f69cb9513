import type { TeamsChannelAccount } from 'botbuilder';
import type { Logger } from 'pino';
import { canonicalId } from '../core/ids.js';
import { type KnownPlace, type ListedMember, ListRefused, type MemberList } from '../core/members/ports.js';
import { Whereabouts } from './activity.js';
import type { Bot } from './bot.js';
import { failureOf, isLost, isRefusal } from './failure.js';
import { addressOf, graphPeople, graphPermission } from './graph.js';

type OnPage = (members: readonly ListedMember[]) => Promise<void>;

/** As many as Teams gives at once. */
const pageSize = 500;

/**
 * Who is in a Microsoft tenant: everybody, as Graph has them; where nobody has agreed to that, the people of the teams
 * that Attendant was added to. Undefined for a bot without credentials, which is shown neither.
 */
export function teamsMembers(bot: Bot, log: Logger): MemberList | undefined {
  if (bot.config.identity.kind === 'anonymous') return undefined;
  const people = graphPeople(bot.config);
  return {
    name: 'Microsoft Teams',
    grantedBy: 'consent',
    async read({ externalWorkspaceId, places }, onPage) {
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

/** True where at least one roster could be read. */
async function readRosters(
  bot: Bot,
  log: Logger,
  { externalWorkspaceId, places }: { readonly externalWorkspaceId: string; readonly places: readonly KnownPlace[] },
  onPage: OnPage,
): Promise<boolean> {
  let any = false;
  for (const { placeId, conversation } of places) {
    const where = Whereabouts.safeParse(conversation);
    if (!where.success) continue;
    try {
      await readRoster(bot, externalWorkspaceId, { ...where.data, conversationId: placeId }, onPage);
      any = true;
    } catch (error) {
      const failure = failureOf(error);
      if (!isLost(failure) && !isRefusal(failure)) throw error;
      log.info({ code: failure.code }, 'a roster is closed to us'); // Attendant was removed from there.
    }
  }
  return any;
}

async function readRoster(bot: Bot, externalWorkspaceId: string, where: Whereabouts, onPage: OnPage): Promise<void> {
  const { TeamsInfo } = await import('botbuilder');
  await bot.begin(where, async (turn) => {
    let token: string | undefined;
    do {
      const { members, continuationToken } = await TeamsInfo.getPagedMembers(turn, pageSize, token);
      await onPage(members.flatMap((member) => listed(member, externalWorkspaceId)));
      token = continuationToken || undefined;
    } while (token !== undefined);
  });
}

/** A guest, or a member of another tenant in a shared channel. */
export const isOutside = ({ userRole, tenantId }: TeamsChannelAccount, externalWorkspaceId: string): boolean =>
  (userRole ?? 'user') !== 'user' || (tenantId !== undefined && canonicalId(tenantId) !== externalWorkspaceId);

/** A member without an Entra id is none of the company's people. */
function listed(member: TeamsChannelAccount, externalWorkspaceId: string): readonly ListedMember[] {
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
