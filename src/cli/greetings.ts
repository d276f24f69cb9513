import { installationActor } from '../core/chat/actor.js';
import type { Deps } from '../core/deps.js';
import { UserError } from '../core/errors.js';
import type { TenantId } from '../core/ids.js';
import { findPersonBy } from '../core/people/index.js';
import { type GreetingKind, greetingKinds } from '../core/voicemail/greetings/greeting-kind.js';
import { greetingsOf, setGreeting } from '../core/voicemail/greetings/greetings.js';
import { fileChunks } from '../file-chunks.js';
import { print, printTable } from './print.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

interface OfMailbox {
  readonly user: string;
  readonly tenant?: string;
}

/** `attendant greeting set`: a greeting from a file. */
export async function setFromFile(file: string, { kind, ...of }: OfMailbox & { kind: GreetingKind }): Promise<void> {
  const { durationSeconds } = await withInstallation(async (deps) => {
    const { tenantId, userId } = await mailboxMeant(deps, of);
    return setGreeting(deps, installationActor(tenantId, 'cli'), { userId, kind, audio: fileChunks(file) });
  });
  print(`${kind}: ${durationSeconds.toFixed(1)} s recorded.`);
}

/** `attendant greeting list`: every kind, whether it is recorded, and which one callers hear now. */
export async function listGreetings({ json, ...of }: OfMailbox & { readonly json: boolean }): Promise<void> {
  const { recorded, inForce } = await withInstallation(async (deps) => greetingsOf(deps, await mailboxMeant(deps, of)));
  const rows = greetingKinds.map((kind) => {
    const greeting = recorded.get(kind);
    return {
      kind,
      greeting: greeting ? 'recorded' : 'spoken',
      seconds: greeting ? greeting.durationSeconds.toFixed(1) : '',
      since: greeting?.createdAt.toISOString() ?? '',
      inForce: kind === inForce ? 'yes' : '',
    };
  });
  printTable(rows, { columns: ['kind', 'greeting', 'seconds', 'since', 'inForce'], json });
}

async function mailboxMeant(deps: Deps, { user, tenant }: OfMailbox) {
  const tenantId: TenantId = await companyOrFirst(deps, tenant);
  const person = await findPersonBy(deps.db, tenantId, { email: user });
  if (!person) throw new UserError((words) => words.voicemail.noMailbox, 404);
  return { tenantId, userId: person.id };
}
