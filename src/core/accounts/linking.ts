import { type Change, change } from '../change.js';
import { type Actor, installationActor, type Role } from '../chat/actor.js';
import type { AccountKey, Mention, Sender } from '../chat/exchange.js';
import type { Messenger, Profile } from '../chat/messenger.js';
import type { Locale } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { canonicalId, isUuid, type TenantId, type UserId } from '../ids.js';
import { raiseNoticeFor } from '../notices/notice.js';
import { findAdmins, findPersonBy, findRole, findUser, findUserByAccount } from '../people/index.js';
import type { Person } from '../people/person.js';
import { findDefaultTenant } from '../tenants/tenants.js';
import { oneLine, truncate } from '../text.js';
import { ownerOfAccount } from './account-owner.js';
import {
  decideLinkRequest,
  deleteWorkspace,
  findAccountsAskedAbout,
  findLinkRequest,
  findLinkRequestOf,
  findTenantName,
  findWorkspaceTenant,
  insertAccounts,
  insertLinkRequest,
  insertWorkspace,
  type LinkRequest,
  saveAccount,
  updateAccountFacts,
} from './linking.store.js';
import { codeIn, redeemCode } from './workspace-code.js';

export { deleteWorkspace, findLinkRequest, findWorkspaceTenant, insertWorkspace, type LinkRequest };

/** The result for an account that was not linked: linked by its verified e-mail, or waiting for an admin. */
export type LinkingResult = { readonly kind: 'linked' } | { readonly kind: 'waiting'; readonly line: string };

/**
 * Link an unknown account to its user, or ask an admin to. `typed` is the person's message: an admin's code makes an
 * unknown workspace the company's.
 */
export async function linkOrAskAdmins(
  deps: Deps,
  sender: Sender,
  locale: Locale,
  typed: string,
): Promise<LinkingResult> {
  const words = wordsIn(locale).users;
  const home = await companyOf(deps, sender, typed);
  if (home.kind !== 'company') return { kind: 'waiting', line: words[home.kind] };

  const profile = await profileOf(deps, sender);
  const person = profile?.email && (await findPersonBy(deps.db, home.tenantId, { email: profile.email }));
  if (person) {
    await linkByEmail(deps, { ...profile, ...sender }, person);
    if (!home.byCode) return { kind: 'linked' };
    return { kind: 'waiting', line: words.connectedNow(await findTenantName(deps.db, home.tenantId)) };
  }

  const shows = { displayName: profile?.displayName ?? sender.displayName ?? sender.accountId, email: profile?.email };
  const status = await askAdmins(deps, home.tenantId, sender, shows);
  if (status === 'refused') return { kind: 'waiting', line: words.refused };
  const seen = shows.email === undefined ? words.seenNoEmail : words.seenEmail(shows.email);
  return { kind: 'waiting', line: `${words.waiting(await findTenantName(deps.db, home.tenantId))} ${seen}` };
}

/** A mentioned account: a person of the company, or an outsider with their name if known. */
export type MentionedAccount =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'outside'; readonly name: string | undefined };

/**
 * Return the person behind a mentioned account. A colleague who never wrote to Attendant is linked by their verified
 * e-mail, as if they had, so that they can be chosen and notified. An outsider too while the platform is unreachable.
 */
export async function personMentioned(deps: Deps, tenantId: TenantId, account: Mention): Promise<MentionedAccount> {
  const known = await findUserByAccount(deps.db, tenantId, account);
  if (known) return { kind: 'person', person: known };
  const isOthers = (await ownerOfAccount(deps, account)) !== undefined;
  const profile = await profileOf(deps, account).catch(() => undefined);
  const person = isOthers
    ? undefined
    : profile?.email && (await findPersonBy(deps.db, tenantId, { email: profile.email }));
  if (!person) return { kind: 'outside', name: profile?.displayName || account.displayName || undefined };
  await linkByEmail(deps, { ...profile, ...account }, person, installationActor(tenantId, 'chat'));
  return { kind: 'person', person };
}

