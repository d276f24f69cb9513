import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { UserId } from '../ids.js';
import { LastAdmin } from './last-admin.js';
import { deletePeople, hasActiveAdmin } from './people.store.js';

/** Something refers to one of these people by now: an account, a message, somebody whose backup they are. */
export class PersonInUse extends Error {}

/**
 * Inside a change: removes people who were added a short while ago and were not used since, each on record. Those whose
 * row was written since `updatedAt` stay. Returns the ids of those who are gone; rejects with `PersonInUse`.
 */
export async function removePeople(
  change: Change,
  people: readonly { readonly id: UserId; readonly username: string; readonly updatedAt: Date }[],
): Promise<ReadonlySet<UserId>> {
  const gone = await deletePeople(change, people).catch((error: unknown) => {
    throw isReferred(error) ? new PersonInUse() : error;
  });
  // Whoever relied on one of them as an admin would leave the company without any.
  const [first] = people;
  if (gone.size > 0 && first && !(await hasActiveAdmin(change))) throw new LastAdmin(first.username);
  for (const { id, username } of people)
    if (gone.has(id)) change.record({ event: 'user.removed', subjectId: id, before: { username } });
  return gone;
}

/** `foreign_key_violation`, or `restrict_violation`. */
const isReferred = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError
    ? error.code === 'P2003'
    : ['23503', '23001'].includes(String((error as { code?: unknown }).code));
