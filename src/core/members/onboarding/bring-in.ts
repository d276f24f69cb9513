import { change } from '../../change.js';
import { type Actor, installationActor, type PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { raiseNoticeFor } from '../../notices/notice.js';
import { addPeople } from '../../people/add-people.js';
import { retellReports } from '../report/joined-and-left-report.js';
import { linkMembers } from '../sync/link-members.js';
import {
  type BringInWish,
  type ClaimedBringIn,
  claimBringIn,
  endBringIn,
  endMarking,
  findWanted,
  insertBringIn,
  isWaiting,
  mayStillBringIn,
  releaseBringIn,
  renewClaim,
  type SelectedMember,
  unmarkFailed,
  unmarkSelected,
} from './bring-in.store.js';
import { type BringInSelection, countSelected, findSelected, markSelected } from './bring-in-selection.store.js';
import { newUsersOf } from './new-users.js';

export type { BringInSelection } from './bring-in-selection.store.js';

/** Users created in one transaction, and members marked by one statement. */
const madeAtOnce = 50;
const markedAtOnce = 5_000;

/** Failed attempts, over about two hours, after which the admin is told that it did not work. */
const mostAttempts = 6;

/** The result so far; the task `members.bring-in` creates the `waiting` ones. */
export interface BroughtIn {
  readonly made: number;
  readonly waiting: number;
}

/**
 * Create users for members whom an admin selected: listed or hidden, with a username from their address, linked to
 * their account. The first few at once, so that a small company sees them; the rest by a task.
 */
export async function bringIn(
  deps: Deps,
  actor: PersonActor,
  whom: BringInSelection,
  how: Pick<BringInWish, 'access' | 'inDirectory'>,
): Promise<BroughtIn> {
  const asked = await change(deps, actor, async (change) => {
    const count = await countSelected(change, whom);
    if (count === 0) return undefined;
    const id = await insertBringIn(change, deps.clock, { ...how, userId: actor.userId, via: actor.via }, whom);
    change.record({ event: 'members.bring-in-asked', subjectId: id, after: { count, ...how } });
    return { id, count };
  });
  if (!asked) return { made: 0, waiting: 0 };

  const made = await makeUsers(deps, asked.id, 1);
  if (!(await isWaiting(deps.db, asked.id))) return { made, waiting: 0 };
  await deps.tasks
    .add([{ name: 'members.bring-in', payload: { bringInId: asked.id } }], { once: true })
    .catch((error) => deps.log.warn({ error }, 'enqueue failed'));
  return { made, waiting: Math.max(1, asked.count - made) };
}

/** Another worker holds this bring-in now. */
class ClaimLost extends Error {}

/**
 * Create users for a bring-in, portion by portion; called by the task `members.bring-in`. Idempotent: the row is
 * claimed first, and a user is never created twice. Failures are retried with growing delays, and given up in the end.
 * Resolves to how many users were created.
 */
export async function makeUsers(deps: Deps, bringInId: string, portions = Number.POSITIVE_INFINITY): Promise<number> {
  const first = await claimBringIn(deps.db, deps.clock, bringInId);
  if (!first) return 0;

  let claimed = first;
  let made = 0;
  const gotOn = async () => {
    const renewed = await renewClaim(deps.db, deps.clock, claimed);
    if (!renewed) throw new ClaimLost();
    claimed = renewed;
  };
  try {
    if (claimed.attempts > mostAttempts) return await giveUp(deps, claimed);
    const isMarked = await markAll(deps, claimed, gotOn, portions);
    for (let portion = 0; portion < portions; portion += 1) {
      if (!(await mayStillBringIn(deps.db, claimed))) return await giveUp(deps, claimed);
      const wanted = await findWanted(deps.db, bringInId, madeAtOnce);
      if (wanted.length === 0) break;
      made += await makePortion(deps, claimed, wanted);
      await gotOn();
    }
    if (isMarked && (await findWanted(deps.db, bringInId, 1)).length === 0)
      await endBringIn(deps.db, claimed, 'done', deps.clock.now());
    else await releaseBringIn(deps.db, deps.clock, claimed);
  } catch (error) {
    if (error instanceof ClaimLost) return made;
    await releaseBringIn(deps.db, deps.clock, claimed, 2 ** claimed.attempts * 60);
    deps.log.warn({ error, bringInId, attempts: claimed.attempts }, 'bring-in failed');
  }
  return made;
}

/**
 * Mark the selected members; while an admin waits for the first portions, some thousands at most. True: all are marked.
 */
async function markAll(
  deps: Deps,
  { whom, ...claimed }: ClaimedBringIn,
  gotOn: () => Promise<void>,
  portions: number,
): Promise<boolean> {
  for (let left = portions; whom !== null; left -= 1) {
    const marked = await markSelected(deps.db, { ...claimed, whom }, markedAtOnce);
    if (marked === 0) break;
    if (marked === markedAtOnce && left <= 1) return false;
    await gotOn();
  }
  if (whom !== null) await endMarking(deps.db, claimed.id);
  return true;
}

async function makePortion(deps: Deps, claimed: ClaimedBringIn, wanted: readonly SelectedMember[]): Promise<number> {
  const { tenantId, userId, via } = claimed;
  const actor: Actor = { kind: 'self', tenantId, userId, role: 'admin', via };
  const made = await change(deps, actor, async (change) => {
    const { access, inDirectory } = claimed;
    const people = await newUsersOf(change, wanted);
    const added = await addPeople(
      change,
      people.map((person) => ({ ...person, access, inDirectory })),
    );
    await unmarkSelected(change, wanted);
    return added.size;
  });
  await linkMembers(deps, actor, { kind: 'addresses', addresses: wanted.map(({ email }) => email) });
  const reports = [...new Set(wanted.flatMap(({ reportId }) => reportId ?? []))];
  await change(deps, actor, (change) => retellReports(change, reports));
  return made;
}

/** Waiting members become new again, with the reason; the admin who asked is told. */
async function giveUp(deps: Deps, claimed: ClaimedBringIn): Promise<number> {
  let count = 0;
  for (let some = 1; some > 0; count += some) some = await unmarkFailed(deps.db, claimed.id, markedAtOnce);
  await change(deps, installationActor(claimed.tenantId, 'job'), async (change) => {
    if (!(await endBringIn(change.db, claimed, 'failed', change.now))) return;
    change.record({ event: 'members.bring-in-failed', subjectId: claimed.id, after: { count } });
    await raiseNoticeFor(change, { kind: 'members.bring-in-failed', subjectId: claimed.id, userId: claimed.userId });
  });
  deps.log.warn({ bringInId: claimed.id, count }, 'bring-in given up');
  return 0;
}

/**
 * Parse addresses and domains, as typed: `ann@maple.example, @oak.example`. `unknown`: those that select nobody new.
 */
export async function selectionOf(
  deps: Deps,
  actor: PersonActor,
  typed: string,
): Promise<{ readonly whom: BringInSelection; readonly unknown: readonly string[] }> {
  const names = [
    ...new Set(
      typed
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter((name) => name !== ''),
    ),
  ];
  const domains = names.flatMap((name) => (name.startsWith('@') ? [name.slice(1)] : []));
  const addresses = names.filter((name) => !name.startsWith('@'));
  const whom = { kind: 'named', addresses, domains } as const;
  const meant = await findSelected(deps.db, actor.tenantId, whom);
  return { whom, unknown: names.filter((name) => !meant.has(name.replace(/^@/, ''))) };
}
