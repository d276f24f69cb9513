import { installationActor } from '../core/chat/actor.js';
import { listTeamsBots, removeTeamsBot, setTeamsBot } from '../core/teams-bots/teams-bots.js';
import { print, printTable } from './print.js';
import { readSecret } from './read-secret.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

interface OfTenant {
  readonly tenant?: string;
}

/** `attendant teams-bot add`: the client secret comes from standard input. */
export async function addTeamsBot({
  tenant,
  ...typed
}: OfTenant & { readonly appId: string; readonly entraTenant: string; readonly type: string }): Promise<void> {
  const secret = await readSecret('The client secret of the bot (it is not shown):');
  const { appId } = await withInstallation(async (deps) =>
    setTeamsBot(deps, installationActor(await companyOrFirst(deps, tenant), 'cli'), {
      appId: typed.appId,
      entraTenantId: typed.entraTenant,
      type: typed.type,
      secret,
    }),
  );
  print(`The bot ${appId} answers its Entra tenant now. “attendant manifest teams --tenant …” writes its app package.`);
}

/** `attendant teams-bot list`. */
export async function printTeamsBots({ tenant, json }: OfTenant & { readonly json: boolean }): Promise<void> {
  const bots = await withInstallation(async (deps) => listTeamsBots(deps, await companyOrFirst(deps, tenant)));
  const rows = bots.map(({ appId, entraTenantId, type, setAt, isReadable }) => ({
    app: appId,
    'entra tenant': entraTenantId,
    type,
    set: setAt.toISOString(),
    secret: isReadable ? 'kept' : 'unreadable: add it again',
  }));
  printTable(rows, { columns: ['app', 'entra tenant', 'type', 'set', 'secret'], json });
}

/** `attendant teams-bot remove`. */
export async function removeTeamsBotCommand(appId: string, { tenant }: OfTenant): Promise<void> {
  await withInstallation(async (deps) =>
    removeTeamsBot(deps, installationActor(await companyOrFirst(deps, tenant), 'cli'), appId),
  );
  print('The bot and its secret are removed.');
}
