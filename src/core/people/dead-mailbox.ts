import type { Change } from '../change.js';
import { UserError } from '../errors.js';
import type { UserId } from '../ids.js';
import { countingValue } from '../settings/counting-value.js';
import { countMailboxWays, findMailboxWays } from './mailbox-ways.store.js';
import type { CompanyWays, PersonWays } from './mailbox-ways.types.js';
import { hasAccess, type PersonValues } from './person.js';

/** A change would leave somebody a mailbox whose messages nobody can hear. */
export class DeadMailbox extends UserError {
  constructor(readonly person: string) {
    super((words) => words.people.deadMailbox(person), 422);
  }
}

/**
 * Can nobody hear the messages of this mailbox (PRODUCT.md §5, Notification type): no app, no e-mail with the message
 * attached, no phone access? The values are those that count. A general mailbox has members, who hear its messages.
 */
function isDeadMailbox(company: CompanyWays, person: PersonWays): boolean {
  if (company.edition !== 'attendant_plus' || person.userType === 'general_voicemail') return false;
  const app = countingValue('gate', { company: company.appAllowed, own: person.appAllowed });
  const sides = { company: company.notificationType, own: person.notificationType };
  const byMail = countingValue('override', sides) === 'email_with_attachment';
  return !app && !byMail && !(company.accessNumber !== null && person.hasPhoneAccess);
}

/**
 * Does a change make a mailbox one that nobody can hear? `before` undefined: the person is new, and of one of whom nothing
 * is said the company has decided. Access counts only where it is taken: what is set without it stays once it is given.
 */
export function makesDead(company: CompanyWays, before: PersonWays | undefined, after: PersonWays): boolean {
  if (!isDeadMailbox(company, after)) return false;
  if (before) return !isDeadMailbox(company, before) && (hasAccess(after) || !hasAccess(before));
  return !after.appAllowed || after.notificationType !== null;
}

/** The values of a person that decide it. */
export const waysOf = (values: Partial<PersonValues> & Pick<PersonValues, 'access' | 'appAllowed'>): PersonWays => ({
  access: values.access,
  userType: values.userType ?? 'business',
  appAllowed: values.appAllowed,
  notificationType: values.notificationType ?? null,
  hasPhoneAccess: (values.extension ?? null) !== null && (values.pinHash ?? null) !== null,
});

const decisive = ['access', 'userType', 'appAllowed', 'notificationType', 'extension', 'pinHash'] as const;

/**
 * Inside a change, before people are written: returns what refuses (`DeadMailbox`), once they are, where one of them has a
 * mailbox by then that nobody can hear, and had another before. Asks nothing where no such value is written.
 */
export async function deadMailboxGuard(
  change: Change,
  updates: readonly { readonly id: UserId; readonly values: Partial<PersonValues> }[],
): Promise<() => Promise<void>> {
  const ids = updates.filter(({ values }) => decisive.some((key) => key in values)).map(({ id }) => id);
  if (ids.length === 0) return async () => {};
  const before = await findMailboxWays(change, ids);
  return async () => {
    for (const [id, { name, company, person }] of await findMailboxWays(change, ids)) {
      const known = before.get(id)?.person;
      if (known && makesDead(company, known, person)) throw new DeadMailbox(name);
    }
  };
}

/** Inside the change that added these people: refuses (`DeadMailbox`) a mailbox that nobody can hear. */
export async function refuseDeadNewcomers(change: Change, ids: readonly UserId[]): Promise<void> {
  for (const { name, company, person } of (await findMailboxWays(change, ids)).values())
    if (makesDead(company, undefined, person)) throw new DeadMailbox(name);
}

/** How many people would have a mailbox that nobody can hear, and have another now, and one of their names. */
export async function countMadeDead(
  change: Change,
  before: CompanyWays,
  after: CompanyWays,
): Promise<{ readonly people: number; readonly example: string }> {
  const alike = await countMailboxWays(change);
  const made = alike.filter(
    ({ person }) => hasAccess(person) && isDeadMailbox(after, person) && !isDeadMailbox(before, person),
  );
  return { people: made.reduce((sum, { people }) => sum + people, 0), example: made[0]?.example ?? '' };
}
