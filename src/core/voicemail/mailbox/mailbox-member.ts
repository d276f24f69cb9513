import type { UserId } from '../../ids.js';

/**
 * What a member of a mailbox may do, each with what stands before it: `listen` hears and reads, `handle` also claims, marks
 * handled, forwards and deletes, `manage` also changes greetings and members.
 */
export const memberLevels = ['listen', 'handle', 'manage'] as const;
export type MemberLevel = (typeof memberLevels)[number];

/** A user's access to a message: as the mailbox's owner, with every right, or as a member. */
export type Reach = MemberLevel | 'owner';

/** Return whether this access includes the level `needed`. */
export const includes = (reach: Reach, needed: MemberLevel): boolean =>
  reach === 'owner' || memberLevels.indexOf(reach) >= memberLevels.indexOf(needed);

/** A current member of a mailbox. */
export interface MailboxMember {
  readonly userId: UserId;
  readonly name: string;
  readonly level: MemberLevel;
  /** Exclusive; null: no end. */
  readonly endsAt: Date | null;
}
