import type { Activity as BotActivity, InvokeResponse, TurnContext } from 'botbuilder';
import { LRUCache } from 'lru-cache';
import type { AccountKey } from '../core/chat/exchange.js';
import type { BotConfig } from '../env.js';
import { type Activity, botIdOf, type Whereabouts } from './activity.js';
import { authenticationOf, issuer } from './microsoft-login.js';

/** Our client of Bot Framework for one bot, opened once and shared by the adapter and the messenger. */
export interface Bot {
  readonly config: BotConfig;
  /** Its Microsoft app; empty for an anonymous bot. */
  readonly appId: string;
  /** The only Entra tenant that a company's own bot serves; undefined: the bot of the environment. */
  readonly onlyTenant: string | undefined;
  /** Run one turn for a verified activity; the result is the HTTP answer. */
  runTurn(
    activity: Activity,
    turn: (turn: TurnContext) => Promise<InvokeResponse | undefined>,
  ): Promise<InvokeResponse>;
  /** Run a turn that we start, in the person's 1:1 chat, which is created if needed. Resolves to the chat's id. */
  startTurn(where: Whereabouts, turn: (turn: TurnContext) => Promise<void>): Promise<string>;
  /** The place where this process last met an account, or else how to reach its company. */
  whereabouts(account: AccountKey): Whereabouts;
  /** Remember where an account was met. */
  rememberWhereabouts(account: AccountKey, where: Whereabouts): void;
}

/** Microsoft's public service, for people whom the bot has never met (an admin linked them). */
const publicServiceUrl = 'https://smba.trafficmanager.net/teams/';

/** Bot Framework itself waits 15 s for an answer of ours. */
const usualAnswerMilliseconds = 12_000;

/**
 * Open the client, with tokens and connections of its own. botbuilder is loaded at the first use, so that it costs
 * nothing while Teams is off. A request that is not answered within `answerMilliseconds` fails.
 */
export function teamsBot(config: BotConfig, onlyTenant?: string, answerMilliseconds = usualAnswerMilliseconds): Bot {
  const appId = config.identity.kind === 'app' ? config.identity.appId : '';
  const people = new LRUCache<string, Whereabouts>({ max: 20_000 });
  const serviceUrls = new LRUCache<string, string>({ max: 1_000 });
  let opened: Promise<Awaited<ReturnType<typeof openAdapter>>> | undefined;
  const adapter = () => {
    opened ??= openAdapter(config, answerMilliseconds);
    return opened;
  };

  return {
    config,
    appId,
    onlyTenant,
    async runTurn(activity, turn) {
      return (await adapter()).answer(activity, turn);
    },
    async startTurn(where, turn) {
      return (await adapter()).begin(appId, where, turn);
    },
    rememberWhereabouts({ externalWorkspaceId, accountId }, where) {
      const key = `${externalWorkspaceId}/${accountId}`;
      // Met in a channel; keep the known 1:1 chat.
      people.set(key, { ...people.get(key), ...where });
      serviceUrls.set(externalWorkspaceId, where.serviceUrl);
    },
    whereabouts({ externalWorkspaceId, accountId }) {
      return (
        people.get(`${externalWorkspaceId}/${accountId}`) ?? {
          serviceUrl: serviceUrls.get(externalWorkspaceId) ?? publicServiceUrl,
          channelId: 'msteams',
          botId: botIdOf(appId),
          // Bot Framework accepts an Entra object id in place of its own id.
          userId: accountId,
          tenantId: externalWorkspaceId,
        }
      );
    },
  };
}

async function openAdapter(config: BotConfig, answerMilliseconds: number) {
  const [{ CloudAdapter }, authentication, { AuthenticationConstants, ClaimsIdentity }] = await Promise.all([
    import('botbuilder'),
    authenticationOf(config, answerMilliseconds),
    import('botframework-connector'),
  ]);
  const { identity } = config;

  class Adapter extends CloudAdapter {
    /** `process` without its console output and with the caller's claims given, because our own check ran before. */
    async answer(activity: Activity, turn: (turn: TurnContext) => Promise<InvokeResponse | undefined>) {
      const caller =
        identity.kind === 'app'
          ? new ClaimsIdentity([{ type: AuthenticationConstants.AudienceClaim, value: identity.appId }], true)
          : new ClaimsIdentity([], AuthenticationConstants.AnonymousAuthType);
      let response: InvokeResponse | undefined;
      const verified = {
        audience: issuer,
        claimsIdentity: caller,
        connectorFactory: authentication.createConnectorFactory(caller),
      };
      await this.processActivity(verified, activity as unknown as BotActivity, async (context) => {
        response = await turn(context);
      });
      return response ?? { status: 200 };
    }

    async begin(appId: string, where: Whereabouts, turn: (turn: TurnContext) => Promise<void>): Promise<string> {
      const { serviceUrl, channelId, conversationId, botId, userId, tenantId } = where;
      const bot = { id: botId, name: '' };
      if (conversationId !== undefined) {
        const conversation = { id: conversationId, isGroup: false, conversationType: 'personal', name: '' };
        const user = { id: userId, name: '' };
        await this.continueConversationAsync(appId, { serviceUrl, channelId, bot, user, conversation }, turn);
        return conversationId;
      }
      let made = '';
      const wish = {
        isGroup: false,
        bot,
        members: [{ id: userId, name: '' }],
        ...(tenantId === undefined ? {} : { tenantId, channelData: { tenant: { id: tenantId } } }),
      } as Parameters<typeof this.createConversationAsync>[4];
      await this.createConversationAsync(appId, channelId, serviceUrl, issuer, wish, async (context) => {
        made = context.activity.conversation.id;
        await turn(context);
      });
      return made;
    }
  }
  return new Adapter(authentication);
}
