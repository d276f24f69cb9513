import { createHash } from 'node:crypto';
import { change } from '../change.js';
import { type Actor, installation } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { factsOf, type MemberFacts } from './facts.js';
import { judge, type Verdict } from './judge.js';
import { linkMembers } from './link-members.js';
import { type Extent, ListRefused, type MemberList } from './ports.js';
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
  renewListClaim,
  saveMembers,
  settleList,
} from './refresh.store.js';
import { findReports, reportChanges, retellReports } from './report.js';

/** Somebody else reads this list by now. */
class ClaimLost extends Error {}

const rowsAtOnce = 500;
const hour = 3_600_000;

/**
 * Reads who is in a workspace into the mirror, links whom their verified address tells, and tells admins who is new and
 * who left; called by the task `members.refresh`. Twice is once: it is claimed first, and due again only tomorrow. A
 * list that could not be read whole, or that is not believed, makes nobody look gone; the row says what is wrong.
 */
export async function refreshMembers(deps: Deps, listId: string): Promise<void> {
  const known = await ensureList(deps.db, listId, deps.clock.now());
  const source = known && deps.memberLists.for(known.platform);
  const claimed = source && (await claimList(deps.db, listId, deps.clock.now()));
  if (!source || !claimed) return;

  const begunAt = deps.clock.now();
  let list = claimed;
  const hold = async () => {
    const renewed = await renewListClaim(deps.db, list, deps.clock.now());
    if (!renewed) throw new ClaimLost();
    list = renewed;
  };
  try {
    const read = await readAll(deps, source, list, hold);
    const verdict = judge(await findMirror(deps.db, list), read.listed, {
      whole: read.extent.kind === 'whole',
      believe: list.believe,
    });
    if (verdict.kind !== 'believed') return await fail(deps, list, { ...verdict, failure: verdict.kind });
    const outdated = await findReports(deps.db, list, verdict.back);
    await mirror(deps, list, read, begunAt, hold);
    await conclude(deps, list, read.extent, { ...verdict, outdated }, hold);
  } catch (error) {
    if (error instanceof ClaimLost) return;
    await fail(deps, list, failureOf(error));
    if (!(error instanceof ListRefused)) deps.log.warn({ error, listId }, 'members not read');
  }
}

interface Read {
  readonly listed: ReadonlyMap<string, MemberFacts>;
  readonly extent: Extent;
}

async function readAll(deps: Deps, source: MemberList, list: ClaimedList, hold: () => Promise<void>): Promise<Read> {
  const listed = new Map<string, MemberFacts>();
  const places = await findPlaces(deps.db, list);
  const extent = await source.read({ workspaceId: list.workspaceId, places }, async (page) => {
    for (const one of page) listed.set(one.accountId, factsOf(one));
    await hold();
  });
  return { listed, extent };
}

async function mirror(
  deps: Deps,
  list: ClaimedList,
  { listed, extent }: Read,
  begunAt: Date,
  hold: () => Promise<void>,
): Promise<void> {
  const members = [...listed.values()];
  for (let at = 0; at < members.length; at += rowsAtOnce) {
    await saveMembers(deps.db, list, members.slice(at, at + rowsAtOnce), begunAt);
    await hold();
  }
  if (extent.kind === 'whole') await markAbsent(deps.db, list, begunAt);
  await refreshAccounts(deps.db, list);
}

async function conclude(
  deps: Deps,
  list: ClaimedList,
  extent: Extent,
  { come, gone, outdated }: Verdict & { kind: 'believed' } & { readonly outdated: readonly string[] },
  hold: () => Promise<void>,
): Promise<void> {
  const actor = installation(list.tenantId, 'job');
  const linked = await linkMembers(deps, actor, hold);
  await hold();
  const now = deps.clock.now();
  const outcome: Outcome = {
    kind: 'read',
    whole: extent.kind === 'whole',
    missing: extent.missing,
  };
  await change(deps, actor, async (change) => {
    if (!(await settleList(change.db, list, outcome, { now, dueAt: tomorrow(list.id, now) }))) return;
    if (come.length + gone.length > 0)
      change.record({
        event: 'members.read',
        after: {
          platform: list.platform,
          workspace: list.workspaceId,
          come: come.length,
          gone: gone.length,
          linked,
        },
      });
    await retellReports(change, outdated);
    await reportChanges(change);
  });
}

/** A day later, give or take two hours: each workspace at its own time, so that not all are read at once. */
function tomorrow(listId: string, now: Date): Date {
  const jitter =
    createHash('sha256')
      .update(`${listId} ${now.toISOString().slice(0, 10)}`)
      .digest()
      .readUInt16BE() / 0xffff;
  return new Date(now.getTime() + (22 + 4 * jitter) * hour);
}

/** Tried again soon, and then less often; what a person has to mend first is looked at every few hours. */
async function fail(deps: Deps, list: ClaimedList, failed: Omit<Outcome & { kind: 'failed' }, 'kind'>): Promise<void> {
  const now = deps.clock.now();
  const minutes = failed.failure === 'away' ? Math.min(2 ** list.attempts, 60) : 6 * 60;
  const dueAt = new Date(now.getTime() + minutes * 60_000);
  const { failure, permission, lost = 0, known = 0 } = failed;
  await settleList(deps.db, list, { kind: 'failed', failure, permission, lost, known }, { now, dueAt });
  deps.log.info({ listId: list.id, failure, attempts: list.attempts }, 'members not taken over');
}

const failureOf = (error: unknown): Omit<Outcome & { kind: 'failed' }, 'kind'> =>
  error instanceof ListRefused ? { failure: error.why, permission: error.permission } : { failure: 'away' };

/**
 * An admin wants it read now; `believe`: so many really left, if the next list lacks as many again. The task does it.
 * False: there is no such workspace of theirs.
 */
export async function askForRefresh(deps: Deps, actor: Actor, listId: string, believe: boolean): Promise<boolean> {
  await ensureList(deps.db, listId, deps.clock.now());
  return change(deps, actor, async (change) => {
    if (!(await makeDue(change, listId, believe))) return false;
    change.record({ event: 'members.refresh-asked', subjectId: listId, ...(believe ? { after: { believe } } : {}) });
    change.nudge({ name: 'members.refresh', payload: { listId } });
    return true;
  });
}
