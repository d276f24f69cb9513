import { setTimeout as pause } from 'node:timers/promises';
import { change } from '../change.js';
import { type Actor, installationActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { raiseNoticeFor } from '../notices/notice.js';
import { isActiveAdmin } from '../people/person.js';
import { LeaseLost, runLeased } from '../tasks/lease.js';
import { renewalOutside, renewLease } from '../tasks/lease.store.js';
import { applyRun } from './apply-run.js';
import { findKnownUsers } from './bulk.store.js';
import { checkRun } from './check-run.js';
import type { ImportStatus } from './import-run.types.js';
import { advanceRun, type ClaimedRun, claimRun, leaveRun, moveRun } from './import-runs.store.js';
import { revertRun } from './revert-run.js';

/** Failed attempts since the last progress, over about two hours, after which a run is given up. */
const mostAttempts = 6;
/** Between two steps of the progress on a card in chat. */
const cardEveryMs = 3_000;
/** After each set so much of the time it took is left to the rest of the service. */
const shareLeft = 0.1;

/**
 * Does what a run's status says, under a lease, until nothing is left to do: judges its lines, applies them, reverts
 * them. Killed at any moment it goes on where it was. Called by the task `bulk.import`, and by the command line.
 */
export async function workOnRun(deps: Deps, runId: string): Promise<void> {
  for (let next = true; next; ) {
    const run = await claimRun(deps.db, deps.clock, runId);
    if (!run) return;
    next = await runLeased(
      () => renewLease(deps.db, deps.clock, 'ImportRun', run),
      () => takeStep(deps, run),
      () => deps.leases?.keep(renewalOutside('ImportRun', run)),
    ).catch(async (error: unknown) => {
      if (error instanceof LeaseLost) return false;
      // The next turn ends the run.
      if (error instanceof NoLongerAdmin) {
        await leaveRun(deps.db, deps.clock, run, 0);
        return true;
      }
      await leaveRun(deps.db, deps.clock, run, 2 ** run.attempts * 60);
      deps.log.warn({ error, runId, attempts: run.attempts }, 'import interrupted');
      return false;
    });
  }
}

/** The admin of a run lost access or role while it was at work. */
class NoLongerAdmin extends Error {}

/** From one status to the next; true: there is more to do. */
async function takeStep(deps: Deps, run: ClaimedRun): Promise<boolean> {
  const actor = await actorOf(deps, run);
  if (run.attempts > mostAttempts || !actor) {
    deps.log.warn({ runId: run.id, attempts: run.attempts }, 'import given up');
    return end('failed');
  }
  const { status } = run;
  if (status === 'checking') {
    await checkRun(deps, run, gotOn(deps, run));
    return end(run.applies ? 'applying' : 'checked');
  }
  if (status === 'applying') {
    await applyRun(deps, actor, run, gotOn(deps, run));
    return end('applied', actor);
  }
  await revertRun(deps, actor, run, gotOn(deps, run));
  return end('reverted', actor);

  async function end(status: ImportStatus, actor: Actor = installationActor(run.tenantId, 'job')): Promise<boolean> {
    await recordEnd(deps, run, actor, status);
    await leaveRun(deps.db, deps.clock, run);
    if (run.userId !== null) deps.changes.publish(run.userId);
    return status === 'applying';
  }
}

/** The end of a run that wrote something is on record, beside the lines of its people; whoever sent it by chat has a card. */
async function recordEnd(deps: Deps, run: ClaimedRun, actor: Actor, status: ImportStatus): Promise<void> {
  await change(deps, actor, async (change) => {
    const stopsHalfWay = status === 'failed' && run.status === 'applying';
    const appliedAt = status === 'applied' || stopsHalfWay ? change.now : null;
    const moved = await moveRun(change.db, run, status, { appliedAt });
    if (!moved) throw new LeaseLost();
    const { created, updated, refused, restored, kept } = moved;
    const { id: subjectId, fileName: file, userId, via } = run;
    if ((status === 'applied' || stopsHalfWay) && created + updated > 0) {
      const event = stopsHalfWay ? 'import.stopped' : 'import.applied';
      change.record({ event, subjectId, after: { file, created, updated, refused } });
    }
    if (status === 'reverted') change.record({ event: 'import.reverted', subjectId, after: { file, restored, kept } });
    if (userId !== null && via !== 'web' && status !== 'applying')
      await raiseNoticeFor(change, { kind: 'bulk.import', subjectId, userId });
  });
}

/** Tells the run, its admin's pages and their card in chat how far it is, and leaves the rest of the service its turn. */
function gotOn(deps: Deps, run: ClaimedRun): (lines: number) => Promise<void> {
  let begun = performance.now();
  let toldAt = begun;
  return async (lines) => {
    if (lines > 0 && !(await advanceRun(deps.db, deps.clock, run, lines))) throw new LeaseLost();
    // An admin who loses the role in the middle stops here, as everywhere else.
    if (!(await actorOf(deps, run))) throw new NoLongerAdmin();
    if (run.userId !== null) deps.changes.publish(run.userId);
    if (performance.now() - toldAt > cardEveryMs) {
      await showProgress(deps, run);
      toldAt = performance.now();
    }
    await pause((performance.now() - begun) * shareLeft);
    begun = performance.now();
  };
}

/** A file that is done within moments has its card at the end alone. */
async function showProgress(deps: Deps, { id: subjectId, tenantId, userId, via }: ClaimedRun): Promise<void> {
  if (userId === null || via === 'web') return;
  await change(deps, installationActor(tenantId, 'job'), (change) =>
    raiseNoticeFor(change, { kind: 'bulk.import', subjectId, userId }),
  );
}

/** Who does it; undefined: the admin who sent the file may no longer. */
async function actorOf(deps: Deps, { tenantId, userId, via }: ClaimedRun): Promise<Actor | undefined> {
  if (userId === null) return installationActor(tenantId, 'cli');
  const [admin] = await findKnownUsers(deps.db, tenantId, [userId]);
  if (!admin) return undefined;
  const { access, role, app_access: appAllowed } = admin.facts;
  return isActiveAdmin({ access, role, appAllowed })
    ? { kind: 'self', tenantId, userId, role: 'admin', via }
    : undefined;
}
