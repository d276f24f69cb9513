import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { UserId } from '../ids.js';
import { LastAdmin } from './last-admin.js';
import { deletePeople, hasActiveAdmin } from './people.store.js';

/** Something refers to one of these people by now: an account, a message, somebody whose backup they are. */
export class PersonInUse extends Error {}

/**
 * Inside a change: removes people who were added a short while ago and were not used since, each on record. Those whose
 * row was written since `updatedAt` stay. Returns the ids of those who are gone; rejects with `PersonInUse`, and with
 * `LastAdmin` where the company would be left without an admin.
 */
export async function removePeople(
  change: Change,
  people: readonly { readonly id: UserId; readonly username: string; readonly updatedAt: Date }[],
): Promise<ReadonlySet<UserId>> {
  const gone = await deletePeople(change, people).catch((error: unknown) => {
    throw isReferred(error) ? new PersonInUse() : error;
  });
  // One of them may be the admin on whom another relied who gave up the role meanwhile.
  const admin = people.find(({ id }) => gone.get(id) === 'admin');
  if (admin && !(await hasActiveAdmin(change))) throw new LastAdmin(admin.username);
  for (const { id, username } of people)
    if (gone.has(id)) change.record({ event: 'user.removed', subjectId: id, before: { username } });
  return new Set(gone.keys());
}

/** `foreign_key_violation`, or `restrict_violation`. */
const isReferred = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError
    ? error.code === 'P2003'
    : ['23503', '23001'].includes(String((error as { code?: unknown }).code));
