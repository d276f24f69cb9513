import { LRUCache } from 'lru-cache';
import type { SlackConfig } from '../env.js';

/** Finds the token of a workspace that installed the app. */
export interface SlackTokens {
  /** Undefined: the workspace has not installed the app, or has removed it. */
  tokenOf(externalWorkspaceId: string): Promise<string | undefined>;
  /** The token changed or is gone: look again. */
  forget(externalWorkspaceId: string): void;
}

/** What is made once for each workspace, from a configuration with its token. */
export interface PerWorkspace<Part> {
  /** Undefined: there is no token for this workspace. */
  of(externalWorkspaceId: string): Promise<Part | undefined>;
}

/** Another process may have replaced or deleted a token; Slack itself refuses a revoked one at once. */
const believedMilliseconds = 30_000;
const mostWorkspaces = 1_000;

/** Keep found tokens in memory for a short time, because each request needs one. */
export function rememberedTokens(find: (externalWorkspaceId: string) => Promise<string | undefined>): SlackTokens {
  const known = new LRUCache<string, string>({ max: mostWorkspaces, ttl: believedMilliseconds });
  return {
    async tokenOf(externalWorkspaceId) {
      const remembered = known.get(externalWorkspaceId);
      if (remembered !== undefined) return remembered;
      const token = await find(externalWorkspaceId);
      if (token !== undefined) known.set(externalWorkspaceId, token);
      return token;
    },
    forget: (externalWorkspaceId) => void known.delete(externalWorkspaceId),
  };
}

/**
 * Make a part for each workspace when it is first needed, and again when its token has changed. With the token of one
 * workspace in the environment there is one part for all. `end` is called for a part that is no longer used.
 */
export function perWorkspace<Part extends object>(
  config: SlackConfig,
  tokens: SlackTokens | undefined,
  make: (own: SlackConfig) => Part,
  end: (part: Part) => void = () => {},
): PerWorkspace<Part> & { endAll(): void } {
  if (!config.oauth || !tokens) {
    const one = make(config);
    return { of: async () => one, endAll: () => end(one) };
  }
  const made = new LRUCache<string, { readonly token: string; readonly part: Part }>({
    max: mostWorkspaces,
    dispose: ({ part }) => end(part),
  });
  return {
    async of(externalWorkspaceId) {
      const botToken = await tokens.tokenOf(externalWorkspaceId);
      if (botToken === undefined) return undefined;
      const existing = made.get(externalWorkspaceId);
      if (existing?.token === botToken) return existing.part;
      const part = make({ ...config, botToken });
      made.set(externalWorkspaceId, { token: botToken, part });
      return part;
    },
    endAll: () => made.clear(),
  };
}
