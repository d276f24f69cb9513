import '../core/app/register-words.js';
import { writeFile } from 'node:fs/promises';
import { lineFilterOf, readAuditFilter } from '../core/audit/audit-filter.js';
import type { Deps } from '../core/deps.js';
import type { TenantId, UserId } from '../core/ids.js';
import { companyLists } from '../core/reports/company-lists.js';
import { exportPieces, recordPieces } from '../core/reports/export-list.js';
import { listFilterOf, readListFilter } from '../core/reports/list-filter.js';
import type { ListName } from '../core/reports/list-names.js';
import { effective } from '../core/settings/why.js';
import { InvalidUsage } from './arguments.js';
import { personMeant } from './person-meant.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

/** By what an export is narrowed, as typed. People by e-mail address, extension or id; days of the company's zone. */
interface TypedFilter {
  readonly person?: string | undefined;
  readonly actor?: string | undefined;
  readonly event?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly session?: string | undefined;
}

interface ExportOptions extends TypedFilter {
  readonly format: 'csv' | 'json';
  readonly out?: string;
  readonly tenant?: string;
}

/** `attendant export`. */
export async function exportList(what: ListName, { format, out, tenant, ...options }: ExportOptions): Promise<void> {
  const { person, actor, event, from, until, session } = options;
  const typed = { person, actor, event, from, until, session };
  requireOptions(what, typed);
  await withInstallation(async (deps) => {
    const pieces = await piecesOf(deps, await companyOrFirst(deps, tenant), { what, typed, format });
    if (out !== undefined) return writeFile(out, pieces);
    for await (const piece of pieces) {
      if (!process.stdout.write(piece)) await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
  });
}

/** Refuses (InvalidUsage) an option by which this list cannot be narrowed. */
function requireOptions(what: ListName, typed: TypedFilter): void {
  const fields = companyLists[what].narrowedBy ?? [];
  const taken: readonly string[] =
    what === 'audit'
      ? Object.keys(typed)
      : fields.flatMap((field) => (field === 'days' ? ['from', 'until'] : ['person']));
  const other = Object.entries(typed).find(([name, value]) => value !== undefined && !taken.includes(name));
  if (other) throw new InvalidUsage(`The list ${what} cannot be narrowed by --${other[0]}.`);
}

async function piecesOf(
  deps: Deps,
  tenantId: TenantId,
  wanted: { readonly what: ListName; readonly typed: TypedFilter; readonly format: 'csv' | 'json' },
): Promise<AsyncGenerator<string>> {
  const { what, format } = wanted;
  const { person, actor, ...others } = wanted.typed;
  const idOf = async (who: string | undefined): Promise<UserId | undefined> =>
    who === undefined ? undefined : personMeant(deps, tenantId, who);
  const timeZone = await effective(deps, { tenantId }, 'timeZone');
  if (what !== 'audit') {
    const typed = { ...others, person: await idOf(person) };
    const filter = readListFilter(typed, companyLists[what].narrowedBy ?? []);
    requireRead(typed, filter);
    return exportPieces(deps, tenantId, what, format, listFilterOf(filter, timeZone));
  }
  const typed = { ...others, user: await idOf(person), actor: await idOf(actor) };
  const filter = readAuditFilter(typed);
  requireRead(typed, filter);
  return recordPieces(deps, tenantId, lineFilterOf({ timeZone }, filter), format);
}

/** A page leaves out what it cannot read in its address; here somebody typed it, and would take the file for the answer. */
function requireRead(typed: Readonly<Record<string, unknown>>, read: object): void {
  const kept: Readonly<Record<string, unknown>> = { ...read };
  const odd = Object.entries(typed).find(([name, value]) => value !== undefined && kept[name] === undefined);
  if (odd) throw new InvalidUsage(`--${odd[0]} ${String(odd[1])}: ${howToWrite[odd[0]] ?? 'not understood'}.`);
}

const howToWrite: Readonly<Record<string, string>> = {
  from: 'write a day as 2026-11-23',
  until: 'write a day as 2026-11-23',
  event: 'write an event such as voicemail.forwarded, or all of a feature such as "voicemail.*"',
  session: 'write the id of a session, as the record has it',
};
