import type { Deps } from '../../deps.js';
import { isUuid, type TenantId } from '../../ids.js';
import { findReturners } from '../departures/returners.store.js';
import type { PageOf, ShownLeavers } from '../member-cards.views.js';
import type { Returner, UnknownMember } from '../members.types.js';
import type { ShownWorkspace } from '../members.views.js';
import { findLeavers, findStillOpen } from './joined-and-left-report.store.js';
import { countNotBroughtIn, findUnknown, findWorkspaces } from './list-members.store.js';

export { countNotBroughtIn };

/** Return the name of a platform; if it is off, its folder's name. */
export const platformName =
  ({ memberLists }: Deps) =>
  (platform: string): string =>
    memberLists.forPlatform(platform)?.name ?? platform;

/** Return every workspace of a company in its present state. */
export async function workspacesOf(deps: Deps, tenantId: TenantId): Promise<readonly ShownWorkspace[]> {
  const workspaces = await findWorkspaces(deps.db, tenantId, deps.clock.now());
  return workspaces.map((workspace) => ({
    ...workspace,
    name: platformName(deps)(workspace.platform),
    source: deps.memberLists.forPlatform(workspace.platform),
  }));
}

/** Return the number of people who left and wait for an admin's answer. */
export const countOpenLeavers = async (deps: Deps, tenantId: TenantId): Promise<number> =>
  (await findLeavers(deps.db, tenantId, { reportId: undefined, skip: 0, most: 1 })).total;

const newcomersAPage = 10;
const leaversAPage = 8;
const namesAPage = 20;

/** Return a page of the members who are no users. */
export function unknownPage(
  deps: Deps,
  tenantId: TenantId,
  { withoutEmail, page }: { readonly withoutEmail: boolean; readonly page: number },
): Promise<PageOf<UnknownMember>> {
  const most = withoutEmail ? namesAPage : newcomersAPage;
  return paged(page, most, (skip) => findUnknown(deps.db, tenantId, { withoutEmail, skip, most }));
}

/** Return a page of the people who are back without access. */
export const returnersPage = (deps: Deps, tenantId: TenantId, page: number): Promise<PageOf<Returner>> =>
  paged(page, leaversAPage, (skip) => findReturners(deps.db, tenantId, { skip, most: leaversAPage }));

/**
 * Return a page of the people who left: of one report, or of all who wait for an answer. Undefined: no such report.
 */
export async function leaversPage(
  deps: Deps,
  tenantId: TenantId,
  { reportId, page }: { readonly reportId: string | undefined; readonly page: number },
): Promise<ShownLeavers | undefined> {
  if (reportId !== undefined && !isUuid(reportId)) return undefined;
  const still = reportId === undefined ? { newcomers: 0, back: 0 } : await findStillOpen(deps.db, tenantId, reportId);
  if (still === undefined) return undefined;
  let open = 0;
  const listed = await paged(page, leaversAPage, async (skip) => {
    const found = await findLeavers(deps.db, tenantId, { reportId, skip, most: leaversAPage });
    open = found.open;
    return { people: found.leavers, total: found.total };
  });
  return { ...listed, ...still, reportId, open };
}

/** The requested page, or the last one if the list has become shorter. */
async function paged<Person>(
  page: number,
  most: number,
  find: (skip: number) => Promise<{ readonly people: readonly Person[]; readonly total: number }>,
): Promise<PageOf<Person>> {
  const found = await find((page - 1) * most);
  if (found.people.length === 0 && page > 1) {
    const { total } = await find(0);
    return paged(Math.max(1, Math.min(page - 1, Math.ceil(total / most))), most, find);
  }
  return { ...found, page, pages: Math.max(1, Math.ceil(found.total / most)) };
}
