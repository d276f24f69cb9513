import type { UserId } from '../ids.js';

/** What keeps a member list from being read, or from being whole. */
export const listFailures = ['permission', 'credentials', 'away', 'empty', 'doubted'] as const;
export type ListFailure = (typeof listFailures)[number];

/** Why no user could be made of somebody: their username is taken, or it failed again and again. */
export const memberProblems = ['taken', 'failed'] as const;
type MemberProblem = (typeof memberProblems)[number];

/** What an admin decided about somebody who left, or who is back without access. */
export const memberDecisions = ['kept', 'deactivated', 'left-out'] as const;
export type MemberDecision = (typeof memberDecisions)[number];

/** A workspace and what the mirror says of it. */
export interface WorkspaceFacts {
  /** The workspace's row. */
  readonly id: string;
  readonly platform: string;
  readonly externalWorkspaceId: string;
  readonly present: number;
  readonly linked: number;
  readonly newcomers: number;
  readonly withoutEmail: number;
  /** Who left and has an account here; whether admins are to be asked about them is another question. */
  readonly left: number;
  readonly readAt: Date | null;
  readonly whole: boolean;
  readonly reading: boolean;
  readonly dueAt: Date | null;
  readonly failure: ListFailure | null;
  readonly permission: string | null;
  /** The last try failed altogether. */
  readonly failed: boolean;
  readonly lost: number;
  readonly known: number;
}

/** Somebody in a workspace whom nobody here knows. */
export interface Unknown {
  readonly memberId: string;
  readonly displayName: string;
  readonly title: string;
  readonly email: string | null;
  readonly platform: string;
  readonly problem: MemberProblem | null;
  /** A user is being made of them. */
  readonly awaited: boolean;
}

/** Somebody who left, as admins are asked about them. */
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

/** Somebody who left, lost their access, and is back. */
export interface Returner {
  readonly memberId: string;
  readonly displayName: string;
  readonly title: string;
  readonly platform: string;
  readonly since: Date;
}
