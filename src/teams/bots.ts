import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import { canonicalId } from '../core/ids.js';
import type { TeamsBotCredentials } from '../core/teams-bots/teams-bot.types.js';
import type { FoundTeamsBot, TeamsBotKey } from '../core/teams-bots/teams-bots.js';
import type { TeamsConfig } from '../env.js';
import { type Bot, teamsBot } from './bot-framework.js';

/** The bots of this installation: the environment's, and those that companies have of their own. */
export interface TeamsBots {
  readonly config: TeamsConfig;
  /** The bot of the environment; undefined: there is none. */
  readonly shared: Bot | undefined;
  /** Return the bot of a Microsoft app. Undefined: there is none, or its company is disabled. */
  forApp(appId: string): Promise<Bot | undefined>;
  /**
   * Return the bot that serves an Entra tenant: the company's own, else the environment's. Undefined: there is none, or
   * the company is disabled; its own bot has no substitute.
   */
  forTenant(entraTenantId: string): Promise<Bot | undefined>;
}

/** Finds a company's own bot with its secret. */
export type FindOwnBot = (key: TeamsBotKey) => Promise<FoundTeamsBot | undefined>;

/** Another process may have added a bot for an Entra tenant that had none. */
const believedMilliseconds = 30_000;
const mostTenants = 10_000;
const mostBots = 1_000;

/**
 * Open the bots, each with its own client when it is first needed. A company's own bot is looked up for each activity and
 * message, so that one that was disabled, removed or given another secret stops at once.
 */
export function teamsBots(config: TeamsConfig, find: FindOwnBot = async () => undefined): TeamsBots {
  const { identity } = config;
  const shared = identity && teamsBot({ ...config, identity });
  const isAnonymous = identity?.kind === 'anonymous';
  const opened = new LRUCache<string, { readonly credentials: TeamsBotCredentials; readonly bot: Bot }>({
    max: mostBots,
  });
  const withoutOwn = new LRUCache<string, true>({ max: mostTenants, ttl: believedMilliseconds });

  return {
    config,
    shared,
    async forApp(appId) {
      const id = canonicalId(appId);
      if (isAnonymous || shared?.appId === id) return shared;
      const bot = botOf(await find({ appId: id }));
      // The secret of a removed bot is not kept in memory either.
      if (!bot) opened.delete(id);
      return bot;
    },
    async forTenant(entraTenantId) {
      if (isAnonymous || withoutOwn.has(entraTenantId)) return shared;
      const found = await find({ entraTenantId });
      if (found) return botOf(found);
      withoutOwn.set(entraTenantId, true);
      return shared;
    },
  };

  function botOf(found: FoundTeamsBot | undefined): Bot | undefined {
    if (found?.kind !== 'works') return undefined;
    const credentials = found.bot;
    const { appId, appPassword, entraTenantId, type } = credentials;
    const known = opened.get(appId);
    if (known && isDeepStrictEqual(known.credentials, credentials)) return known.bot;
    const app = { kind: 'app', appId, appPassword, appType: type, appTenantId: entraTenantId } as const;
    const bot = teamsBot({ ...config, identity: app }, entraTenantId);
    opened.set(appId, { credentials, bot });
    return bot;
  }
}
