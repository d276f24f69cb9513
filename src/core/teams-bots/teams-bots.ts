import { findWorkspaceTenant, insertWorkspace } from '../accounts/linking.js';
import { change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { canonicalId, isUuid, type TenantId } from '../ids.js';
import { openSealedText, sealText } from '../sealed-text.js';
import { readTeamsBot, type TypedTeamsBot } from './read-teams-bot.js';
import type { TeamsBot, TeamsBotCredentials } from './teams-bot.types.js';
import {
  deleteTeamsBot,
  findTeamsBot,
  findTeamsBots,
  type StoredTeamsBot,
  saveTeamsBot,
  type TeamsBotKey,
} from './teams-bots.store.js';

export type { TeamsBotKey };

/** A bot in a company's list. Its secret is never shown again. */
export interface ListedTeamsBot extends TeamsBot {
  /** When its credentials were last set. */
  readonly setAt: Date;
  /** The stored secret can be decrypted; false after a change of ATTENDANT_SECRET. */
  readonly isReadable: boolean;
}

/** A bot as an adapter needs it. */
export type FoundTeamsBot =
  | { readonly kind: 'works'; readonly bot: TeamsBotCredentials }
  /** Its company is disabled, or ATTENDANT_SECRET was changed since: nobody may act in its place. */
  | { readonly kind: 'rests' };

type BotDeps = Pick<Deps, 'db' | 'secret'>;

/**
 * Set the bot of one of the company's Entra tenants; it replaces the one before it. Its credentials must work in that
 * tenant, which thereby becomes the company's. Throws UserError for text in a wrong form, for credentials that Microsoft
 * refuses, and for an app or an Entra tenant that belongs elsewhere.
 */
export async function setTeamsBot(deps: Deps, actor: Actor, typed: TypedTeamsBot): Promise<TeamsBot> {
  const { teamsLogin } = deps;
  if (!teamsLogin) throw new UserError((words) => words.teamsBots.teamsOff, 409);
  const given = readTeamsBot(typed);
  const { appId, entraTenantId, type, appPassword } = given;
  const { tenantId } = actor;
  if (teamsLogin.ownAppId === appId) throw new UserError((words) => words.teamsBots.installationsOwn, 409);

  const answer = await teamsLogin.tryCredentials(given);
  if (answer.kind === 'unreachable') throw new UserError((words) => words.teamsBots.unreachable);
  if (answer.kind === 'refused') throw new UserError((words) => words.teamsBots.refused[answer.why]);

  const bot: TeamsBot = { tenantId, appId, entraTenantId, type };
  await change(deps, actor, async (change) => {
    await insertWorkspace(change, 'teams', entraTenantId);
    const owner = await findWorkspaceTenant(change.db, 'teams', entraTenantId);
    if (owner !== tenantId) throw new UserError((words) => words.teamsBots.othersTenant, 409);
    const sealed = sealText(deps.secret, purposeOf(bot), appPassword);
    if (!(await saveTeamsBot(change, { appId, entraTenantId, type, sealed })))
      throw new UserError((words) => words.teamsBots.othersApp, 409);
  });
  return bot;
}

/**
 * Remove a bot of the company, with its secret. The Entra tenant and the links to its people stay the company's. Throws
 * UserError if there is no such bot.
 */
export async function removeTeamsBot(deps: Deps, actor: Actor, typedAppId: string): Promise<void> {
  const appId = canonicalId(typedAppId.trim());
  const removed = isUuid(appId) && (await change(deps, actor, (change) => deleteTeamsBot(change, appId)));
  if (!removed) throw new UserError((words) => words.teamsBots.noSuchBot, 404);
}

/** Return the bots of a company, the oldest first. */
export async function listTeamsBots(deps: BotDeps, tenantId: TenantId): Promise<readonly ListedTeamsBot[]> {
  const bots = await findTeamsBots(deps.db, tenantId);
  return bots.map((bot) => ({
    tenantId,
    appId: bot.appId,
    type: bot.type,
    entraTenantId: bot.entraTenantId,
    setAt: bot.updatedAt,
    isReadable: secretOf(deps, bot) !== undefined,
  }));
}

/** Return a company's own bot with its secret, for the adapter; undefined: there is none. */
export async function ownTeamsBot(deps: BotDeps, key: TeamsBotKey): Promise<FoundTeamsBot | undefined> {
  const [id = ''] = Object.values(key);
  const stored = isUuid(id) ? await findTeamsBot(deps.db, key) : undefined;
  if (!stored) return undefined;
  const appPassword = stored.isEnabled ? secretOf(deps, stored) : undefined;
  if (appPassword === undefined) return { kind: 'rests' };
  const { appId, type, entraTenantId } = stored;
  return { kind: 'works', bot: { appId, type, entraTenantId, appPassword } };
}

const secretOf = ({ secret }: BotDeps, bot: StoredTeamsBot): string | undefined =>
  openSealedText(secret, purposeOf(bot), bot.sealed);

/** Binds a secret to its row: copied to another company's row it does not open. */
const purposeOf = ({ tenantId, appId, entraTenantId }: TeamsBot): string =>
  `teams bot ${tenantId} ${appId} ${entraTenantId}`;