/** Return the text about a mentioned person who is not in Attendant. */
export const outsiderLine = (locale: Locale, { name }: MentionedAccount & { kind: 'outside' }): string =>
  wordsIn(locale).users.notInAttendant(name === undefined ? undefined : truncate(name, longestName));

const longestName = 60;

/** Store what a request newly shows of its account, in the background; a failure does no harm. */
export function refreshAccount(deps: Deps, from: Sender): void {
  updateAccountFacts(deps.db, from).catch((error) => deps.log.warn({ error }, 'account refresh failed'));
}

/**
 * Link an account to the user with this e-mail address, for an admin at the command line; an unclaimed workspace
 * becomes the company's. Throws UserError for an unknown address and for another company's workspace.
 */
export async function linkAccount(
  deps: Deps,
  actor: Actor,
  given: AccountKey & { readonly email: string },
): Promise<Person> {
  const { tenantId } = actor;
  const person = await findPersonBy(deps.db, tenantId, { email: given.email });
  if (!person) throw new UserError((words) => words.users.linkNobody(given.email), 404);
  const account = {
    ...given,
    externalWorkspaceId: canonicalId(given.externalWorkspaceId),
    accountId: canonicalId(given.accountId),
  };

  await change(deps, actor, async (change) => {
    const owner = await findWorkspaceTenant(change.db, account.platform, account.externalWorkspaceId);
    if (owner !== undefined && owner !== tenantId) throw new UserError((words) => words.users.linkOtherCompany, 409);
    await insertWorkspace(change, account.platform, account.externalWorkspaceId);
    await saveAccount(change, account, person.id, 'cli');
    await settleRequest(change, account, person.id);
  });
  return person;
}

/**
 * Link accounts to the users whose verified addresses a platform's member list shows; linked accounts stay as they are.
 * Resolves to how many it linked.
 */
export async function linkListedAccounts(
  change: Change,
  accounts: Parameters<typeof insertAccounts>[1],
): Promise<number> {
  const linked = await insertAccounts(change, accounts);
  for (const account of await findAccountsAskedAbout(change, linked))
    await settleRequest(change, account, account.userId);
  return linked.length;
}

/**
 * Link the account to the user whom an admin chose; the person is notified, and every admin's card shows it. Throws
 * UserError if it is decided already.
 */
export async function confirmLink(deps: Deps, actor: Actor, id: string, user: Person): Promise<LinkRequest> {
  return change(deps, actor, async (change) => {
    const request = await waitingRequest(change, id);
    await saveAccount(change, request, user.id, 'admin');
    await settleRequest(change, request, user.id);
    await raiseNoticeFor(change, { kind: 'account.linked', subjectId: request.id, userId: user.id });
    return request;
  });
}

/** Leave the account unlinked, as an admin decided. Throws UserError if it is decided already. */
export async function refuseLink(deps: Deps, actor: Actor, id: string): Promise<LinkRequest> {
  return change(deps, actor, async (change) => {
    const request = await waitingRequest(change, id);
    await decideLinkRequest(change, request.id, { status: 'refused' });
    change.record({ event: 'account.link-refused', subjectId: request.id });
    await tellAdmins(change, request.id);
    return request;
  });
}

/**
 * Return the company of this workspace. The workspace that this installation's own credentials name becomes the oldest
 * company's when it first writes; any other needs an admin's code, or `attendant link`.
 */
async function companyOf(
  deps: Deps,
  { platform, externalWorkspaceId }: AccountKey,
  typed: string,
): Promise<
  { kind: 'company'; tenantId: TenantId; byCode?: true } | { kind: 'workspaceUnknown' | 'codeWrong' | 'notSetUp' }
