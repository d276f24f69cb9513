import { z } from 'zod';
import type { LoginAnswer, TeamsLogin } from '../core/teams-bots/ports.js';
import type { TeamsBotCredentials } from '../core/teams-bots/teams-bot.types.js';
import type { TeamsConfig } from '../env.js';
import { authorityOf, issuer } from './microsoft-login.js';

const timeoutMilliseconds = 10_000;
const Refusal = z.looseObject({ error: z.string() });

/** Create the check of a bot's credentials at Microsoft's login. Undefined for a bot without any. */
export function teamsLogin({ identity, loginUrl }: TeamsConfig): TeamsLogin | undefined {
  if (identity?.kind === 'anonymous') return undefined;
  return { ownAppId: identity?.appId, tryCredentials: (bot) => tryCredentials(bot, loginUrl) };
}

/**
 * Ask for a token in the bot's Entra tenant, which proves that the app is known there; a multi-tenant bot's own tokens
 * come from Bot Framework's tenant too.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
async function tryCredentials(bot: TeamsBotCredentials, loginUrl: string): Promise<LoginAnswer> {
  const { appId, appPassword, type, entraTenantId } = bot;
  const app = { kind: 'app', appId, appPassword, appType: type, appTenantId: entraTenantId } as const;
  const authorities = [authorityOf(app, loginUrl, entraTenantId).plain];
  if (type === 'MultiTenant') authorities.push(authorityOf(app, loginUrl).plain);
  for (const authority of authorities) {
    const answer = await tokenAnswer(authority, bot);
    if (answer.kind !== 'accepted') return answer;
  }
  return { kind: 'accepted' };
}

async function tokenAnswer(authority: string, { appId, appPassword }: TeamsBotCredentials): Promise<LoginAnswer> {
  try {
    const response = await fetch(`${authority}/oauth2/v2.0/token`, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: appId,
        client_secret: appPassword,
        scope: `${issuer}/.default`,
      }),
    });
    if (response.ok) return { kind: 'accepted' };
    if (response.status === 429 || response.status >= 500) return { kind: 'unreachable' };
    const { data } = Refusal.safeParse(await response.json());
    return { kind: 'refused', why: data?.error === 'invalid_client' ? 'secret' : 'app' };
  } catch {
    return { kind: 'unreachable' };
  }
}
