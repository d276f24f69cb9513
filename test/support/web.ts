import { EventEmitter } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Deps } from '../../src/core/deps.js';
import { type WebOptions, webAdapter } from '../../src/web/listen.js';
import { webMessenger } from '../../src/web/messenger.js';
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
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  // On a busy machine a test may pause for longer than the usual 5 s, and then use a connection that is being closed.
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const said = new EventEmitter({ captureRejections: false }).setMaxListeners(0);
  const changes: Deps['changes'] = {
    publish: (userId) => void said.emit(userId),
    subscribe: (userId, onChange) => {
      said.on(userId, onChange);
      return () => void said.off(userId, onChange);
    },
  };
  const messengers: Deps['messengers'] = {
    forPlatform: (platform) =>
      platform === 'web' ? webMessenger(changes) : founded.deps.messengers.forPlatform(platform),
  };
  const deps: Deps = { ...founded.deps, changes, messengers, publicUrl: origin };
  const { phoneFor, ...given } = options;
  const phone = phoneFor?.(deps);
  const adapter = webAdapter(deps, {
    demo: true,
    ...(phone ? { phone } : {}),
    ...given,
  });
  if (adapter.router) app.use(adapter.router);
  atTheEnd(async () => {
    await adapter.stop?.();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    ...founded,
    deps,
    origin,
    work: (how) => founded.tasks.work(deps, how),
    cutStreams: async () => server.closeAllConnections(),
  };
}
