import type { RequestId, SessionId, TenantId, UserId } from '../ids.js';

/** The request that this process is running. */
export interface RunningRequest {
  readonly id: RequestId;
  /** The number of this attempt. */
  readonly run: number;
}

/** What a role allows, as PRODUCT.md §1 lists it. `self`: a person's own matters. */
export type Permission =
  | 'self'
  | 'tenant.edit'
  | 'users.view'
  | 'users.edit'
  | 'bulk'
  | 'impersonate'
  | 'reports.view'
  | 'audit.view';

/** The roles of a person, from the fewest permissions to the most. */
export const roles = ['member', 'manager', 'admin'] as const;
/** A person's role; it decides their permissions. */
export type Role = (typeof roles)[number];

const permissionsOf: Record<Role, readonly Permission[]> = {
  member: ['self'],
  manager: ['self', 'users.view', 'reports.view'],
  admin: ['self', 'tenant.edit', 'users.view', 'users.edit', 'bulk', 'impersonate', 'reports.view', 'audit.view'],
};

/** A person who acts: themselves, or an admin who acts as them, with a reason and for a limited time. */
export type PersonActor =
  | {
      readonly kind: 'self';
      readonly tenantId: TenantId;
      readonly userId: UserId;
      readonly role: Role;
      readonly via: string;
      readonly request?: RunningRequest;
      /** The impersonation that this change ends: its audit line belongs to that session. */
      readonly session?: { readonly id: SessionId; readonly reason: string };
    }
  | {
      readonly kind: 'impersonating';
      readonly tenantId: TenantId;
      /** The user in whose name the actor acts: everything about "me" means this user. */
      readonly userId: UserId;
      /** The user's role, not the admin's: impersonating grants no rights. */
      readonly role: Role;
      readonly impersonatorId: UserId;
      readonly sessionId: SessionId;
      readonly reason: string;
      readonly via: string;
      /** The chat request that the actor serves: its changes mark it as done in the same transaction. */
      readonly request?: RunningRequest;
    };

/** The visitor who plays a message by its personal link without signing in; their identity is unknown. */
export interface LinkActor {
  readonly kind: 'link';
  readonly tenantId: TenantId;
  /** The user the link was made for. */
  readonly linkOfId: UserId;
  /** The user whose mailbox holds the message. */
  readonly ownerId: UserId;
  /** The impersonation by which an admin got the link. */
  readonly session: { readonly id: SessionId; readonly reason: string } | undefined;
  readonly via: 'link';
}

/** The person, link or system that makes a change. `via`: the entrance, a platform's name or `cli`, `api`, `job`, `phone`, `mail`, `link`. */
export type Actor =
  | PersonActor
  | LinkActor
  | { readonly kind: 'installation'; readonly tenantId: TenantId; readonly via: InstallationDoor };

/** `chat`: changes to an account that is not linked to a user yet. */
type InstallationDoor = 'cli' | 'api' | 'job' | 'phone' | 'chat' | 'mail';

/** Return whether the actor's role has `permission` (PRODUCT.md §1). */
export const hasPermission = (actor: Pick<PersonActor, 'role'>, permission: Permission): boolean =>
  permissionsOf[actor.role].includes(permission);

/** Return the id of the human who acts: the impersonator while an admin acts as another user. */
export const actingPersonId = (actor: PersonActor): UserId =>
  actor.kind === 'impersonating' ? actor.impersonatorId : actor.userId;

/** Return the actor for changes that the installation makes by itself. */
export const installationActor = (tenantId: TenantId, via: InstallationDoor): Actor => ({
  kind: 'installation',
  tenantId,
  via,
});
