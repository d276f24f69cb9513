import type { TenantId } from '../ids.js';

/**
 * Where a bot's own tokens come from: its Entra tenant, or Bot Framework's. Microsoft stopped new multi-tenant bots in
 * July 2025; older ones go on.
 */
export const teamsBotTypes = ['SingleTenant', 'MultiTenant'] as const;
/** The kind of an Azure bot. */
export type TeamsBotType = (typeof teamsBotTypes)[number];

/** A company's own Teams bot, without its secret. */
export interface TeamsBot {
  readonly tenantId: TenantId;
  /** The Microsoft app id, a GUID in lower case. */
  readonly appId: string;
  readonly type: TeamsBotType;
  /** The only Entra tenant whose people it serves, a GUID in lower case. */
  readonly entraTenantId: string;
}

/** What Microsoft's login asks of a bot. */
export interface TeamsBotCredentials extends Omit<TeamsBot, 'tenantId'> {
  /** The client secret. */
  readonly appPassword: string;
}
