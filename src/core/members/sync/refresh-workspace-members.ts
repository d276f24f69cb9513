import { createHash } from 'node:crypto';
import { change } from '../../change.js';
import { type Actor, installationActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { runLeased } from '../../tasks/lease.js';
import { type Extent, ListRefused, type MemberList } from '../ports.js';
import { findReports, gatherReport, retellReports, tellReport } from '../report/joined-and-left-report.js';
import { compareWithMirror, type Verdict } from './compare-with-mirror.js';
import { linkMembers } from './link-members.js';
import { type LeasedList, ListLeaseLost, leasedList } from './list-lease.js';
import { type MemberFacts, memberFacts } from './member-facts.js';
import {
  type ClaimedList,
  claimList,
  ensureList,
  findMirror,
  findPlaces,
  makeDue,
  markAbsent,
  type Outcome,
  refreshAccounts,
  saveMembers,
  settleList,
  updateStatistics,
} from './refresh-workspace-members.store.js';

const rowsAtOnce = 500;
/** After fewer changes PostgreSQL updates its statistics by itself, soon enough. */
const manyChanges = 5_000;

/**
 * Read the members of a workspace into the mirror, link those with a user's verified address, and tell admins who is
 * new and who left; called by the task `members.refresh`. Idempotent: the list is claimed first, and due again only
 * tomorrow. A list that could not be read whole, or that is doubted, marks nobody as left; the row says what is wrong.
 */
export async function refreshMembers(deps: Deps, listId: string): Promise<void> {
  const known = await ensureList(deps.db, deps.clock, listId);
  const source = known && deps.memberLists.forPlatform(known.platform);
  const claimed = source && (await claimList(deps.db, deps.clock, listId));
  if (!source || !claimed) return;

  const held = leasedList(deps, claimed);
  await runLeased(held.renew, async () => {
    try {
      await takeOver(deps, source, held);
    } catch (error) {
      if (error instanceof ListLeaseLost) return;
      await fail(deps, claimed, failureOf(error));
      if (!(error instanceof ListRefused)) deps.log.warn({ error, listId }, 'member list read failed');
    }
  });
}

async function takeOver(deps: Deps, source: MemberList, held: LeasedList): Promise<void> {
  const begunAt = deps.clock.now();
  const { workspace } = held;
  const read = await readAll(deps, source, held);
  const verdict = compareWithMirror(await findMirror(deps.db, workspace), read.listed, {
    whole: read.extent.kind === 'whole',
    believe: workspace.believe,
  });
  if (verdict.kind !== 'believed') return fail(deps, workspace, { ...verdict, failure: verdict.kind });
  const outdated = await findReports(deps.db, workspace, verdict.back);
  const isMuch = verdict.come.length + verdict.gone.length > manyChanges;
  await saveToMirror(deps, held, read, { begunAt, isMuch });
  await finishReading(deps, held, read.extent, { ...verdict, outdated });
}

interface Read {
  readonly listed: ReadonlyMap<string, MemberFacts>;
  readonly extent: Extent;
}

async function readAll(deps: Deps, source: MemberList, { workspace, renew }: LeasedList): Promise<Read> {
  const listed = new Map<string, MemberFacts>();
  const places = await findPlaces(deps.db, workspace);
  const extent = await source.read({ externalWorkspaceId: workspace.externalWorkspaceId, places }, async (page) => {
    for (const one of page) listed.set(one.accountId, memberFacts(one));
    await renew();
  });
  return { listed, extent };
}

async function saveToMirror(
  deps: Deps,
  { workspace, renew }: LeasedList,
  { listed, extent }: Read,
  { begunAt, isMuch }: { readonly begunAt: Date; readonly isMuch: boolean },
): Promise<void> {
  const members = [...listed.values()];
  for (let at = 0; at < members.length; at += rowsAtOnce) {
    await saveMembers(deps.db, workspace, members.slice(at, at + rowsAtOnce), begunAt);
    await renew();
  }
  if (isMuch) await updateStatistics(deps.db);
  if (extent.kind === 'whole') await markAbsent(deps.db, workspace, begunAt);
  await refreshAccounts(deps.db, workspace);
}

async function finishReading(
  deps: Deps,
  { workspace, renew }: LeasedList,
  extent: Extent,
  { come, gone, outdated }: Verdict & { kind: 'believed' } & { readonly outdated: readonly string[] },
): Promise<void> {
  const { id, platform, externalWorkspaceId } = workspace;
  const actor = installationActor(workspace.tenantId, 'job');
  const linked = await linkMembers(deps, actor, { kind: 'everybody' }, renew);
  const reportId = await gatherReport(deps, workspace, renew);
  await renew();
  const now = deps.clock.now();
  const outcome: Outcome = { kind: 'read', whole: extent.kind === 'whole', missing: extent.missing };
  await change(deps, actor, async (change) => {
    if (!(await settleList(change.db, deps.clock, workspace, outcome, untilTomorrow(id, now)))) return;
    if (come.length + gone.length > 0)
      change.record({
        event: 'members.read',
        after: { platform, workspace: externalWorkspaceId, come: come.length, gone: gone.length, linked },
      });
    await retellReports(change, outdated);
    await tellReport(change, id, reportId);
  });
}

/** Seconds in a day, plus or minus two hours: each workspace has its own time, so that not all are read at once. */
function untilTomorrow(listId: string, now: Date): number {
  const jitter =
    createHash('sha256')
      .update(`${listId} ${now.toISOString().slice(0, 10)}`)
      .digest()
      .readUInt16BE() / 0xffff;
  return (22 + 4 * jitter) * 3600;
}

/** Retry soon, and then less often; a failure that a person has to fix is retried every few hours. */
async function fail(deps: Deps, list: ClaimedList, failed: Omit<Outcome & { kind: 'failed' }, 'kind'>): Promise<void> {
  const minutes = failed.failure === 'away' ? Math.min(2 ** list.attempts, 60) : 6 * 60;
  const { failure, permission, lost = 0, known = 0 } = failed;
  await settleList(deps.db, deps.clock, list, { kind: 'failed', failure, permission, lost, known }, minutes * 60);
  deps.log.info({ listId: list.id, failure, attempts: list.attempts }, 'member list not saved');
}

const failureOf = (error: unknown): Omit<Outcome & { kind: 'failed' }, 'kind'> =>
  error instanceof ListRefused ? { failure: error.why, permission: error.permission } : { failure: 'away' };

/**
 * Read a list now, for an admin; `believe`: accept that many people left, if the next list lacks as many again. The
 * task reads it. False: the company has no such workspace.
 */
export async function requestListRefresh(deps: Deps, actor: Actor, listId: string, believe: boolean): Promise<boolean> {
  if (!(await ensureList(deps.db, deps.clock, listId, actor.tenantId))) return false;
  return change(deps, actor, async (change) => {
    if (!(await makeDue(change, deps.clock, listId, believe))) return false;
    change.record({ event: 'members.refresh-asked', subjectId: listId, ...(believe ? { after: { believe } } : {}) });
    change.enqueue({ name: 'members.refresh', payload: { listId } });
    return true;
  });
}
