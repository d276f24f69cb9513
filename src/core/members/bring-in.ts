import { type Change, change } from '../change.js';
import type { Actor, PersonActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import {
  type BringInWish,
  type ClaimedBringIn,
  claimBringIn,
  countWanted,
  findDefaults,
  findMeant,
  findTaken,
  findWanted,
  insertBringIn,
  insertUsers,
  keepClaim,
  letGo,
  type Newcomer,
  type Wanted,
  type Whom,
} from './bring-in.store.js';
import { usernameFrom } from './facts.js';
import { linkMembers } from './link-members.js';
import { retellReports } from './report.js';

export type { Whom } from './bring-in.store.js';

const atOnce = 50;

/** What came of it so far; `waiting` are made by the task `members.bring-in`. */
export interface BroughtIn {
  readonly made: number;
  readonly waiting: number;
}

/**
 * Makes users of members whom an admin chooses: in the directory or not, with a username out of their address, linked to
 * their account. The first few at once, so that a small company sees them; the rest by a task.
 */
export async function bringIn(
  deps: Deps,
  actor: PersonActor,
  whom: Whom,
  how: Pick<BringInWish, 'access' | 'inDirectory'>,
): Promise<BroughtIn> {
  const { id, count } = await change(deps, actor, async (change) => {
    const wish = { ...how, userId: actor.userId, via: actor.via };
    const made = await insertBringIn(change, wish, whom);
    if (made.count > 0)
      change.record({ event: 'members.bring-in-asked', subjectId: made.id, after: { count: made.count, ...how } });
    return made;
  });
  const made = await makeUsers(deps, id, 1);
  const waiting = count === 0 ? 0 : await countWanted(deps.db, id);
  if (waiting > 0)
    await deps.tasks
      .add([{ name: 'members.bring-in', payload: { bringInId: id } }], { once: true })
      .catch((error) => deps.log.warn({ error }, 'nudge lost'));
  return { made, waiting };
}

/**
 * Makes users for a bringing-in, portion by portion; called by the task `members.bring-in`. Twice is once: it is claimed
 * first, and whoever is a user is never made one again. Resolves to how many were made.
 */
export async function makeUsers(deps: Deps, bringInId: string, portions = Number.POSITIVE_INFINITY): Promise<number> {
  const first = await claimBringIn(deps.db, bringInId, deps.clock.now());
  if (!first) return 0;

  let claimed = first;
  let made = 0;
  for (let portion = 0; portion < portions; portion += 1) {
    const wanted = await findWanted(deps.db, bringInId, atOnce);
    if (wanted.length === 0) break;
    made += await makePortion(deps, claimed, wanted);
    const now = deps.clock.now();
    if (!(await keepClaim(deps.db, claimed, { claimedAt: now }))) return made;
    claimed = { ...claimed, claimedAt: now };
  }
  const isDone = (await countWanted(deps.db, bringInId)) === 0;
  await keepClaim(deps.db, claimed, { claimedAt: null, ...(isDone ? { doneAt: deps.clock.now() } : {}) });
  return made;
}

async function makePortion(deps: Deps, claimed: ClaimedBringIn, wanted: readonly Wanted[]): Promise<number> {
  const { tenantId, userId, via } = claimed;
  const actor: Actor = { kind: 'self', tenantId, userId, role: 'admin', via };
  const made = await change(deps, actor, async (change) => {
    const count = await insertUsers(change, await newcomersOf(change, wanted), claimed);
    await letGo(change, wanted);
    return count;
  });
  await linkMembers(deps, actor);
  const reports = [...new Set(wanted.flatMap(({ reportId }) => reportId ?? []))];
  await change(deps, actor, (change) => retellReports(change, reports));
  return made;
}

/** Whoever has an address that is nobody's, once each: the same person may be in two workspaces. */
async function newcomersOf(change: Change, wanted: readonly Wanted[]): Promise<readonly Newcomer[]> {
  const emails = wanted.map(({ email }) => email.toLowerCase());
  const nobodyHas = () => false;
  const locals = emails.map((email) => usernameFrom(email, nobodyHas));
  const taken = await findTaken(change, emails, [...locals, ...emails]);
  const company = await findDefaults(change);
  const usernames = new Set(taken.usernames);
  const seen = new Set(taken.emails);
  return wanted.flatMap(({ id: _id, reportId: _reportId, locale, ...member }) => {
    const email = member.email.toLowerCase();
    if (seen.has(email)) return [];
    seen.add(email);
    const username = usernameFrom(email, (name) => usernames.has(name));
    usernames.add(username);
    const language = languageOf(locale);
    return [
      {
        ...member,
        email,
        username,
        language: language === company.language ? null : language,
        timeZone: member.timeZone === company.timeZone ? null : member.timeZone,
      },
    ];
  });
}

/** The product's languages; what somebody reads in any other is the company's. */
function languageOf(locale: string | null): 'en' | 'fr' | null {
  const language = locale?.slice(0, 2).toLowerCase();
  return language === 'en' || language === 'fr' ? language : null;
}

/** Addresses and domains, as typed: `ann@maple.example, @oak.example`. `unknown`: nobody new is meant by these. */
export async function whomNamed(
  deps: Deps,
  actor: PersonActor,
  typed: string,
): Promise<{ readonly whom: Whom; readonly unknown: readonly string[] }> {
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
  const meant = await findMeant(deps.db, actor.tenantId, whom);
  return { whom, unknown: names.filter((name) => !meant.has(name.replace(/^@/, ''))) };
}
