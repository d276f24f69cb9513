import type { AddressInfo } from 'node:net';
import express from 'express';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import type { Deps } from '../../src/core/deps.js';
import { listen } from '../../src/phone/listen.js';
import { providerCalls } from '../../src/phone/provider-calls.js';
import { providerRecordings } from '../../src/phone/provider-recordings.js';
import { type SimulatedProvider, startSimulatedProvider } from '../../src/phone/simulator/provider.js';
import { atTheEnd } from './clean-up.js';
import { type Company, type CompanyOptions, testCompany } from './company.js';

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** A company whose calls come from a simulated voice provider, over real HTTP with real signatures. */
export interface PhoneCompany {
  readonly company: Company;
  readonly provider: SimulatedProvider;
  /** With our own address, and the provider's recordings. */
  readonly deps: Deps;
  readonly publicUrl: string;
  /** Run the due tasks, through the real jobs. */
  work(): Promise<void>;
  /** Send a post of the provider; `signature` replaces the right one. */
  post(path: string, fields: Fields, signature?: (url: string) => string | undefined): Promise<Response>;
  sign(token: string, url: string, fields: Fields): string;
}

export const main = '+14165550100';
/** Ann's direct number. */
export const ann = '+14165550101';
export const from = '+15145550123';

/** Create the company without an operator and a general mailbox; removed at the end of the test file. */
export async function phoneCompany(
  options: CompanyOptions & { readonly apiPath?: string } = {},
): Promise<PhoneCompany> {
  const { apiPath = '', ...rest } = options;
  const company = await testCompany({ annIsOut: true, ...rest, tenant: { mainNumbers: [main], ...rest.tenant } });
  await company.db.tenant.update({
    where: { id: company.tenantId },
    data: { operatorId: null, generalMailboxId: null },
  });
  let publicUrl = '';
  const provider = await startSimulatedProvider({ answersAt: () => publicUrl, apiPath });
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // In place, so that what people do in chat reaches the provider too.
  const deps = Object.assign(company.deps, {
    publicUrl,
    providerRecordings: providerRecordings(async () => provider.voice),
    providerCalls: providerCalls(async () => provider.voice, publicUrl),
  });
  const adapter = listen(deps, provider.voice);
  if (adapter.router) app.use(adapter.router);
  atTheEnd(async () => {
    server.close();
    server.closeAllConnections();
    await provider.stop();
  });

  const sign = (token: string, url: string, fields: Fields) =>
    webhooks.getExpectedTwilioSignature(token, url, { ...fields });
  return {
    company,
    provider,
    deps,
    publicUrl,
    sign,
    work: () => company.tasks.work(deps),
    post(path, fields, signature = (url) => sign(provider.voice.authToken, url, fields)) {
      const url = `${publicUrl}${path}`;
      const signed = signature(url);
      const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));
      return fetch(url, {
        method: 'POST',
        headers: signed === undefined ? {} : { 'x-twilio-signature': signed },
        body: new URLSearchParams(pairs),
      });
    },
  };
}
