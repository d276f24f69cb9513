import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import { asId, type TenantId } from '../ids.js';
import type { TeamsBot, TeamsBotType } from './teams-bot.types.js';

/** A bot as it is stored. */
export interface StoredTeamsBot extends TeamsBot {
  /** The encrypted secret. */
  readonly sealed: string;
  /** When its credentials were last set. */
  readonly updatedAt: Date;
}

/** A bot is found by its app, or by the Entra tenant that it serves; both are unique in the installation. */
export type TeamsBotKey = { readonly appId: string } | { readonly entraTenantId: string };

/** Return a bot, and whether its company is enabled; undefined: there is none. */
export async function findTeamsBot(
  db: Db,
  key: TeamsBotKey,
): Promise<(StoredTeamsBot & { readonly isEnabled: boolean }) | undefined> {
  const row = await db.teamsBot.findFirst({ where: key, include: { tenant: { select: { enabled: true } } } });
  return row ? { ...botOf(row), isEnabled: row.tenant.enabled } : undefined;
}

/** Return the bots of a company, the oldest first. */
export async function findTeamsBots(db: Db, tenantId: TenantId): Promise<readonly StoredTeamsBot[]> {
  const rows = await db.teamsBot.findMany({ where: { tenantId }, orderBy: [{ createdAt: 'asc' }, { appId: 'asc' }] });
  return rows.map(botOf);
}

/**
 * Insert the bot of an Entra tenant that belongs to the company, or replace it, with its audit line. Returns false, and
 * writes nothing, if the app is the bot of another Entra tenant.
 */
export async function saveTeamsBot(
  { db, tenantId, now, record }: Change,
  { appId, entraTenantId, type, sealed }: Omit<StoredTeamsBot, 'tenantId' | 'updatedAt'>,
): Promise<boolean> {
  const sameApp = await db.teamsBot.findUnique({ where: { appId }, select: { entraTenantId: true } });
  if (sameApp && sameApp.entraTenantId !== entraTenantId) return false;
  const before = await db.teamsBot.findUnique({ where: { entraTenantId }, select: { appId: true, type: true } });
  const credentials = { appId, type, sealed, updatedAt: now };
  await db.teamsBot.upsert({
    where: { entraTenantId, tenantId },
    create: { ...credentials, tenantId, entraTenantId, createdAt: now },
    update: credentials,
  });
  record({
    event: 'teams-bot.set',
    ...(before ? { before: { app: before.appId, type: before.type } } : {}),
    after: { app: appId, type, entraTenant: entraTenantId },
  });
  return true;
}

/** Delete a bot of the company with its secret, and write the audit line; return whether there was one. */
export async function deleteTeamsBot({ db, tenantId, record }: Change, appId: string): Promise<boolean> {
  const [row] = await db.teamsBot.findMany({ where: { appId, tenantId } });
  const { count } = await db.teamsBot.deleteMany({ where: { appId, tenantId } });
  if (!row || count === 0) return false;
  record({ event: 'teams-bot.removed', before: { app: appId, entraTenant: row.entraTenantId } });
  return true;
}

const botOf = (row: {
  readonly appId: string;
  readonly tenantId: string;
  readonly type: string;
  readonly entraTenantId: string;
  readonly sealed: string;
  readonly updatedAt: Date;
}): StoredTeamsBot => ({
  appId: row.appId,
  tenantId: asId<TenantId>(row.tenantId),
  type: row.type as TeamsBotType,
  entraTenantId: row.entraTenantId,
  sealed: row.sealed,
  updatedAt: row.updatedAt,
});