> {
  const known = await findWorkspaceTenant(deps.db, platform, externalWorkspaceId);
  if (known !== undefined) return { kind: 'company', tenantId: known };
  const code = codeIn(typed);
  if (code !== undefined) {
    const company = await redeemCode(deps, code, { platform, externalWorkspaceId });
    if (company !== undefined) return { kind: 'company', tenantId: company, byCode: true };
    return (await companyNow()) ?? { kind: 'codeWrong' };
  }
  if (!(await isOwnWorkspace(deps, platform, externalWorkspaceId))) return { kind: 'workspaceUnknown' };

  const tenantId = await findDefaultTenant(deps.db);
  if (tenantId === undefined) return { kind: 'notSetUp' };
  await change(deps, installationActor(tenantId, 'chat'), (change) =>
    insertWorkspace(change, platform, externalWorkspaceId),
  );
  return (await companyNow()) ?? { kind: 'notSetUp' };

  /** Read again: another message from the workspace may have connected it at the same moment, with another company too. */
  async function companyNow() {
    const tenantId = await findWorkspaceTenant(deps.db, platform, externalWorkspaceId);
    return tenantId === undefined ? undefined : ({ kind: 'company', tenantId } as const);
  }
}

async function profileOf(deps: Deps, account: AccountKey): Promise<Profile | undefined> {
  const profile = await askPlatform(deps, account.platform, 'profile not read', (messenger) =>
    messenger.profile(account),
  );
  return profile && { ...profile, ...(profile.displayName ? { displayName: oneLine(profile.displayName, 160) } : {}) };
}

async function isOwnWorkspace(deps: Deps, platform: string, externalWorkspaceId: string): Promise<boolean> {
  const own = await askPlatform(deps, platform, 'workspace not read', (messenger) =>
    messenger.isOwnWorkspace(externalWorkspaceId),
  );
  return own ?? false;
}

/** A platform that is unreachable now is asked again later; it does not count as not knowing the account. */
async function askPlatform<Told>(
  deps: Deps,
  platform: string,
  failure: string,
  ask: (messenger: Messenger) => Promise<Told>,
): Promise<Told | undefined> {
  const messenger = deps.messengers.forPlatform(platform);
  try {
    return messenger && (await ask(messenger));
  } catch (error) {
    deps.log.warn({ error, platform }, failure);
    throw new UserError((words) => words.users.platformAway);
  }
}

/** `actor` is the person themselves, unless another person's message led here. */
async function linkByEmail(deps: Deps, account: Sender, person: Person, actor?: Actor): Promise<void> {
  const role: Role = await findRole(deps.db, person.id);
  const self: Actor = { kind: 'self', tenantId: person.tenantId, userId: person.id, role, via: account.platform };
  await change(deps, actor ?? self, async (change) => {
    await saveAccount(change, account, person.id, 'email');
    await settleRequest(change, account, person.id);
  });
}

/** Ask the admins once, however often the person writes. */
async function askAdmins(
  deps: Deps,
  tenantId: TenantId,
  account: AccountKey,
  shows: { readonly displayName: string; readonly email: string | undefined },
): Promise<LinkRequest['status']> {
  const asked = await findLinkRequestOf(deps.db, account);
  if (asked) return asked.status;
  await change(deps, installationActor(tenantId, 'chat'), async (change) => {
    const request = await insertLinkRequest(change, account, shows);
    if (request) await tellAdmins(change, request.id);
  });
  return 'waiting';
}

async function waitingRequest(change: Change, id: string): Promise<LinkRequest> {
  const request = isUuid(id) ? await findLinkRequest(change.db, id) : undefined;
  if (request?.status !== 'waiting' || request.tenantId !== change.tenantId)
    throw new UserError((words) => words.users.decided, 409);
  return request;
}

/** Decide the pending link request of an account that was linked in any way. */
async function settleRequest(change: Change, account: AccountKey, userId: UserId): Promise<void> {
  const request = await findLinkRequestOf(change.db, account);
  if (!request || !(await decideLinkRequest(change, request.id, { status: 'confirmed', userId }))) return;
  await tellAdmins(change, request.id);
}

async function tellAdmins(change: Change, requestId: string): Promise<void> {
  for (const userId of await findAdmins(change.db, change.tenantId))
    await raiseNoticeFor(change, { kind: 'account.unknown', subjectId: requestId, userId });
}

/** Return the user for whom a request was decided. */
export const findLinkedUser = (deps: Deps, { tenantId, userId }: LinkRequest): Promise<Person | undefined> =>
  userId === undefined ? Promise.resolve(undefined) : findUser(deps.db, tenantId, userId);
