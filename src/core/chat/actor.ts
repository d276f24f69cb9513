import type { RequestId, SessionId, TenantId, UserId } from '../ids.js';

/** A request that is this process runs. */
export interface RunningRequest {
  readonly id: RequestId;
  /** The number of this attempt. */
  readonly run: number;
}

/** `self`: own matters. The rest as PRODUCT.md §1 lists them. */
export type Permission =
  | 'self'
  | 'tenant.edit'
  | 'users.view'
  | 'users.edit'
  | 'bulk'
  | 'impersonate'
  | 'reports.view'
  | 'audit.view';

export const roles = ['member', 'manager', 'admin'] as const;
export type Role = (typeof roles)[number];

const permissionsOf: Record<Role, readonly Permission[]> = {
  member: ['self'],
  manager: ['self', 'users.view', 'reports.view'],
  admin: ['self', 'tenant.edit', 'users.view', 'users.edit', 'bulk', 'impersonate', 'reports.view', 'audit.view'],
};

/** A person who does something: themselves, or an admin acting as them, with a reason and for a while. */
export type PersonActor =
  | {
      readonly kind: 'self';
      readonly tenantId: TenantId;
      readonly userId: UserId;
      readonly role: Role;
      readonly via: string;
      readonly request?: RunningRequest;
    }
  | {
      readonly kind: 'impersonating';
      readonly tenantId: TenantId;
      /** As whom it is done: everything about "me" means this user. */
      readonly userId: UserId;
      /** The user's, not the admin's: nobody gains rights by impersonating. */
      readonly role: Role;
      readonly impersonatorId: UserId;
      readonly sessionId: SessionId;
      readonly reason: string;
      readonly via: string;
      /** The chat request that this is done for: what it changes marks it as done in the same transaction. */
      readonly request?: RunningRequest;
    };

/** Somebody who plays a message by its personal link and is not signed in: who it is, nobody knows. */
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

/** Who changes something. `via` is the door: a platform's name, or `cli`, `api`, `job`, `phone`, `link`. */
export type Actor =
  | PersonActor
  | LinkActor
  | { readonly kind: 'installation'; readonly tenantId: TenantId; readonly via: InstallationDoor };

/** `chat`: what happens to somebody whom we do not know yet. */
type InstallationDoor = 'cli' | 'api' | 'job' | 'phone' | 'chat';

/** May this actor do what needs `permission`? (PRODUCT.md §1) */
export const may = (actor: PersonActor, permission: Permission): boolean =>
  permissionsOf[actor.role].includes(permission);

/** Whoever sits at the keyboard: the impersonator while an admin acts as somebody else. */
export const personOf = (actor: PersonActor): UserId =>
  actor.kind === 'impersonating' ? actor.impersonatorId : actor.userId;

/** The actor for what the installation does by itself. */
export const installation = (tenantId: TenantId, via: InstallationDoor): Actor => ({
  kind: 'installation',
  tenantId,
  via,
});
