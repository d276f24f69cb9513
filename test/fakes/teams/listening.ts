import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Deps } from '../../../src/core/deps.js';
import type { BotConfig } from '../../../src/env.js';
import { type TeamsBots, teamsBots } from '../../../src/teams/bots.js';
import { teamsAdapter } from '../../../src/teams/listen.js';
import { atTheEnd } from '../../support/clean-up.js';
import type { FakeTeams } from './teams.js';

/** Start Attendant's Teams adapter on its own port, against a local Microsoft. Stopped at the end of the file. */
export async function teamsListening(
  deps: Deps,
  teams: FakeTeams,
  bots: TeamsBots = teamsBots(configFor(teams)),
): Promise<{ url: string; bots: TeamsBots }> {
  const { router } = teamsAdapter(deps, bots);
  const server = express()
    .use(router ?? [])
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  atTheEnd(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bots };
}

/** The app's configuration for this Microsoft. */
export const configFor = (teams: FakeTeams, tenantId?: string): BotConfig => ({
  identity: {
    kind: 'app',
    appId: teams.appId,
    appPassword: teams.appPassword,
    appType: 'MultiTenant',
    // As the environment parses it.
    appTenantId: tenantId?.toLowerCase(),
  },
  openIdMetadataUrl: teams.openIdMetadataUrl,
  loginUrl: teams.url,
  graphUrl: teams.graphUrl,
});
