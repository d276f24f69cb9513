import type { IncomingMessage, ServerResponse } from 'node:http';
import { InstallProvider } from '@slack/oauth';
import { Router } from 'express';
import { keepToken } from '../core/accounts/workspace-credentials.js';
import { localeOf } from '../core/chat/phrasing.js';
import type { Deps } from '../core/deps.js';
import { rateLimit } from '../core/rate-limit.js';
import { oneLine } from '../core/text.js';
import type { SlackConfig, SlackOAuthConfig } from '../env.js';
import { clientAddress } from '../http/client-address.js';
import { slackScopes } from '../manifest/slack-manifest.js';
import { installWords } from './install.words.js';
import { slackFetch } from './slack-fetch.js';
import { slackLogger, webApi } from './web-api.js';
import type { SlackTokens } from './workspaces.js';

type Installation = Parameters<InstallProvider['installationStore']['storeInstallation']>[0];
type Outcome = 'installed' | 'cancelled' | 'expired' | 'organisation' | 'failed';

/** Anybody can come back with a state of ours and an invented code, and each is one call of our few to Slack. */
const returns = { burst: 30, perMinute: 10 };

/**
 * `/slack/install` and `/slack/oauth_redirect`: a workspace installs the app, and its token is kept. Slack's own package
 * makes and verifies the state, which is bound to the browser by a cookie, and exchanges the code for the token.
 */
export function installRoutes(
  deps: Deps,
  config: SlackConfig & { readonly oauth: SlackOAuthConfig },
  tokens: SlackTokens,
): Router {
  const { log, publicUrl } = deps;
  const limit = rateLimit(returns);
  const provider = new InstallProvider({
    ...config.oauth,
    directInstall: true,
    installUrlOptions: {
      scopes: Object.keys(slackScopes),
      redirectUri: `${publicUrl}/slack/oauth_redirect`,
    },
    installationStore: {
      storeInstallation: async (installation) => store(deps, installation, tokens),
      fetchInstallation: () => Promise.reject(new Error('tokens are read by workspace-credentials')),
    },
    // A cancelled or late installation is the person's matter and not an error of ours.
    logger: { ...slackLogger(log), error: (...facts) => log.info({ facts }, 'slack installation ended') },
    clientOptions: { slackApiUrl: config.apiUrl, fetch: slackFetch, timeout: 15_000, retryConfig: { retries: 0 } },
  });

  const router = Router();
  router.get('/slack/install', (request, response) => provider.handleInstallPath(request, response));
  router.get('/slack/oauth_redirect', (request, response, next) => {
    if (limit.take(clientAddress(request))) next();
    else response.status(429).set('Retry-After', '60').type('text/plain').send('Too many requests.');
  });
  router.get('/slack/oauth_redirect', (request, response) =>
    provider.handleCallback(request, response, {
      afterInstallation: async (installation) => {
        const refusal = refusalOf(installation);
        if (refusal === undefined) return true;
        log.warn({ refusal }, 'slack installation refused');
        await revoke(deps, config, installation);
        showPage(request, response, refusal.outcome);
        return false;
      },
      success: ({ team }) => showPage(request, response, 'installed', team?.name),
      failure: ({ code }) => showPage(request, response, outcomeOf(code)),
    }),
  );
  return router;
}

async function store(deps: Deps, { team, bot }: Installation, tokens: SlackTokens): Promise<void> {
  if (!team || !bot) throw new Error('installation without a workspace or a bot');
  await keepToken(deps, { platform: 'slack', externalWorkspaceId: team.id }, bot.token);
  tokens.forget(team.id);
  deps.log.info({ workspace: team.id }, 'slack workspace installed the app');
}

/** The token of an organisation acts in all its workspaces, which have companies of their own. */
function refusalOf({ isEnterpriseInstall, team, bot }: Installation) {
  if (isEnterpriseInstall || !team) return { outcome: 'organisation', why: 'organisation' } as const;
  if (!bot) return { outcome: 'failed', why: 'no bot token' } as const;
  if (bot.refreshToken !== undefined) return { outcome: 'failed', why: 'token rotation is on in the app' } as const;
  return undefined;
}

/** What we do not keep must not stay valid. */
async function revoke(deps: Deps, config: SlackConfig, { bot }: Installation): Promise<void> {
  if (!bot) return;
  await webApi({ ...config, botToken: bot.token }, deps.log, { once: true })
    .auth.revoke()
    .catch((error) => deps.log.warn({ error }, 'slack token not revoked'));
}

function outcomeOf(code: string): Outcome {
  if (code === 'slack_oauth_installer_authorization_error') return 'cancelled';
  const isLate = ['slack_oauth_invalid_state', 'slack_oauth_missing_state', 'slack_oauth_missing_code'].includes(code);
  return isLate ? 'expired' : 'failed';
}

const statuses: Readonly<Record<Outcome, number>> = {
  installed: 200,
  cancelled: 200,
  expired: 400,
  organisation: 403,
  failed: 502,
};

function showPage(request: IncomingMessage, response: ServerResponse, outcome: Outcome, team = ''): void {
  const locale = localeOf(/^\s*fr\b/i.test(request.headers['accept-language'] ?? '') ? 'fr' : 'en');
  const words = installWords(locale);
  const { title } = words[outcome];
  const text = outcome === 'installed' ? words.installed.text(oneLine(team, 100) || 'Slack') : words[outcome].text;
  const again = outcome === 'installed' ? '' : `<p><a href="/slack/install">${escaped(words.again)}</a></p>`;
  response
    .writeHead(statuses[outcome], { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' })
    .end(
      `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<title>${escaped(title)}</title><h1>${escaped(title)}</h1><p>${escaped(text)}</p>${again}</html>\n`,
    );
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
