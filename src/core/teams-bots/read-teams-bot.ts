import { UserError } from '../errors.js';
import { canonicalId, isUuid } from '../ids.js';
import { type TeamsBotCredentials, teamsBotTypes } from './teams-bot.types.js';

/** A bot as an admin typed it. */
export interface TypedTeamsBot {
  readonly appId: string;
  readonly entraTenantId: string;
  readonly type: string;
  readonly secret: string;
}

/** Microsoft's client secrets have 40 characters. */
const longestSecret = 500;
const longestTyped = 1_000;

/** Read what an admin typed. Throws UserError for text that no Azure portal shows. */
export function readTeamsBot(typed: TypedTeamsBot): TeamsBotCredentials {
  const appId = guidIn(typed.appId);
  if (appId === undefined) throw new UserError((words) => words.teamsBots.badAppId);
  const entraTenantId = guidIn(typed.entraTenantId);
  if (entraTenantId === undefined) throw new UserError((words) => words.teamsBots.badEntraTenant);
  const type = teamsBotTypes.find((type) => type === typed.type);
  if (type === undefined) throw new UserError((words) => words.teamsBots.badType(teamsBotTypes));
  return { appId, entraTenantId, type, appPassword: secretIn(typed.secret) };
}

const guidIn = (typed: string): string | undefined => {
  const text = typed.length > longestTyped ? '' : typed.trim();
  return isUuid(text) ? canonicalId(text) : undefined;
};

function secretIn(typed: string): string {
  const secret = typed.length > longestTyped ? '' : typed.trim();
  // The portal shows the secret’s value, once, beside its id, which is a GUID.
  if (isUuid(secret)) throw new UserError((words) => words.teamsBots.secretIsId);
  if (!/^[\x21-\x7e]+$/.test(secret) || secret.length > longestSecret)
    throw new UserError((words) => words.teamsBots.badSecret);
  return secret;
}
