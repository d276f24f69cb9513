import type { Coverage } from '../core/routing/explain.js';
import { coverageOf } from '../core/routing/explain.js';
import { readConfig } from '../main.js';
import { type CallOptions, callCommand } from '../phone/simulator/make-call.js';
import { personMeant } from './person-meant.js';
import { print, printJson } from './print.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

/** `attendant call`. */
export async function runCall({ json, ...options }: CallOptions & { readonly json: boolean }): Promise<void> {
  const made = await callCommand(readConfig(), options, json ? () => {} : print);
  if (json) printJson(made);
}

/** `attendant explain`. */
export async function explainRoute({
  to,
  at,
  tenant,
  json,
}: {
  to: string;
  at?: Date;
  tenant?: string;
  json: boolean;
}): Promise<void> {
  const coverage: Coverage = await withInstallation(async (deps) => {
    const tenantId = await companyOrFirst(deps, tenant);
    return coverageOf(deps, tenantId, await personMeant(deps, tenantId, to), at ?? deps.clock.now(), 'en');
  });
  if (json) return printJson(coverage);
  print(`A call to ${coverage.displayName}:`);
  for (const [step, line] of coverage.because.entries()) print(`${step + 1}. ${line}`);
}
