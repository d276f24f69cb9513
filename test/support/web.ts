import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Adapter } from '../../src/adapter.js';
import type { Deps } from '../../src/core/deps.js';
import { type WebOptions, webAdapter } from '../../src/web/listen.js';
import { webMessenger } from '../../src/web/messenger.js';
import { changesInProcess } from './changes.js';
import { atTheEnd } from './clean-up.js';
import { type Company, type CompanyOptions, testCompany } from './company.js';

/** A company with an open web app. */
export interface WebCompany extends Company {
  readonly origin: string;
  /** Break the open pages’ streams, as a network failure does. */
  cutStreams(): Promise<void>;
}

/** Serve the web app of a test company on its own port, over a real socket. */
export async function webCompany(
  company: CompanyOptions = {},
  options: Partial<WebOptions> & { readonly phoneFor?: (deps: Deps) => WebOptions['phone'] } = {},
): Promise<WebCompany> {
  const founded = await testCompany(company);
  const site = await openSite();
  const changes = changesInProcess();
  const messengers: Deps['messengers'] = {
    forPlatform: (platform) =>
      platform === 'web' ? webMessenger(changes) : founded.deps.messengers.forPlatform(platform),
  };
  const deps: Deps = { ...founded.deps, changes, messengers, publicUrl: site.origin };
  const { phoneFor, ...given } = options;
  const phone = phoneFor?.(deps);
  site.serve(webAdapter(deps, { demo: true, ...(phone ? { phone } : {}), ...given }));
  return {
    ...founded,
    deps,
    origin: site.origin,
    work: (how) => founded.tasks.work(deps, how),
    cutStreams: async () => site.cutStreams(),
  };
}

/** An address that is known before the adapter behind it, whose links name it. */
interface Site {
  readonly origin: string;
  serve(adapter: Adapter): void;
  cutStreams(): void;
}

/** Listen on a port of its own. Stopped at the end of the file. */
export async function openSite(): Promise<Site> {
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  // On a busy machine a test may pause for longer than the usual 5 s, and then use a connection that is being closed.
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.once('listening', resolve));
  const adapters: Adapter[] = [];
  atTheEnd(async () => {
    for (const { stop } of adapters) await stop?.();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve(adapter) {
      adapters.push(adapter);
      if (adapter.router) app.use(adapter.router);
    },
    cutStreams: () => server.closeAllConnections(),
  };
}
