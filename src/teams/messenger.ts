import type { Activity, TurnContext } from 'botbuilder';
import pRetry from 'p-retry';
import type { AccountKey } from '../core/chat/exchange.js';
import type { Address, MessageRef, Messenger, Profile, Receipt } from '../core/chat/messenger.js';
import type { Card } from '../core/chat/view.js';
import { OutcomeUnknown } from '../core/errors.js';
import { isWith, opensDialogs, Whereabouts } from './activity.js';
import type { Bot } from './bot-framework.js';
import type { TeamsBots } from './bots.js';
import { failureOf, isLost, isRefusal, isTransient, mayHaveWorked } from './connector-failure.js';
import { addressOf } from './graph.js';
import { isOutside } from './members.js';
import { drawingFor, type Message, messageOf } from './respond.js';

/** The company has no bot that could write to the person. */
const noBot: Receipt = { kind: 'unreachable', why: 'no_bot' };

/**
 * Create the messenger by which the core writes to people in Teams: always in their 1:1 chat with the bot that serves
 * their tenant.
 */
export function teamsMessenger(bots: TeamsBots): Messenger {
  return {
    async send(to, card) {
      const bot = await bots.forTenant(to.externalWorkspaceId);
      return bot ? send(bot, to, card) : noBot;
    },
    async update(to, ref, card) {
      const bot = await bots.forTenant(to.externalWorkspaceId);
      return bot ? update(bot, to, ref, card) : noBot;
    },
    isOwnWorkspace: async (externalWorkspaceId) => isOwnTenant(bots, externalWorkspaceId),
    async profile(account) {
      const bot = await bots.forTenant(account.externalWorkspaceId);
      return bot && profileOf(bot, account);
    },
  };
}

const send = (bot: Bot, to: Address, card: Card): Promise<Receipt> =>
  withDeliveryRetries(async () => {
    let activityId = '';
    const where = whereaboutsFor(bot, to);
    const conversationId = await bot.startTurn(where, async (turn) => {
      activityId = (await turn.sendActivity(activityOf(cardMessage(card, where))))?.id ?? '';
    });
    if (where.conversationId === undefined) bot.rememberWhereabouts(to, { ...where, conversationId });
    return { kind: 'sent', ref: { conversationId, activityId, ...authorOf(bot) } };
  });

async function update(bot: Bot, to: Address, ref: MessageRef, card: Card): Promise<Receipt> {
  const { conversationId, activityId } = ref;
  if (!conversationId || !activityId || ref.app !== authorOf(bot).app) return send(bot, to, card);
  const where = { ...whereaboutsFor(bot, to), conversationId };
  try {
    return await withDeliveryRetries(async () => {
      await bot.startTurn(where, async (turn) => {
        await turn.updateActivity({ ...activityOf(cardMessage(card, where)), id: activityId });
      });
      return { kind: 'sent', ref };
    });
  } catch (error) {
    if (isLost(failureOf(error))) return send(bot, to, card);
    throw error;
  }
}

/** The author of a message, kept with its reference: no bot may change the message of another. Absent: the environment's. */
const authorOf = ({ onlyTenant, appId }: Bot): { readonly app?: string } =>
  onlyTenant === undefined ? {} : { app: appId };

/** Wrap a card in an activity. */
export const activityOf = ({ card, summary }: Message): Partial<Activity> => ({
  type: 'message',
  summary,
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
});

/** Fetch a member of this turn's conversation: Entra id, name and e-mail. */
export async function memberOf(turn: TurnContext, id: string) {
  const { TeamsInfo } = await import('botbuilder');
  return TeamsInfo.getMember(turn, id);
}

const cardMessage = (card: Card, where: Whereabouts): Message =>
  messageOf(card, drawingFor({ dialogs: opensDialogs(where) }));

/** The stored chat of a person, if it is with this bot: ids of chats and people are another bot's secrets. */
function whereaboutsFor(bot: Bot, to: Address): Whereabouts {
  const stored = Whereabouts.safeParse(to.conversation);
  return stored.success && stored.data.conversationId !== undefined && isWith(bot, stored.data)
    ? stored.data
    : bot.whereabouts(to);
}

/** Return a permanent refusal as a value. A transient error is retried once, then left to the job. */
async function withDeliveryRetries(attempt: () => Promise<Receipt>): Promise<Receipt> {
  try {
    return await pRetry(attempt, {
      retries: 3,
      minTimeout: 500,
      randomize: true,
      shouldRetry: ({ error }) => isTransient(failureOf(error)),
    });
  } catch (error) {
    const failure = failureOf(error);
    if (isRefusal(failure)) return { kind: 'unreachable', why: failure.code || `HTTP ${failure.status}` };
    throw mayHaveWorked(failure) ? new OutcomeUnknown(error) : error;
  }
}

/**
 * Whether this is the tenant that MICROSOFT_APP_TENANT_ID names. Without credentials (allowed on a loopback address
 * only) every tenant is accepted.
 */
const isOwnTenant = ({ config: { identity } }: TeamsBots, externalWorkspaceId: string): boolean =>
  identity?.kind === 'anonymous' || identity?.appTenantId === externalWorkspaceId;

/**
 * The profile of an account. Guests and people of other tenants are members too, but another organisation verified
 * their addresses.
 */
async function profileOf(bot: Bot, account: AccountKey): Promise<Profile | undefined> {
  let found: Profile | undefined;
  try {
    await bot.startTurn(bot.whereabouts(account), async (turn) => {
      const member = await memberOf(turn, account.accountId);
      const email = isOutside(member, account.externalWorkspaceId)
        ? undefined
        : addressOf({ mail: member.email, userPrincipalName: member.userPrincipalName });
      found = { displayName: member.name ?? '', ...(email ? { email } : {}) };
    });
  } catch (error) {
    const failure = failureOf(error);
    if (!isLost(failure) && !isRefusal(failure)) throw error;
  }
  return found;
}
