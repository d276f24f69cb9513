import { type Change, change } from '../change.js';
import type { PersonActor } from '../chat/actor.js';
import type { AccountKey } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { isUuid, type UserId } from '../ids.js';
import { raiseNoticeFor, updateNoticeFor } from '../notices/notice.js';
import { readSignedText, signText } from '../signed-token.js';
import { oneLine } from '../text.js';
import { findOwnerId } from './account-owner.store.js';
import * as store from './sign-in.store.js';
import type { Employees, Entry, InstallationUser, SignedIn } from './sign-in.types.js';

/** How long a sign-in link is valid, in minutes. */
export const linkMinutes = 15;
/** How long a session in the browser lasts, in days. */
export const sessionDays = 30;

/** A person who opens a page in a chat client's frame without a cookie gets a new session each time, within an hour. */
const mostSessionsByAccount = 120;

/** Where a person signs in: the platform's name, and the language that their browser asks for. */
export interface SignInContext {
  readonly platform: string;
  readonly locale: string | undefined;
}

/**
 * Return the address that signs the requester in, once, within 15 minutes, and leads to a page of the app (`to`: path
 * and query). While an admin acts as another user it signs in the admin: no admin may hold another person's session
 * after the 30 minutes.
 */
export async function signInLink(deps: Deps, requester: Requester, to?: string): Promise<string> {
  const userId = requester.impersonator?.id ?? requester.user.id;
  const expiresAt = new Date(deps.clock.now().getTime() + linkMinutes * 60_000);
  const id = await change(deps, requester.actor, (change) => store.createLink(change, userId, expiresAt));
  return addressOf(deps, id, to);
}

function addressOf(deps: Deps, linkId: string, to: string | undefined): string {
  const address = `${deps.publicUrl}/sign-in/${signText(deps.secret, 'sign-in', linkId)}`;
  return to === undefined ? address : `${address}?${new URLSearchParams({ to })}`;
}

/** The minimum time between two sign-in cards. */
const cardEverySeconds = 60;

/**
 * Inside a change: send a sign-in link to this person's own chats (or mailbox, as their notices go), because a visitor
 * who is not signed in opened the page of a player link. At most one a minute for each person; false: over that limit.
 */
export async function sendSignInLink(change: Change, userId: UserId, playerLinkId: string): Promise<boolean> {
  const expiresAt = new Date(change.now.getTime() + linkMinutes * 60_000);
  if (await store.holdsRecentLink(change, userId, new Date(expiresAt.getTime() - cardEverySeconds * 1000)))
    return false;
  const id = await store.createLink(change, userId, expiresAt, playerLinkId);
  await raiseNoticeFor(change, { kind: 'sign-in.asked', subjectId: id, userId });
  return true;
}

/** Return the link of the notice `sign-in.asked`: its player link, and its address while it can be used. */
export async function requestedLink(
  deps: Deps,
  id: string,
  to: (playerLinkId: string) => string,
): Promise<{ readonly url: string | undefined } | undefined> {
  const link = await store.findRequestedLink(deps.db, id);
  if (!link) return undefined;
  const isOver = link.usedAt !== null || link.expiresAt <= deps.clock.now();
  return { url: isOver ? undefined : addressOf(deps, id, to(link.playerLinkId)) };
}

/**
 * Return the user whom this link signs in; undefined: the link was used, is too old, or is invalid. Throws UserError
 * (403) if the user may not sign in.
 */
export async function personOfLink(deps: Deps, token: string): Promise<InstallationUser | undefined> {
  const id = linkIdOf(deps, token);
  const person = id === undefined ? undefined : await store.findPersonOfLink(deps.db, id, deps.clock.now());
  if (person) refuseEntry(person.entry);
  return person;
}

/** Sign in with a personal link. Throws UserError for a link that was used or is too old. */
export async function signInWithLink(deps: Deps, token: string, door: SignInContext): Promise<SignedIn> {
  const person = await personOfLink(deps, token);
  if (!person) throw linkIsOver();
  return signIn(deps, person, door, linkIdOf(deps, token));
}

/** Sign in as any user, for the demo only: the caller must check that this is a demo. */
export async function signInAs(deps: Deps, userId: string, door: SignInContext): Promise<SignedIn> {
  const person = isUuid(userId) ? await store.findPerson(deps.db, userId) : undefined;
  if (!person) throw new UserError((words) => words.chat.noSuchPerson);
  return signIn(deps, person, door);
}

