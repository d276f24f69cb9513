import type { UserId } from '../ids.js';

/** What keeps a member list from being read, or from being complete. */
export const listFailures = ['permission', 'credentials', 'away', 'empty', 'doubted'] as const;
/** Why a member list is unread or incomplete. */
export type ListFailure = (typeof listFailures)[number];

/** Why no user could be created for a member: their username is taken, or it failed repeatedly. */
export const memberProblems = ['taken', 'failed'] as const;
type MemberProblem = (typeof memberProblems)[number];

/** The decisions of admins about a person who left, or who is back without access. */
export const memberDecisions = ['kept', 'deactivated', 'left-out'] as const;
/** The decision of an admin about a person who left, or who is back without access. */
export type MemberDecision = (typeof memberDecisions)[number];

/** A workspace and the facts of its mirror. */
export interface WorkspaceFacts {
  /** The workspace's row. */
  readonly id: string;
  readonly platform: string;
  readonly externalWorkspaceId: string;
  readonly present: number;
  readonly linked: number;
  readonly newcomers: number;
  readonly withoutEmail: number;
  /** The number of people who left and have an account here, whether or not admins are asked about them. */
  readonly left: number;
  readonly readAt: Date | null;
  readonly whole: boolean;
  readonly reading: boolean;
  readonly dueAt: Date | null;
  readonly failure: ListFailure | null;
  readonly permission: string | null;
  /** The last attempt failed altogether. */
  readonly failed: boolean;
  readonly lost: number;
  readonly known: number;
}

/** A member of a workspace who is no user. */
export interface UnknownMember {
  readonly memberId: string;
  readonly displayName: string;
  readonly title: string;
  readonly email: string | null;
  readonly platform: string;
  readonly problem: MemberProblem | null;
  /** A user is being created for them. */
  readonly awaited: boolean;
}

/** A person who left, as admins are asked about them. */
export interface Leaver {
  readonly memberId: string;
  readonly userId: UserId;
  readonly displayName: string;
  readonly title: string;
  readonly extension: string | undefined;
  readonly platform: string;
  readonly since: Date;
  readonly state: 'open' | 'kept' | 'deactivated';
}

/** A person who left, lost their access, and is back. */
export interface Returner {
  readonly memberId: string;
  readonly displayName: string;
  readonly title: string;
  readonly platform: string;
  readonly since: Date;
}
