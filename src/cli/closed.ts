import '../core/app/register-words.js';
import { installationActor } from '../core/chat/actor.js';
import { closeCompany, openCompany } from '../core/routing/closure/closure.js';
import { print, printError } from './print.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

interface ClosedOptions {
  readonly until?: Date;
  readonly note: string;
  readonly tenant?: string;
}

/** `attendant closed`. */
export async function closed({ until, note, tenant }: ClosedOptions): Promise<void> {
  const closure = await withInstallation(async (deps) =>
    closeCompany(deps, installationActor(await companyOrFirst(deps, tenant), 'cli'), { until, note }),
  );
  print(
    closure.until ? `Closed until ${closure.until.toISOString()}.` : 'Closed until it is opened: “attendant open”.',
  );
}

/** `attendant open`. */
export async function open({ tenant }: { readonly tenant?: string }): Promise<void> {
  const opened = await withInstallation(async (deps) =>
    openCompany(deps, installationActor(await companyOrFirst(deps, tenant), 'cli')),
  );
  if (opened) print('The company is open again.');
  else printError('It was not closed; nothing was written.');
}