/**
 * Sign in the user to whom this account is linked; the caller has verified that the account is the visitor's. `current`:
 * a session that the visitor has; it goes on if it is that user's. Undefined: the account is not linked. Throws UserError
 * (403) if the user may not sign in, or (429) after too many sessions within an hour.
 */
export async function signInByAccount(
  deps: Deps,
  account: AccountKey,
  door: SignInContext,
  current?: SignedIn,
): Promise<SignedIn | undefined> {
  const userId = await findOwnerId(deps.db, account);
  if (current && current.userId === userId) return current;
  const person = userId && (await store.findPerson(deps.db, userId));
  if (!person) return undefined;
  const hourAgo = new Date(deps.clock.now().getTime() - 3_600_000);
  if ((await store.countSessions(deps.db, person, hourAgo)) >= mostSessionsByAccount)
    throw new UserError((words) => words.chat.tooFast, 429);
  return signIn(deps, person, door);
}

async function signIn(deps: Deps, person: InstallationUser, door: SignInContext, linkId?: string): Promise<SignedIn> {
  const { tenantId, id: userId } = person;
  const expiresAt = new Date(deps.clock.now().getTime() + sessionDays * 86_400_000);
  return change(deps, actorOf(person, door), async (change) => {
    refuseEntry(await store.lockEntry(change, userId));
    if (linkId !== undefined && !(await store.consumeLink(change, linkId))) throw linkIsOver();
    if (linkId !== undefined) await updateNoticeFor(change, { kind: 'sign-in.asked', subjectId: linkId, userId });
    // The person's own language precedes the browser's, and stays where it can be changed.
    const locale = person.language === undefined ? door.locale : undefined;
    await store.ensureAccount(change, userId, { ...door, locale });
    return { sessionId: await store.createSession(change, userId, expiresAt), tenantId, userId };
  });
}

/** Return the person who holds this session, while it lasts. */
export const findSignedIn = async (deps: Deps, sessionId: string): Promise<SignedIn | undefined> =>
  isUuid(sessionId) ? store.findSession(deps.db, sessionId, deps.clock.now()) : undefined;

/** End a session in the browser. */
export async function signOut(deps: Deps, session: SignedIn, door: SignInContext): Promise<void> {
  const person = await store.findPerson(deps.db, session.userId);
  if (!person) return;
  await change(deps, actorOf(person, door), async (change) => {
    await store.endSession(change, session.sessionId, person.id);
    // Open pages of this session, in every process, end their streams.
    change.touch(person.id);
  });
}

/** Set the language in which the app addresses this person. */
export async function changeLanguage(
  deps: Deps,
  session: SignedIn,
  platform: string,
  locale: 'en' | 'fr',
): Promise<void> {
  const person = await store.findPerson(deps.db, session.userId);
  if (!person) return;
  await change(deps, actorOf(person, { platform, locale }), async (change) => {
    await store.changeLocale(change, platform, person.id, locale);
    change.touch(person.id);
  });
}

/** Return the people as whom one can sign in to the demo. */
export async function findDemoEmployees(deps: Deps, typed: string): Promise<Employees> {
  const found = await store.findEmployees(deps.db, oneLine(typed, 200), mostEmployees + 1);
  return { typed, people: found.slice(0, mostEmployees), more: found.length > mostEmployees };
}

const mostEmployees = 100;

const actorOf = (person: InstallationUser, door: SignInContext): PersonActor => ({
  kind: 'self',
  tenantId: person.tenantId,
  userId: person.id,
  role: person.role,
  via: door.platform,
});

const linkIdOf = (deps: Deps, token: string): string | undefined => {
  const id = readSignedText(deps.secret, 'sign-in', token);
  return id !== undefined && isUuid(id) ? id : undefined;
};

function refuseEntry(entry: Entry): void {
  if (entry === 'company-off') throw new UserError((words) => words.chat.tenantOff, 403);
  if (entry === 'no-access') throw new UserError((words) => words.chat.noAccess, 403);
}

const linkIsOver = () => new UserError((words) => words.signIn.linkIsOver, 403);
