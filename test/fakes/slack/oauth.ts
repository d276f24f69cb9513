import { Refusal } from './methods.js';
import type { Workspace } from './workspace.js';

export const clientId = '12.34';
export const clientSecret = 'a client secret for tests';

/** What a person allowed on Slack's own page: the code that stands for it goes to the app once. */
interface Grant {
  readonly workspace: Workspace;
  readonly redirectUri: string;
  readonly wholeOrganisation: boolean;
  readonly tokenRotation: boolean;
  used: boolean;
}

/** The tokens of a local Slack, and the exchange of codes for them, as strict as the real one's. */
export interface OAuth {
  /** The workspace that a token acts in. */
  workspaceOf(token: unknown): Workspace | undefined;
  /** A person presses Allow; returns the code that Slack adds to the redirect address. */
  allow(
    workspace: Workspace,
    redirectUri: string,
    how?: { readonly wholeOrganisation?: boolean; readonly tokenRotation?: boolean },
  ): string;
  /** `oauth.v2.access`. */
  exchange(args: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** `auth.revoke`, or the workspace removed the app. */
  revoke(token: string): void;
  readonly tokens: ReadonlyMap<string, Workspace>;
}

export function localOAuth(tokens: Map<string, Workspace>): OAuth {
  const grants = new Map<string, Grant>();
  let counter = 0;
  return {
    tokens,
    workspaceOf: (token) => tokens.get(String(token)),
    revoke: (token) => void tokens.delete(token),
    allow(workspace, redirectUri, { wholeOrganisation = false, tokenRotation = false } = {}) {
      counter += 1;
      const code = `code-${counter}`;
      grants.set(code, { workspace, redirectUri, wholeOrganisation, tokenRotation, used: false });
      return code;
    },
    exchange({ client_id, client_secret, code, redirect_uri }) {
      if (client_id !== clientId) throw new Refusal('invalid_client_id');
      if (client_secret !== clientSecret) throw new Refusal('bad_client_secret');
      const grant = grants.get(String(code));
      if (!grant) throw new Refusal('invalid_code');
      if (grant.used) throw new Refusal('code_already_used');
      if (redirect_uri !== grant.redirectUri) throw new Refusal('bad_redirect_uri');
      grant.used = true;
      counter += 1;
      const token = `xoxb-${grant.workspace.teamId}-${counter}`;
      tokens.set(token, grant.workspace);
      return {
        app_id: 'A1',
        authed_user: { id: 'U0INSTALLER' },
        scope: [...grant.workspace.scopes].join(','),
        token_type: 'bot',
        access_token: token,
        bot_user_id: grant.workspace.botUserId,
        team: grant.wholeOrganisation ? null : { id: grant.workspace.teamId, name: `Team <${grant.workspace.teamId}>` },
        enterprise: grant.wholeOrganisation ? { id: 'E1', name: 'Big' } : null,
        is_enterprise_install: grant.wholeOrganisation,
        ...(grant.tokenRotation ? { refresh_token: 'xoxe-1', expires_in: 43_200 } : {}),
      };
    },
  };
}
