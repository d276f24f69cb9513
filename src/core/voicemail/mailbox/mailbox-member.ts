import type { UserId } from '../../ids.js';

/**
 * What a member of a mailbox may do, each with what stands before it: `listen` hears and reads, `handle` also claims, marks
 * handled, forwards and deletes, `manage` also changes greetings and members.
 */
export const memberLevels = ['listen', 'handle', 'manage'] as const;
export type MemberLevel = (typeof memberLevels)[number];

/** How somebody reaches a message: as the mailbox's owner, who may do everything, or as a member. */
export type Reach = MemberLevel | 'owner';

/** Does this reach include what asks for `needed`? */
export const includes = (reach: Reach, needed: MemberLevel): boolean =>
  reach === 'owner' || memberLevels.indexOf(reach) >= memberLevels.indexOf(needed);

/** A member of a mailbox whose time is not over. */
export interface MailboxMember {
  readonly userId: UserId;
  readonly name: string;
  readonly level: MemberLevel;
  /** Exclusive; null: until somebody removes them. */
  readonly endsAt: Date | null;
}
